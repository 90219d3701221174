import Foundation
import Polywrite
import XCTest

final class CancellationTests: XCTestCase {
    func testCancellingATaskClosesItsRequest() async throws {
        let arrived = expectation(description: "the request arrived")
        let recorder = try Recorder { _ in
            arrived.fulfill()
            return nil
        }
        let client = client(recorder)
        let task = Task { try await Users(client).get(userId: "ripley") }
        await fulfillment(of: [arrived], timeout: 10)
        task.cancel()
        let result = await task.result
        XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
        await expectClosing(of: recorder)
    }

    func testACancelledTaskSendsNothing() async throws {
        let recorder = try Recorder()
        let client = client(recorder)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            _ = try await Users(client).get(userId: "ripley")
        }
        task.cancel()
        let result = await task.result
        XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
        XCTAssertEqual(recorder.requests.count, 0)
    }

    func testCallsMayRunConcurrently() async throws {
        let recorder = try Recorder { request in .json(#"{"$id":"\#(request.path.split(separator: "/").last ?? "")"}"#)
        }
        let client = client(recorder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let user = try await Users(client).get(userId: "user\(number)")
                    XCTAssertEqual(user.id, "user\(number)")
                }
            }
            try await group.waitForAll()
        }
        XCTAssertEqual(recorder.requests.count, 64)
    }
}

extension XCTestCase {
    /// Waits until the client has closed a connection, as the server sees it.
    func expectClosing(of recorder: Recorder) async {
        let closed = expectation(description: "the connection is closed")
        Thread.detachNewThread {
            while recorder.closedConnections == 0 { Thread.sleep(forTimeInterval: 0.001) }
            closed.fulfill()
        }
        await fulfillment(of: [closed], timeout: 10)
    }
}
