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
        // The server sees the connection end: wait for that, not for a time.
        let closed = expectation(description: "the connection is closed")
        Thread.detachNewThread {
            while recorder.closedConnections == 0 { Thread.sleep(forTimeInterval: 0.001) }
            closed.fulfill()
        }
        await fulfillment(of: [closed], timeout: 10)
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

    func testCallsMayRunSideBySide() async throws {
        let recorder = try Recorder { request in .json(#"{"$id":"\#(request.path.split(separator: "/").last ?? "")"}"#)
        }
        let client = client(recorder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let error = try await failure { _ = try await Users(client).get(userId: "user\(number)") }
                    XCTAssertTrue(error.response.contains("\"user\(number)\""), error.response)
                }
            }
            try await group.waitForAll()
        }
        XCTAssertEqual(recorder.requests.count, 64)
    }
}
