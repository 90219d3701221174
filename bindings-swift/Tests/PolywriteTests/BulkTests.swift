import Foundation
import Polywrite
import XCTest

/// Any number of rows.
final class BulkTests: XCTestCase {
    func testRowsAreWrittenAsInEveryLanguage() async throws {
        for item in try Script.cases("bulk.json") {
            for isAsynchronous in [false, true] {
                let name = "\(item["name"]?.string ?? ""), \(isAsynchronous ? "asynchronous" : "synchronous")"
                let server = try Script.server(XCTUnwrap(item["responses"]?.array).map(Script.response))
                let report = try await write(item, Script.client(server), isAsynchronous)
                try Script.check(server, XCTUnwrap(item["requests"]), name)
                XCTAssertEqual(report.written, item["written"]?.int, name)
                XCTAssertEqual(report.stopped, item["stopped"]?.bool, name)
                let failures = try XCTUnwrap(item["failures"]?.array)
                XCTAssertEqual(report.failures.map(\.index), failures.map { $0["index"]?.int }, name)
                XCTAssertEqual(report.failures.map(\.id), failures.map { $0["id"]?.string }, name)
                for (failure, wanted) in zip(report.failures, failures) {
                    try Script.check(failure.error, wanted, name)
                }
                server.stop()
            }
        }
    }

    private func write(_ item: JSON, _ client: Client, _ isAsynchronous: Bool) async throws -> BulkReport {
        let (params, options, rows) = (item["params"], item["options"], item["rows"]?.array ?? [])
        let limit = options?["limit"]?.int
        let concurrency = options?["concurrency"]?.int
        let stop = options?["stopOnError"]?.bool ?? false
        // What is not text Swift itself refuses.
        let ids = rows.map { $0.string ?? "" }
        let tables = TablesDB(client)
        switch (item["write"]?.string, isAsynchronous) {
        case ("tablesDB.bulkCreateRows", false):
            return try await tables.bulkCreateRows(
                databaseId: "d", tableId: "t", rows: rows, transactionId: params?["transactionId"]?.string,
                limit: limit, concurrency: concurrency, stopOnError: stop)
        case ("tablesDB.bulkCreateRows", true):
            return try await tables.bulkCreateRows(
                databaseId: "d", tableId: "t", rows: stream(rows), transactionId: params?["transactionId"]?.string,
                limit: limit, concurrency: concurrency, stopOnError: stop)
        case ("tablesDB.bulkUpsertRows", false):
            return try await tables.bulkUpsertRows(
                databaseId: "d", tableId: "t", rows: rows, limit: limit, concurrency: concurrency)
        case ("tablesDB.bulkUpsertRows", true):
            return try await tables.bulkUpsertRows(
                databaseId: "d", tableId: "t", rows: stream(rows), limit: limit, concurrency: concurrency)
        case ("tablesDB.bulkUpdateRows", false):
            return try await tables.bulkUpdateRows(
                databaseId: "d", tableId: "t", data: params?["data"] as Any, ids: ids, limit: limit,
                concurrency: concurrency)
        case ("tablesDB.bulkUpdateRows", true):
            return try await tables.bulkUpdateRows(
                databaseId: "d", tableId: "t", data: params?["data"] as Any, ids: stream(ids), limit: limit,
                concurrency: concurrency)
        case ("tablesDB.bulkDeleteRows", false):
            return try await tables.bulkDeleteRows(
                databaseId: "d", tableId: "t", ids: ids, limit: limit, concurrency: concurrency)
        case ("tablesDB.bulkDeleteRows", true):
            return try await tables.bulkDeleteRows(
                databaseId: "d", tableId: "t", ids: stream(ids), limit: limit, concurrency: concurrency)
        case ("documentsDB.bulkCreateDocuments", false):
            return try await DocumentsDB(client).bulkCreateDocuments(
                databaseId: "d", collectionId: "c", documents: rows, limit: limit, concurrency: concurrency)
        case ("documentsDB.bulkCreateDocuments", true):
            return try await DocumentsDB(client).bulkCreateDocuments(
                databaseId: "d", collectionId: "c", documents: stream(rows), limit: limit, concurrency: concurrency)
        default: throw OwnError()
        }
    }

    private func stream<Element: Sendable>(_ elements: [Element]) -> AsyncStream<Element> {
        AsyncStream { stream in
            elements.forEach { stream.yield($0) }
            stream.finish()
        }
    }

