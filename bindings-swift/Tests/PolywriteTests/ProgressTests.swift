import Foundation
import Polywrite
import XCTest

/// Progress callbacks run in the caller's task and not on the threads that make calls.
final class ProgressTests: XCTestCase {
    @TaskLocal private static var request = "none"

    func testACallbackSeesTheValuesOfItsTask() async throws {
        let recorder = try Recorder { _ in .json(#"{"$id":"f","chunksTotal":1,"chunksUploaded":1}"#) }
        let seen = Seen()
        try await ProgressTests.$request.withValue("42") {
            try await upload(Storage(client(recorder))) { _ in seen.add(ProgressTests.request) }
        }
        XCTAssertEqual(seen.all, ["42"], "and it was called before the call returned")
    }

    /// More callbacks wait than the native library has threads, and than this machine may have cores.
    func testASlowCallbackDelaysNoOtherCall() async throws {
        let recorder = try Recorder { request in
            let file = #"{"$id":"f","chunksTotal":1,"chunksUploaded":1}"#
            return .json(request.method == "POST" ? file : #"{"$id":"ada","prefs":{}}"#)
        }
        let count = 4
        let waiting = expectation(description: "all callbacks wait")
        waiting.expectedFulfillmentCount = count
        let gate = DispatchSemaphore(value: 0)
        let storage = Storage(client(recorder))
        let uploads = (0..<count).map { _ in
            Task {
                try await upload(storage) { _ in
                    waiting.fulfill()
                    gate.wait()
                }
            }
        }
        // Nothing waits without end when a check fails.
        defer { for _ in 0..<count { gate.signal() } }
        await fulfillment(of: [waiting], timeout: 60)
        let user = try await Users(client(recorder)).get(userId: "ada")
        XCTAssertEqual(user.id, "ada")
        for _ in 0..<count { gate.signal() }
        for upload in uploads { try await upload.value }
    }
}

/// Uploads a file of one chunk.
private func upload(_ storage: Storage, _ onProgress: @escaping @Sendable (UploadProgress) -> Void) async throws {
    _ = try await storage.createFile(
        bucketId: "b", fileId: "f", file: .fromData(Data(count: 1 << 20), filename: "film.mp4"), onProgress: onProgress)
}

/// Collects texts from other threads.
private final class Seen: @unchecked Sendable {
    private let lock = NSLock()
    private var texts: [String] = []

    var all: [String] { lock.withLock { texts } }

    func add(_ text: String) { lock.withLock { texts.append(text) } }
}
