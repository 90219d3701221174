import Foundation
import Polywrite
import XCTest

/// Parts of files, and what crosses the wire for them.
final class RangeTests: XCTestCase {
    private static let content = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())

    override func setUpWithError() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

    private func files() throws -> (Storage, Recorder) {
        let recorder = try Recorder { .part(of: Self.content, $0) }
        return (Storage(client(recorder)), recorder)
    }

    private func ranges(_ recorder: Recorder) -> [String?] { recorder.requests.map { $0.headers["range"] } }

    func testAPartComesIntoMemoryAsASequenceAndIntoAFile() async throws {
        let (storage, recorder) = try files()
        let (parts, part) = (storage.with(range: "500-1499"), Self.content[500..<1500])
        let whole = try await parts.getFileDownload(bucketId: "films", fileId: "f")
        XCTAssertEqual(whole, part)
        var pieces = Data()
        let stream = try await parts.getFileDownloadStream(bucketId: "films", fileId: "f")
        XCTAssertEqual(stream.size, 1000)
        for try await piece in stream { pieces += piece }
        XCTAssertEqual(pieces, part)
        let target = folder.appendingPathComponent("part")
        try await parts.getFileDownload(bucketId: "films", fileId: "f", to: target.path)
        XCTAssertEqual(try Data(contentsOf: target), part)
        XCTAssertEqual(ranges(recorder), Array(repeating: "bytes=500-1499", count: 3))
    }

    func testAPartMayGoToTheEndOfTheFileAndBeyond() async throws {
        let (storage, recorder) = try files()
        for range in ["99000-", "99000-199999"] {
            let rest = try await storage.with(range: range).getFileDownload(bucketId: "films", fileId: "f")
            XCTAssertEqual(rest, Self.content[99_000...])
        }
        // Appwrite refuses the second one.
        XCTAssertEqual(ranges(recorder), ["bytes=99000-", "bytes=99000-199999", "bytes=99000-"])
    }

    func testAPartBehindTheEndSaysWhatToDo() async throws {
        let (storage, _) = try files()
        let error = try await failure {
            _ = try await storage.with(range: "100000-").getFileDownload(bucketId: "films", fileId: "f")
        }
        XCTAssertEqual(error.kind, .argument)
        XCTAssertEqual(error.code, 416)
        XCTAssertEqual(error.hint, "begin `range` before the end of the file")
    }

    func testWhatCannotBeAPartFailsBeforeAnythingIsSent() async throws {
        let (storage, recorder) = try files()
        for range in ["", "-500", "9-5", "5", "1-2,4-5"] {
            let error = try await failure {
                let target = folder.appendingPathComponent("none").path
                try await storage.with(range: range).getFileDownload(bucketId: "films", fileId: "f", to: target)
            }
            XCTAssertEqual(error.kind, .argument, range)
        }
        let error = try await failure { _ = try await storage.with(range: "0-9").listBuckets() }
        XCTAssertEqual(error.message, "the option `range` is for calls that return a file")
        XCTAssertEqual(recorder.requests.count, 0)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path), [])
    }

    func testARangeInAHeaderIsAnsweredAsItComes() async throws {
        let (storage, recorder) = try files()
        let part = try await storage.with(headers: ["Range": "bytes=5-9"])
            .getFileDownload(bucketId: "films", fileId: "f")
        XCTAssertEqual(part, Self.content[5..<10])
        XCTAssertEqual(ranges(recorder), ["bytes=5-9"])
        XCTAssertEqual(recorder.requests.first?.headers["accept-encoding"], "identity")
    }
}
