import Foundation
import Polywrite
import XCTest

/// Several files by one command, and what crosses the wire for them.
final class SeveralTests: XCTestCase {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())

    override func setUpWithError() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

    /// The content of a file is its ID; one of them is not there.
    private func files() throws -> Recorder {
        try Recorder { request in
            let id = request.path.split(separator: "/")[5]
            guard id != "no" else {
                return .json("{\"message\":\"gone\",\"type\":\"storage_file_not_found\"}", status: 404)
            }
            return CannedResponse(headers: [:], body: Data(id.utf8))
        }
    }

    func testFilesAreFetchedEachWithItsOwnResult() async throws {
        let recorder = try files()
        let ids = ["one", "no", "three", "four", "fifth"]
        let seen = Collected<TransfersProgress>()
        let files = ids.map {
            FileDownload(bucketId: "films", fileId: $0, to: folder.appendingPathComponent($0).path)
        }
        let results = try await Transfers(client(recorder)).downloadFiles(files) { seen.add($0) }
        XCTAssertEqual(results.map { try? $0.get() }, [3, nil, 5, 4, 5])
        guard case .failure(let error) = results[1] else { return XCTFail("the second one is not there") }
        XCTAssertEqual(error.kind, .notFound)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        XCTAssertEqual(names, ["fifth", "four", "one", "three"])
        XCTAssertEqual(seen.all.last?.filesDone, 5)
        XCTAssertEqual(seen.all.last?.filesFailed, 1)
        XCTAssertEqual(seen.all.last?.sizeTotal, 17)
        XCTAssertEqual(recorder.requests.count, 5)
    }

    func testFilesAreSentWithWhatBelongsToEach() async throws {
        let recorder = try Recorder { _ in .json("{\"$id\":\"f\"}", status: 201) }
        let path = folder.appendingPathComponent("note.txt")
        try Data("content".utf8).write(to: path)
        let files = ["a", "b"].map {
            FileUpload(
                bucketId: "films", fileId: $0, file: .fromPath(path.path, filename: "\($0).txt"),
                permissions: ["read(\"any\")"])
        }
        let transfers = Transfers(client(recorder), options: CallOptions(headers: ["x-trace": "7"]))
        let results: [Result<Described, AppwriteError>] = try await transfers.uploadFiles(files, concurrency: 1)
        XCTAssertEqual(try results.map { try $0.get().id }, ["f", "f"])
        for (name, request) in zip(["a", "b"], recorder.requests) {
            let body = String(decoding: request.body, as: UTF8.self)
            XCTAssertTrue(body.contains("filename=\"\(name).txt\"") && body.contains("content"), body)
            XCTAssertTrue(body.contains("read(\"any\")"))
            XCTAssertEqual(request.headers["x-trace"], "7")
        }
    }

    func testWhatCannotBeTransferredFailsBeforeAnythingIsSent() async throws {
        let recorder = try files()
        let transfers = Transfers(client(recorder))
        let inMemory = FileUpload(bucketId: "b", fileId: "f", file: .fromData(Data(), filename: "a"))
        let error = try await failure {
            let _: [Result<Described, AppwriteError>] = try await transfers.uploadFiles([inMemory])
        }
        XCTAssertEqual(error.kind, .argument)
        let none = try await failure { _ = try await transfers.downloadFiles([], concurrency: 0) }
        XCTAssertEqual(none.message, "the option `concurrency` must be a whole number, more than 0")
        XCTAssertEqual(recorder.requests.count, 0)
    }
}

private struct Described: Decodable, Sendable {
    let id: String

    enum CodingKeys: String, CodingKey { case id = "$id" }
}