    func testASourceWaitsForTheServer() async throws {
        let (taken, most) = (Collected<Void>(), Collected<Int>())
        let server = try Recorder { _ in
            // Time in which a source that nothing holds back would run ahead.
            Thread.sleep(forTimeInterval: 0.02)
            most.add(taken.all.count)
            return .json(#"{"total":0,"rows":[]}"#, status: 201)
        }
        let rows = AsyncStream<[String: Int]>(unfolding: {
            let number = taken.add(())
            return number > 1000 ? nil : ["n": number]
        })
        let report = try await TablesDB(client(server)).bulkCreateRows(
            databaseId: "d", tableId: "t", rows: rows, concurrency: 1)
        XCTAssertEqual(report.written, 1000)
        XCTAssertEqual(server.requests.count, 10)
        for (call, taken) in most.all.enumerated() {
            XCTAssertLessThanOrEqual(taken, min((call + 2) * 100, 1001), "at call \(call)")
        }
    }

    func testCancellingATaskEndsAWriteAndItsCalls() async throws {
        let arrived = expectation(description: "the request arrived")
        arrived.assertForOverFulfill = false
        let server = try Recorder { _ in
            arrived.fulfill()
            return nil
        }
        let tablesDB = TablesDB(client(server))
        let task = Task {
            try await tablesDB.bulkCreateRows(databaseId: "d", tableId: "t", rows: (0...).lazy.map { ["n": $0] })
        }
        await fulfillment(of: [arrived], timeout: 10)
        task.cancel()
        let result = await task.result
        XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
        await expectClosing(of: server)
    }

    func testASourceThatThrowsEndsTheWrite() async throws {
        let server = try Script.server([])
        let broken = AsyncThrowingStream<[String: Int], any Error> { throw OwnError() }
        do {
            _ = try await TablesDB(client(server)).bulkCreateRows(databaseId: "d", tableId: "t", rows: broken)
            XCTFail("the source's error is gone")
        } catch is OwnError {}
        XCTAssertEqual(server.requests.count, 0)
    }

    func testARowThatJSONCannotWriteFailsAlone() async throws {
        let server = try Script.server([.json(#"{"total":0,"rows":[]}"#, status: 201)])
        let tablesDB = TablesDB(client(server))
        let rows: [[String: Any]] = [["n": 1], ["n": Double.nan], ["n": 3], ["n": NSObject()]]
        let report = try await tablesDB.bulkCreateRows(databaseId: "d", tableId: "t", rows: rows)
        XCTAssertEqual(report.written, 2)
        XCTAssertEqual(report.failures.map(\.index), [1, 3])
        for failure in report.failures {
            XCTAssertEqual(failure.error.kind, .argument)
            XCTAssertEqual(failure.error.operation, "tablesDB.bulkCreateRows")
            XCTAssertTrue(failure.error.message.contains("row.n"), failure.error.message)
        }
        let sent = try JSONDecoder().decode(JSON.self, from: XCTUnwrap(server.requests.first).body)
        XCTAssertEqual(sent["rows"]?.array?.map { $0["n"] }, [1, 3])
        let stopped = try await tablesDB.bulkCreateRows(
            databaseId: "d", tableId: "t", rows: rows.reversed(), stopOnError: true)
        XCTAssertEqual(stopped.failures.map(\.index), [0])
        XCTAssertEqual(stopped.written, 0)
        XCTAssertTrue(stopped.stopped)
    }

    func testAnActorWritesRowsOfItsOwnAndHearsOfProgress() async throws { try await Self.writeInAnActor() }

    /// Compiles only if rows and listener stay in the actor that has them.
    @MainActor
    private static func writeInAnActor() async throws {
        final class Heard { var last: BulkProgress? }
        let (heard, other) = (Heard(), NSObject())
        let server = try Script.server([.json(#"{"total":0,"rows":[]}"#, status: 201)])
        let rows: [[String: Any]] = [["title": "Alien"], ["title": other.hash]]
        let report = try await TablesDB(client(server)).bulkCreateRows(databaseId: "d", tableId: "t", rows: rows) {
            heard.last = $0
        }
        XCTAssertEqual(report.written, 2)
        XCTAssertEqual(heard.last?.written, 2)
        XCTAssertEqual(heard.last?.taken, 2)
    }

    func testRowsAreWrittenToATable() async throws {
        struct Film: Encodable { let title: String, year: Int }
        let admin = try Emulator.admin()
        let (database, table) = try await Emulator.filmsTable(admin)
        let tablesDB = TablesDB(admin)
        let films = (0..<250).lazy.map { Film(title: "Film \($0)", year: 1900 + $0) }
        let report = try await tablesDB.bulkCreateRows(databaseId: database, tableId: table, rows: films)
        XCTAssertEqual(report.written, 250)
        var ids: [String] = []
        for try await row in tablesDB.iterateRows(databaseId: database, tableId: table) { ids.append(row.id) }
        XCTAssertEqual(Set(ids).count, 250)
        let deleted = try await tablesDB.bulkDeleteRows(databaseId: database, tableId: table, ids: ids)
        XCTAssertEqual(deleted.written, 250)
        let left = try await tablesDB.listRows(databaseId: database, tableId: table)
        XCTAssertEqual(left.total, 0)
    }
}
