import Foundation
import PolywriteNative

/// A file to upload.
public struct InputFile: Sendable {
    let native: NativeFile
    /// Remembers what the server has of the file, so that a second upload of it sends only the rest.
    public var session: UploadSession?

    /// A file on disk, read while it is sent: memory stays small whatever its size.
    public static func fromPath(_ path: String, filename: String? = nil, mimeType: String? = nil) -> InputFile {
        InputFile(native: .path(path: path, fileName: filename, mimeType: mimeType))
    }

    /// Bytes in memory.
    public static func fromData(_ data: Data, filename: String, mimeType: String? = nil) -> InputFile {
        InputFile(native: .bytes(bytes: data, fileName: filename, mimeType: mimeType))
    }

    /// Bytes in memory.
    public static func fromBytes(
        _ bytes: some Sequence<UInt8>, filename: String, mimeType: String? = nil
    ) -> InputFile {
        fromData(Data(bytes), filename: filename, mimeType: mimeType)
    }
}

/// Remembers what the server has acknowledged of one upload, so that a second try sends only the rest: put it into
/// `InputFile.session`, and again into that of the file that is sent once more.
///
/// To go on in another process, keep its `json`, which holds no secret, and of the file nothing but its size in bytes.
public final class UploadSession: Sendable {
    let native: NativeUploadSession

    /// A session of which nothing has been sent.
    public convenience init() {
        self.init(NativeUploadSession())
    }

    /// The session that `json` has written, in this process or another. Throws an `AppwriteError` for anything else.
    public convenience init(json: String) throws {
        do {
            self.init(try NativeUploadSession.fromJson(json: json))
        } catch {
            throw AppwriteError.of(error)
        }
    }

    private init(_ native: NativeUploadSession) { self.native = native }

    /// What the session knows, as JSON text.
    public var json: String { native.json() }

    /// ID of the file or deployment, once one is chosen.
    public var id: String? { native.id() }

    /// How many chunks of 5 MiB the server has acknowledged.
    public var chunksAcknowledged: Int { Int(native.chunksAcknowledged()) }
}

/// The progress of an upload, reported each time the server has received a chunk.
public struct UploadProgress: Sendable, Hashable {
    /// ID of the file or deployment.
    public let id: String
    /// How much the server has, from 0 to 100.
    public let progress: Double
    /// How much the server has, in bytes.
    public let sizeUploaded: Int
    /// How many chunks there are.
    public let chunksTotal: Int
    /// How many chunks the server has.
    public let chunksUploaded: Int
}

/// How far a download is. Told for each piece that has arrived.
public struct DownloadProgress: Sendable, Hashable {
    /// How much has arrived, in bytes.
    public let sizeDownloaded: Int
    /// Size of the whole file in bytes, if the server said it.
    public let sizeTotal: Int?

    /// How much has arrived, from 0 to 100, if the server said how much there is.
    public var progress: Double? {
        sizeTotal.map { $0 == 0 ? 100 : Double(sizeDownloaded) * 100 / Double($0) }
    }
}
