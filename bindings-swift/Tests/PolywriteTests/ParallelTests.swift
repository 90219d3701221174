import Foundation
import Polywrite
import XCTest

/// Downloads into a file over several connections, and what crosses the wire for them.
final class ParallelTests: XCTestCase {
    private static let part = 10 << 20
    private static let content = Data((0..<(2 * part + 17)).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())

    override func setUpWithError() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

    /// Sends the file, of which the first response stops in its middle until the other parts were asked for.
    private func files() throws -> Recorder {
        let others = DispatchSemaphore(value: 0)
        return try Recorder { request in
            var response = CannedResponse.part(of: Self.content, request)
            guard request.headers["range"] == "bytes=0-" else {
                others.signal()
                return response
            }
            response.inTheMiddle = {
                others.wait()
                others.wait()
            }
            return response
        }
    }

    func testPartsComeOverSeveralConnectionsWithOneProgress() async throws {
        let recorder = try files()
        let target = folder.appendingPathComponent("film")
        let seen = Collected<DownloadProgress>()
        try await Storage(client(recorder)).getFileDownload(
            bucketId: "films", fileId: "f", to: target.path, parallel: 3
        ) { seen.add($0) }
        XCTAssertEqual(try Data(contentsOf: target), Self.content)
        let ranges = recorder.requests.map { $0.headers["range"] }
        XCTAssertEqual(ranges.first, "bytes=0-")
        let part = Self.part
        XCTAssertEqual(
            ranges.dropFirst().compactMap { $0 }.sorted(),
            ["bytes=\(part)-\(2 * part - 1)", "bytes=\(2 * part)-\(2 * part + 16)"])
        XCTAssertEqual(seen.all.last?.sizeDownloaded, Self.content.count)
    }

    func testANumberOfConnectionsThatCannotBe() async throws {
        let recorder = try files()
        for parallel in [0, -1] {
            let error = try await failure {
                try await Storage(client(recorder)).getFileDownload(
                    bucketId: "films", fileId: "f", to: folder.appendingPathComponent("film").path,
                    parallel: parallel)
            }
            XCTAssertEqual(error.message, "the option `parallel` must be a whole number, more than 0")
        }
        XCTAssertEqual(recorder.requests.count, 0)
        XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: folder.path), [])
    }
}
