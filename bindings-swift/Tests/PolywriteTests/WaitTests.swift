import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// Waiting until something is ready.
final class WaitTests: XCTestCase {
    func testWaitsEndAsInEveryLanguage() async throws {
        for item in try Script.cases("waits.json") {
            let name = try XCTUnwrap(item["name"]?.string)
            let responses = try XCTUnwrap(item["responses"]?.array).map(Script.response)
            let server = try Script.server(responses, repeatsLast: true)
            let statuses = Collected<String>()
            var (status, failure): (JSON?, (any Error)?) = (nil, nil)
            do {
                let found = try await wait(item, Script.client(server, retries: 0)) { statuses.add($0) }
                status = try JSONDecoder().decode(JSON.self, from: JSONEncoder().encode(found))["status"]
            } catch {
                failure = error
            }
            let wanted = try XCTUnwrap(item["wanted"])
            try Script.check(failure, wanted["error"], name)
            if wanted["status"]?.string?.isEmpty == false { XCTAssertEqual(status, wanted["status"], name) }
            XCTAssertEqual(.array(statuses.all.map(JSON.string)), wanted["statuses"], name)
            if let count = wanted["requests"]?.int { XCTAssertEqual(server.requests.count, count, name) }
            server.stop()
        }
    }

    private func wait(
        _ item: JSON, _ client: Client, _ onStatus: @escaping @Sendable (String) -> Void
    ) async throws -> any Encodable {
        let timeout = item["timeout"]?.int.map { Duration.milliseconds($0) }
        let tablesDB = TablesDB(client)
        switch item["call"]?.string {
        case "tablesDB.waitForColumn":
            return try await tablesDB.waitForColumn(
                databaseId: "d", tableId: "t", key: "year", timeout: timeout, onStatus: onStatus)
        case "tablesDB.waitForTable":
            return try await tablesDB.waitForTable(
                databaseId: "d", tableId: "t", timeout: timeout, onStatus: onStatus)
        case "tablesDB.waitForDatabase":
            return try await tablesDB.waitForDatabase(databaseId: "d", timeout: timeout, onStatus: onStatus)
        case "functions.waitForDeployment":
            return try await Functions(client).waitForDeployment(
                functionId: "f", deploymentId: "d", timeout: timeout, onStatus: onStatus)
        case "messaging.waitForMessage":
            return try await Messaging(client).waitForMessage(messageId: "m", timeout: timeout, onStatus: onStatus)
        default: throw OwnError()
        }
    }

    func testCancellingATaskEndsAWait() async throws {
        let heard = expectation(description: "the first status")
        let server = try Script.server(
            [.json(#"{"key":"year","type":"integer","status":"processing"}"#)], repeatsLast: true)
        let tablesDB = TablesDB(client(server))
        let task = Task {
            try await tablesDB.waitForColumn(databaseId: "d", tableId: "t", key: "year") { _ in heard.fulfill() }
        }
        await fulfillment(of: [heard], timeout: 10)
        task.cancel()
        let result = await task.result
        XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
        // The next request would have come within a quarter of a second.
        let count = server.requests.count
        try await Task.sleep(for: .milliseconds(400))
        XCTAssertEqual(server.requests.count, count)
    }
}
