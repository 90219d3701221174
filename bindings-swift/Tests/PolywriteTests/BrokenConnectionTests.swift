import Foundation
import Polywrite
import XCTest

/// A server that closes the connection while the client writes.
final class BrokenConnectionTests: XCTestCase {
    func testWritingToAClosedConnectionFailsTheCallAndNotTheProgram() async throws {
        // The default of systems, which Swift programs rarely change: SIGPIPE ends the program.
        let before = signal(SIGPIPE, SIG_DFL)
        defer { signal(SIGPIPE, before) }
        let recorder = try Recorder()
        recorder.closeConnections()
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
