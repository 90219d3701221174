import Foundation
import Polywrite
import XCTest

/// Bad input throws, and nothing is sent.
final class ArgumentTests: XCTestCase {
    func testBadInputThrowsBeforeSending() async throws {
        let recorder = try Recorder()
        let tablesDB = TablesDB(client(recorder))
        struct Opaque: Sendable {}
        struct Price: Codable, Sendable {
            var price = Operator.divide(0)
        }
        let endless = Date(timeIntervalSince1970: .infinity)

        let cases: [(String, () async throws -> Void)] = [
            ("databaseId", { _ = try await tablesDB.get(databaseId: "") }),
            ("databaseId", { _ = try await tablesDB.get(databaseId: "..") }),
            (
                "data.price is nan",
                {
                    _ = try await tablesDB.createRow(
                        databaseId: "d", tableId: "t", rowId: "r", data: ["price": Double.nan])
                }
            ),
            (
                "data.cast[1] is a Opaque",
                {
                    _ = try await tablesDB.createRow(
                        databaseId: "d", tableId: "t", rowId: "r", data: ["cast": ["a", Opaque()] as [Any]])
                }
            ),
            ("data", { _ = try await tablesDB.createRow(databaseId: "d", tableId: "t", rowId: "r", data: "text") }),
            (
                "Query.page",
                { _ = try await tablesDB.listRows(databaseId: "d", tableId: "t", queries: Query.page(0)) }
            ),
            (
                "queries[0] equal: the value[0] is inf",
                {
                    _ = try await tablesDB.listRows(
                        databaseId: "d", tableId: "t", queries: [Query.equal("price", value: Double.infinity)])
                }
            ),
            (
                "queries[0] or: the query[0] is not a JSON object",
                { _ = try await tablesDB.listRows(databaseId: "d", tableId: "t", queries: [Query.or(["nonsense"])]) }
            ),
            (
                "is not a JSON object",
                {
                    let queries = [Query.and(["{\"a\u{0}\":1}"])]
                    _ = try await tablesDB.listRows(databaseId: "d", tableId: "t", queries: queries)
                }
            ),
            (
                "the divisor is 0",
                {
                    _ = try await tablesDB.updateRow(
                        databaseId: "d", tableId: "t", rowId: "r", data: ["price": Operator.divide(0)])
                }
            ),
            (
                "data.price divide: the divisor is 0",
                { _ = try await tablesDB.updateRow(databaseId: "d", tableId: "t", rowId: "r", data: Price()) }
            ),
            (
                "is too far",
                {
                    let queries = Query.page(.max, perPage: .max)
                    _ = try await tablesDB.listRows(databaseId: "d", tableId: "t", queries: queries)
                }
            ),
            (
                "data.seen is a date that cannot be written",
                {
                    _ = try await tablesDB.createRow(
                        databaseId: "d", tableId: "t", rowId: "r", data: ["seen": endless])
                }
            ),
            ("option `retries`", { _ = try await tablesDB.with(retries: -1).get(databaseId: "d") }),
            ("option `timeout`", { _ = try await tablesDB.with(timeout: .seconds(-1)).get(databaseId: "d") }),
            ("option `timeout`", { _ = try await tablesDB.with(timeout: .zero).get(databaseId: "d") }),
            ("option `deadline`", { _ = try await tablesDB.with(deadline: .zero).get(databaseId: "d") }),
            ("option `maxResponseBytes`", { _ = try await tablesDB.with(maxResponseBytes: 0).get(databaseId: "d") }),
            ("`timeout`", { _ = try await TablesDB(client(recorder).setTimeout(.zero)).list() }),
            ("`deadline`", { _ = try await TablesDB(client(recorder).setDeadline(.zero)).list() }),
            ("`maxResponseBytes`", { _ = try await TablesDB(client(recorder).setMaxResponseBytes(0)).list() }),
            ("`maxConnections`", { _ = try await TablesDB(client(recorder).setMaxConnections(-1)).list() }),
            ("`timeout`", { _ = try await TablesDB(client(recorder).setTimeout(.seconds(-1))).list() }),
            ("`retries.max`", { _ = try await TablesDB(client(recorder).setRetries(-1)).list() }),
        ]
        for (part, call) in cases {
            let error = try await failure(call)
            XCTAssertTrue("\(error)".contains(part), "\(error) names \(part)")
            XCTAssertTrue([.argument, .configuration].contains(error.kind), "\(error)")
        }
        XCTAssertEqual(recorder.requests.count, 0)
    }

