import Foundation
import PolywriteJSON
import PolywriteNative

/// Remembers what the server has acknowledged of one upload, so that a second try sends only the rest: put it into
/// `InputFile.session`, and again into that of the file that is sent once more.
///
/// To go on in another process, keep its `json`, which holds no secret, and of the file nothing but its size in bytes.
public final class UploadSession: Sendable {
    let native: NativeUploadSession

    /// A session of which nothing has been sent.
    public init() { native = NativeUploadSession() }

    /// The session that `json` has written, in this process or another. Throws an `AppwriteError` for anything else.
    public init(json: String) throws {
        do {
            native = try NativeUploadSession.fromJson(json: json)
        } catch {
            throw AppwriteError.of(error)
        }
    }

    /// What the session knows, as JSON text.
    public var json: String { native.json() }

    /// ID of the file or deployment, once one is chosen.
    public var id: String? { state?.id }

    /// How many chunks of 5 MiB the server has acknowledged.
    public var chunksAcknowledged: Int { state?.acknowledged.count ?? 0 }

    private var state: State? { try? BodyDecoder.decode(State.self, from: Data(json.utf8)) }

    private struct State: Decodable {
        let id: String?
        let acknowledged: [Int]
    }
}
