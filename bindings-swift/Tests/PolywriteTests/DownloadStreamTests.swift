import Foundation
import Polywrite
import XCTest

/// Downloads as a sequence, against a server that sends more than is read.
final class DownloadStreamTests: XCTestCase {
    private func stream(_ response: CannedResponse) async throws -> (DownloadStream, Recorder) {
        let recorder = try Recorder { _ in response }
        return (try await Storage(client(recorder)).getFileDownloadStream(bucketId: "b", fileId: "f"), recorder)
    }

    func testLeavingTheLoopEndsTheDownload() async throws {
        let content = Data(count: 64 << 20)
        let (stream, recorder) = try await stream(CannedResponse(body: content))
        for try await _ in stream { break }
        await expectClosing(of: recorder)
        XCTAssertEqual(stream.size, content.count, "although the sequence is still there")
    }

    func testASequenceIsReadOnce() async throws {
        let (stream, _) = try await stream(CannedResponse(body: Data("content".utf8)))
        var content = Data()
        for try await piece in stream { content += piece }
        XCTAssertEqual(content, Data("content".utf8))
        // Ending at once would look like an empty file.
        let error = try await failure { for try await _ in stream {} }
        XCTAssertEqual(error.kind, .argument)
    }

    func testASizeBeyondIntIsTheLargest() async throws {
        let (stream, _) = try await stream(CannedResponse(headers: ["content-length": "9223372036854775809"]))
        XCTAssertEqual(stream.size, .max)
    }
}
