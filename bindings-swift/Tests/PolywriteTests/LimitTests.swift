import Foundation
import Polywrite
import XCTest

/// The limits of a call: bytes that are read into memory, and the time for all of it.
final class LimitTests: XCTestCase {
    private let large = 5_000_000
    private let limit = 100_000

    private func client(_ recorder: Recorder) -> Client {
        Client().setEndpoint(recorder.endpoint).setProject("shop")
    }

    func testAResponseAboveTheLimitThrows() async throws {
        let body = Data(repeating: UInt8(ascii: "1"), count: large)
        let recorder = try Recorder { _ in CannedResponse(body: body) }
        let limited = client(recorder).setMaxResponseBytes(limit)
        let calls: [() async throws -> Void] = [
            { _ = try await Users(limited).get(userId: "u") },
            { _ = try await limited.call(method: "GET", path: "/users/u") },
            { _ = try await Storage(limited).getFileDownload(bucketId: "b", fileId: "f") },
        ]
        for call in calls {
            let error = try await failure(call)
            XCTAssertEqual(error.kind, .decode, "\(error)")
            XCTAssertTrue("\(error)".contains("at most \(limit) are read into memory"), "\(error)")
            XCTAssertTrue("\(error)".contains("maxResponseBytes"), "\(error)")
        }
        XCTAssertEqual(recorder.requests.count, calls.count)
    }

    func testFilesAndStreamsOfAnySizeAreRead() async throws {
        let body = Data(repeating: UInt8(ascii: "1"), count: large)
        let recorder = try Recorder { _ in CannedResponse(body: body) }
        let storage = Storage(client(recorder).setMaxResponseBytes(limit))
        let target = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())
        defer { try? FileManager.default.removeItem(at: target) }
        try await storage.getFileDownload(bucketId: "b", fileId: "f", to: target.path)
        XCTAssertEqual(try Data(contentsOf: target), body)
        var size = 0
        let stream = try await storage.getFileDownloadStream(bucketId: "b", fileId: "f")
        for try await piece in stream { size += piece.count }
        XCTAssertEqual(size, large)
        let whole = try await storage.with(maxResponseBytes: large).getFileDownload(bucketId: "b", fileId: "f")
        XCTAssertEqual(whole, body)
        let error = try await failure {
            _ = try await storage.with(maxResponseBytes: self.large - 1).getFileDownload(bucketId: "b", fileId: "f")
        }
        XCTAssertEqual(error.kind, .decode, "\(error)")
    }

    func testACallEndsWithItsDeadline() async throws {
        let recorder = try Recorder { _ in nil }
        let deadline = Duration.milliseconds(300)
        let hasty = client(recorder).setDeadline(deadline)
        let patient = client(recorder)
        let target = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())
        let calls: [() async throws -> Void] = [
            { _ = try await Users(hasty).list() },
            { _ = try await Users(patient).with(deadline: deadline).list() },
            { _ = try await hasty.call(method: "GET", path: "/users") },
            { try await Storage(hasty).getFileDownload(bucketId: "b", fileId: "f", to: target.path) },
        ]
        for call in calls {
            let error = try await failure(call)
            XCTAssertEqual(error.kind, .timeout, "\(error)")
            XCTAssertTrue(error.message.contains("deadline"), "\(error)")
        }
        XCTAssertFalse(FileManager.default.fileExists(atPath: target.path))
    }
}