    func testAMissingFileThrowsBeforeSending() async throws {
        let recorder = try Recorder()
        let error = try await failure {
            _ = try await Storage(client(recorder)).createFile(
                bucketId: "b", fileId: "f", file: .fromPath("/nowhere/film.mp4"))
        }
        XCTAssertEqual(error.kind, .argument)
        XCTAssertTrue(error.message.contains("/nowhere/film.mp4"), error.message)
        XCTAssertEqual(recorder.requests.count, 0)
    }

    func testTheLargestNumberOfRetriesIsAllowed() async throws {
        let recorder = try Recorder { _ in .json(#"{"$id":"ada","prefs":{}}"#) }
        let users = Users(client(recorder).setRetries(.max))
        _ = try await users.get(userId: "ada")
        _ = try await users.with(retries: .max).get(userId: "ada")
        XCTAssertEqual(recorder.requests.count, 2)
    }

    func testOnlyWhatIsGivenIsSent() async throws {
        let recorder = try Recorder { _ in .json(#"{}"#) }
        let tablesDB = TablesDB(client(recorder))
        _ = try? await tablesDB.updateBooleanColumn(
            databaseId: "d", tableId: "t", key: "seen", required: false, default: nil)
        XCTAssertEqual(
            recorder.requests.first.map { String(decoding: $0.body, as: UTF8.self) },
            #"{"required":false,"default":null}"#)
    }

    func testDataOfEveryShapeIsWrittenExactly() async throws {
        struct Movie: Codable, Sendable {
            let title: String
            let year: Int
            let seen: Date
            let premieres: [Date]
        }
        let recorder = try Recorder { _ in .json(#"{}"#) }
        let tablesDB = TablesDB(client(recorder))
        let date = Date(timeIntervalSince1970: 1_767_323_045.678)
        let early = Date(timeIntervalSince1970: -0.001)
        let text = #"{"n":7,"t":true,"x":1.5,"big":9223372036854775807}"#
        let read = try JSONSerialization.jsonObject(with: Data(text.utf8))
        let shapes: [(Any, JSON)] = [
            (["n": Int.max], ["n": .int(.max)]),
            (["n": UInt8(7), "f": Float(0.5)] as [String: Any], ["n": 7, "f": 0.5]),
            (["t": "ä\"\\\n\u{1}", "nothing": nil] as [String: Any?], ["t": "ä\"\\\n\u{1}", "nothing": nil]),
            (["deep": ["list": [1, "two", true] as [Any]]] as [String: Any], ["deep": ["list": [1, "two", true]]]),
            (JSON.object(["a": [1, 2.5, nil]]), ["a": [1, 2.5, nil]]),
            (
                Movie(title: "Alien", year: 1979, seen: date, premieres: [early]),
                [
                    "title": "Alien", "year": 1979, "seen": "2026-01-02T03:04:05.678Z",
                    "premieres": ["1969-12-31T23:59:59.999Z"],
                ]
            ),
            (
                ["seen": date, "title": "Alien".prefix(2)] as [String: Any],
                ["seen": "2026-01-02T03:04:05.678Z", "title": "Al"]
            ),
            (read, ["n": 7, "t": true, "x": 1.5, "big": .int(.max)]),
        ]
        for (shape, expected) in shapes {
            recorder.forget()
            _ = try? await tablesDB.updateRow(databaseId: "d", tableId: "t", rowId: "r", data: shape)
            let body = try JSONDecoder().decode(JSON.self, from: try XCTUnwrap(recorder.requests.first?.body))
            XCTAssertEqual(body["data"], expected)
        }
    }
}
