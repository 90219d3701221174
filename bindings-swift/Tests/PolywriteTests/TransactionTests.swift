import Foundation
import Polywrite
import XCTest

/// Writes that happen together or not at all.
final class TransactionTests: XCTestCase {
    private static let begun = CannedResponse.json(#"{"$id":"1","status":"pending"}"#, status: 201)
    private static let ended = CannedResponse.json(#"{"$id":"1","status":"committed"}"#)

    func testTransactionsEndAsInEveryLanguage() async throws {
        for item in try Script.cases("transactions.json") {
            let name = try XCTUnwrap(item["name"]?.string)
            XCTAssertEqual(item["service"], "tablesDB", name)
            let server = try Script.server(XCTUnwrap(item["responses"]?.array).map(Script.response))
            let options = item["options"]
            var (runs, failure): (Int, (any Error)?) = (0, nil)
            do {
                try await TablesDB(Script.client(server)).transaction(
                    attempts: options?["attempts"]?.int, ttl: options?["ttl"]?.int
                ) { tx in
                    runs += 1
                    for call in item["work"]?.array ?? [] { try await self.make(call, tx) }
                    if item["fails"] == true { throw OwnError() }
                }
            } catch {
                failure = error
            }
            try Script.check(failure, item["error"], name)
            try Script.check(server, XCTUnwrap(item["requests"]), name)
            XCTAssertEqual(runs, item["runs"]?.int, name)
            server.stop()
        }
    }

    private func make(_ call: JSON, _ tx: TablesDB) async throws {
        let params = call["params"]
        let row = params?["rowId"]?.string ?? ""
        switch call["call"]?.string {
        case "getRow": _ = try await tx.getRow(databaseId: "d", tableId: "t", rowId: row)
        case "createRow":
            _ = try await tx.createRow(databaseId: "d", tableId: "t", rowId: row, data: params?["data"] as Any)
        case "createRows":
            _ = try await tx.createRows(databaseId: "d", tableId: "t", rows: params?["rows"]?.array ?? [])
        case "createTable": _ = try await tx.createTable(databaseId: "d", tableId: "t", name: "T")
        case "createTransaction": _ = try await tx.createTransaction()
        case "createOperations":
            _ = try await tx.createOperations(
                transactionId: params?["transactionId"]?.string ?? "", operations: params?["operations"]?.array)
        default: throw OwnError()
        }
    }

    func testATransactionWithinATransactionIsRefused() async throws {
        let server = try Script.server([Self.begun, Self.ended])
        let error = try await failure {
            try await TablesDB(client(server)).transaction { tx in try await tx.transaction { _ in } }
        }
        XCTAssertEqual(error.kind, .argument)
        XCTAssertTrue(error.message.contains("cannot begin within another"), error.message)
        XCTAssertEqual(server.requests.count, 2, "begun and rolled back")
    }

    func testItsServiceRefusesCallsAfterTheEnd() async throws {
        let server = try Script.server([Self.begun, Self.ended])
        let tx = try await TablesDB(client(server)).transaction { $0 }
        let error = try await failure { _ = try await tx.getRow(databaseId: "d", tableId: "t", rowId: "r") }
        XCTAssertEqual(error.kind, .argument)
        XCTAssertTrue(error.message.contains("has ended"), error.message)
        XCTAssertEqual(server.requests.count, 2)
    }

    func testACallThatStillRunsAtTheEndRollsBack() async throws {
        let arrived = expectation(description: "the call arrived")
        let server = try Recorder { request in
            if request.path.hasSuffix("transactions") { return Self.begun }
            if request.path.hasSuffix("rows") {
                arrived.fulfill()
                return nil
            }
            return Self.ended
        }
        let tablesDB = TablesDB(client(server))
        let error = try await failure {
            try await tablesDB.transaction { tx in
                Task { try await tx.createRow(databaseId: "d", tableId: "t", rowId: "r", data: ["n": 1]) }
                await self.fulfillment(of: [arrived], timeout: 10)
            }
        }
        XCTAssertTrue(error.message.contains("no result yet"), error.message)
        XCTAssertEqual(server.requests.last?.body, Data(#"{"rollback":true}"#.utf8))
    }

    func testCancellingATaskRollsBack() async throws {
        for throwsItself in [true, false] {
            let begun = expectation(description: "the work began")
            let server = try Script.server([Self.begun, Self.ended])
            let tablesDB = TablesDB(client(server))
            let task = Task {
                try await tablesDB.transaction { _ in
                    begun.fulfill()
                    while !Task.isCancelled { await Task.yield() }
                    if throwsItself { try Task.checkCancellation() }
                }
            }
            await fulfillment(of: [begun], timeout: 10)
            task.cancel()
            let result = await task.result
            XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
            XCTAssertEqual(server.requests.last?.body, Data(#"{"rollback":true}"#.utf8))
        }
    }

    func testWorkThatMeetsAConflictIsDoneAgain() async throws {
        let admin = try Emulator.admin()
        let (database, table) = try await Emulator.filmsTable(admin)
        let tablesDB = TablesDB(admin)
        _ = try await tablesDB.createRow(
            databaseId: database, tableId: table, rowId: "r", data: ["title": "Alien", "year": 1])
        var seen: [Int?] = []
        let year = try await tablesDB.transaction { tx in
            let year = try await tx.getRow(databaseId: database, tableId: table, rowId: "r").data["year"]?.int
            seen.append(year)
            let next = (year ?? 0) + 100
            _ = try await tx.updateRow(databaseId: database, tableId: table, rowId: "r", data: ["year": next])
            // Somebody else changes it meanwhile.
            if seen.count == 1 {
                _ = try await tablesDB.updateRow(databaseId: database, tableId: table, rowId: "r", data: ["year": 5])
            }
            return next
        }
        XCTAssertEqual(seen, [1, 5])
        XCTAssertEqual(year, 105)
        let row = try await tablesDB.getRow(databaseId: database, tableId: table, rowId: "r")
        XCTAssertEqual(row.data["year"], 105)
    }
}
