import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// Lists, page after page.
final class ListTests: XCTestCase {
    func testListsAreReadAsEveryLanguageReadsThem() async throws {
        for item in try Script.cases("lists.json") {
            let name = try XCTUnwrap(item["name"]?.string)
            let server = try Self.server(item)
            let found = Collected<String>()
            var failure: (any Error)?
            do {
                try await read(item, Script.client(server, retries: 0), into: found)
            } catch {
                failure = error
            }
            let wanted = try XCTUnwrap(item["wanted"])
            try Script.check(failure, wanted["error"], name)
            let bounds = try XCTUnwrap(wanted["items"]?.array).compactMap(\.int)
            XCTAssertEqual(found.all, (bounds[0]..<bounds[1]).map { "i\($0)" }, name)
            XCTAssertEqual(.array(server.requests.map(Self.queries)), wanted["requests"], name)
            server.stop()
        }
    }

    func testPagesAreWholeResponsesAndEachLoopReadsFromTheBeginning() async throws {
        let server = try Self.server(Script.named("a page and 1", in: "lists.json"))
        let rows = TablesDB(client(server)).iterateRows(databaseId: "d", tableId: "t")
        XCTAssertEqual(server.requests.count, 0)
        var pages: [(Int, Int)] = []
        for try await page in rows.pages() { pages.append((page.total, page.rows.count)) }
        XCTAssertEqual(pages.map(\.0), [101, 101])
        XCTAssertEqual(pages.map(\.1), [100, 1])
        var iterator = rows.makeAsyncIterator()
        _ = try await iterator.next()
        XCTAssertEqual(server.requests.last?.query.count, 1, "without a cursor")
    }

    func testRowsHaveTheTypeOfTheCaller() async throws {
        struct Film: Codable, Sendable { let title: String }
        let server = try Script.server([.json(#"{"total":1,"rows":[{"$id":"i0","title":"Alien"}]}"#)])
        let tablesDB = TablesDB(client(server))
        for try await row in tablesDB.iterateRows(databaseId: "d", tableId: "t", nestedType: Film.self) {
            XCTAssertEqual(row.data.title, "Alien")
        }
        XCTAssertEqual(server.requests.count, 1)
    }

    func testWhatCannotBeWrittenIsAnErrorOfTheFirstItem() async throws {
        let server = try Recorder()
        let queries = [Query.equal("year", value: Double.nan)]
        let rows = TablesDB(client(server)).iterateRows(databaseId: "d", tableId: "t", queries: queries)
        var iterator = rows.makeAsyncIterator()
        let error = try await failure { _ = try await iterator.next() }
        XCTAssertEqual(error.kind, .argument)
        let next = try await iterator.next()
        XCTAssertNil(next, "an error ends the list")
        XCTAssertEqual(server.requests.count, 0)
    }

    func testCancellingATaskClosesTheRequestForAPage() async throws {
        let arrived = expectation(description: "the request arrived")
        let server = try Recorder { _ in
            arrived.fulfill()
            return nil
        }
        let rows = TablesDB(client(server)).iterateRows(databaseId: "d", tableId: "t")
        let task = Task { for try await _ in rows { XCTFail("there is no item") } }
        await fulfillment(of: [arrived], timeout: 10)
        task.cancel()
        let result = await task.result
        XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
        await expectClosing(of: server)
    }

    func testAnActorReadsAList() async throws { try await Self.readInAnActor() }

    /// Compiles only if the loop stays in the actor, which owns what it changes.
    @MainActor
    private static func readInAnActor() async throws {
        final class Titles { var count = 0 }
        let titles = Titles()
        let server = try server(Script.named("a page and 1", in: "lists.json"))
        for try await _ in TablesDB(client(server)).iterateRows(databaseId: "d", tableId: "t") { titles.count += 1 }
        XCTAssertEqual(titles.count, 101)
    }

    /// A server that sends the responses of a case, and then the last one again.
    private static func server(_ item: JSON) throws -> Recorder {
        let responses = try XCTUnwrap(item["responses"]?.array).map { try response($0, item["call"]?.string) }
        return try Script.server(responses, repeatsLast: true)
    }

    private static func response(_ turn: JSON, _ call: String?) throws -> CannedResponse {
        guard let bounds = turn["items"]?.array?.compactMap(\.int) else { return Script.response(turn) }
        let fields = [
            "tablesDB.listRows": "rows", "tablesDB.listIndexes": "indexes", "messaging.listTopics": "topics",
            "mongo.listOperations": "operations",
        ]
        let field = try XCTUnwrap(call.flatMap { fields[$0] })
        let items = (bounds[0]..<bounds[1]).map { number -> JSON in
            let id = JSON.string("i\(number)")
            return field == "indexes" ? ["$id": .string("x_\(number)"), "key": id] : ["$id": id]
        }
        let body: JSON = .object(["total": turn["total"] ?? nil, field: .array(items)])
        return .json(body.description)
    }

    /// The queries of a request, or its parameters where it has no queries.
    private static func queries(_ request: RecordedRequest) -> JSON {
        if request.query.contains(where: { $0[0].hasPrefix("queries") }) {
            return .array(request.query.map { .string($0[1]) })
        }
        return .object(Dictionary(uniqueKeysWithValues: request.query.map { ($0[0], .string($0[1])) }))
    }

    /// Reads a case's list, up to where the program leaves it.
    private func read(_ item: JSON, _ client: Client, into found: Collected<String>) async throws {
        let queries = item["queries"]?.array?.compactMap { $0.string.map { Query(text: $0) } }
        let (size, take) = (item["pageSize"]?.int, item["take"]?.int)
        let tablesDB = TablesDB(client)
        switch item["call"]?.string {
        case "tablesDB.listRows":
            let rows = tablesDB.iterateRows(databaseId: "d", tableId: "t", queries: queries, pageSize: size)
            for try await row in rows where found.add(row.id) == take { break }
        case "tablesDB.listIndexes":
            let indexes = tablesDB.iterateIndexes(databaseId: "d", tableId: "t", queries: queries, pageSize: size)
            for try await index in indexes where found.add(index.key) == take { break }
        case "messaging.listTopics":
            let topics = Messaging(client).iterateTopics(queries: queries, pageSize: size)
            for try await topic in topics where found.add(topic.id) == take { break }
        case "mongo.listOperations":
            let given = item["arguments"]
            let operations = Mongo(client).iterateOperations(
                databaseId: "d", limit: given?["limit"]?.int, offset: given?["offset"]?.int, pageSize: size)
            for try await operation in operations where found.add(operation.id) == take { break }
        default: throw OwnError()
        }
    }
}
