import Foundation
import Polywrite
import XCTest

/// Uploads that broke off and go on.
final class UploadSessionTests: XCTestCase {
    private static let chunk = 5 << 20
    /// Two chunks: of more, some would be under way when one is refused.
    private static let content = Data(count: chunk + 17)

    func testAnUploadGoesOnWithWhatItsSessionHasWritten() async throws {
        let bucket = Bucket()
        let recorder = try Recorder { bucket.take($0) }
        let session = UploadSession()
        XCTAssertNil(session.id)
        let error = try await failure { _ = try await Self.send(recorder, session) }
        XCTAssertEqual(error.kind, .argument)
        XCTAssertEqual(session.chunksAcknowledged, 1)

        recorder.forget()
        bucket.mend()
        let read = try UploadSession(json: session.json)
        XCTAssertEqual(read.json, session.json)
        let id = try await Self.send(recorder, read)
        XCTAssertEqual(id, session.id)
        XCTAssertEqual(recorder.requests.map(start), [Self.chunk])
    }

    func testWhatIsNotASessionIsRefused() async throws {
        for wrong in ["", "{}", "[]"] {
            let error = try await failure { _ = try UploadSession(json: wrong) }
            XCTAssertEqual(error.kind, .argument)
        }
    }

    /// Sends the file with a client of its own, as another process would.
    private static func send(_ recorder: Recorder, _ session: UploadSession) async throws -> String {
        var file = InputFile.fromData(content, filename: "f")
        file.session = session
        let storage = Storage(client(recorder).setRetries(0))
        return try await storage.createFile(bucketId: "b", fileId: "unique()", file: file).id
    }
}

/// Where the chunk of a request begins.
private func start(_ request: RecordedRequest) -> Int {
    let range = request.headers["content-range"] ?? ""
    return Int(range.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? -1
}

/// Takes chunks, and until it is mended none but the first.
private final class Bucket: @unchecked Sendable {
    private let lock = NSLock()
    private var taken: Set<Int> = []
    private var isMended = false

    func mend() { lock.withLock { isMended = true } }

    func take(_ request: RecordedRequest) -> CannedResponse {
        lock.withLock {
            guard isMended || start(request) == 0 else {
                return .json(#"{"message":"no","type":"general_argument_invalid","code":400}"#, status: 400)
            }
            taken.insert(start(request))
            let signature = taken.count == 2 ? "s" : ""
            let id = request.headers["x-appwrite-id"] ?? ""
            return .json(
                #"{"$id":"\#(id)","chunksTotal":2,"chunksUploaded":\#(taken.count),"signature":"\#(signature)"}"#)
        }
    }
}
