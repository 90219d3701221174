import Foundation
import Polywrite
import XCTest

/// A server that closes the connection while it is written to.
final class BrokenConnectionTests: XCTestCase {
    func testWritingToAServerThatHungUpFailsTheCallAndNotTheProgram() async throws {
        // What systems do by default, and what nothing in a Swift program changes: the program ends.
        let before = signal(SIGPIPE, SIG_DFL)
        defer { signal(SIGPIPE, before) }
        let recorder = try Recorder()
        recorder.hangUp()
        let storage = Storage(client(recorder).setRetries(0))
        for _ in 0..<20 {
            let error = try await failure {
                _ = try await storage.createFile(
                    bucketId: "b", fileId: "f", file: .fromData(Data(count: 4 << 20), filename: "film.mp4"))
            }
            XCTAssertEqual(error.kind, .network, "\(error)")
        }
    }
}
