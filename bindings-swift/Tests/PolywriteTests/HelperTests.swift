import Foundation
import Polywrite
import PolywriteModels
import XCTest

final class HelperTests: XCTestCase {
    func testQueriesAreWrittenAsTheServerReadsThem() {
        let cases: [(any CustomStringConvertible, String)] = [
            (Query.equal("year", value: 1999), #"{"method":"equal","attribute":"year","values":[1999]}"#),
            (Query.equal("t", value: ["a", "b"]), #"{"method":"equal","attribute":"t","values":["a","b"]}"#),
            (Query.between("p", start: 1, end: 2.5), #"{"method":"between","attribute":"p","values":[1,2.5]}"#),
            (Query.isNull("p"), #"{"method":"isNull","attribute":"p"}"#),
            (Query.limit(25), #"{"method":"limit","values":[25]}"#),
            (Query.cursorAfter("x"), #"{"method":"cursorAfter","values":["x"]}"#),
            (Query.select(["a", "b"]), #"{"method":"select","values":["a","b"]}"#),
            (Query.distinct(), #"{"method":"distinct"}"#),
            (Query.orderRandom(), #"{"method":"orderRandom"}"#),
            (
                Query.createdBetween("2024", "2025"),
                #"{"method":"between","attribute":"$createdAt","values":["2024","2025"]}"#
            ),
            (
                Query.or([Query.isNull("a"), Query.limit(1)]),
                #"{"method":"or","values":[{"method":"isNull","attribute":"a"},{"method":"limit","values":[1]}]}"#
            ),
            (
                Query.distanceLessThan("place", values: [13.4, 52.5], distance: 10),
                #"{"method":"distanceLessThan","attribute":"place","values":[[[13.4,52.5],10,true]]}"#
            ),
            (Query.count("*"), #"{"method":"count","attribute":"*"}"#),
            (Query.count("*", alias: "n"), #"{"method":"count","attribute":"*","values":["n"]}"#),
            (Operator.increment(), #"{"method":"increment","values":[1]}"#),
            (Operator.increment(2, max: 9.5), #"{"method":"increment","values":[2,9.5]}"#),
            (Operator.arrayFilter(.isNull), #"{"method":"arrayFilter","values":["isNull",null]}"#),
            (Operator.toggle(), #"{"method":"toggle","values":[]}"#),
        ]
        for (made, expected) in cases { XCTAssertEqual("\(made)", expected) }
    }

    func testValuesOfEveryTypeAreWritten() throws {
        enum Genre: String { case horror }
        enum Mood: String, Codable { case dark }
        let id = try XCTUnwrap(UUID(uuidString: "6E8B2B0C-6E2C-4B0E-9C9B-3E1F5C1D9A10"))
        let values: [(Any, String)] = [
            (Int64.max, "9223372036854775807"), (UInt64(7), "7"), (Int8(-1), "-1"),
            (Float(0.1), "0.1"), (Decimal(string: "0.1") as Any, "0.1"), ("Alien".prefix(2), "\"Al\""),
            (id, "\"\(id.uuidString)\""), (Genre.horror, "\"horror\""), (Mood.dark, "\"dark\""),
            (ColumnStatus.available, "\"available\""), (true, "true"), (JSON.number("1e300"), "1e300"),
            (Date(timeIntervalSince1970: 0), "\"1970-01-01T00:00:00.000Z\""),
            ([1, "two", Genre.horror, 2.5] as [Any], "1,\"two\",\"horror\",2.5"),
            ([Int64(1), 2], "1,2"), (JSON.array([1, "a"]), "1,\"a\""),
        ]
        for (value, expected) in values {
            XCTAssertEqual(
                try Query.equal("a", value: value).text(),
                #"{"method":"equal","attribute":"a","values":[\#(expected)]}"#)
        }
        let operation = Operator.increment(Int64(2), max: UInt8(9))
        XCTAssertEqual(try operation.text(), #"{"method":"increment","values":[2,9]}"#)
    }

    func testAListOfQueriesTakesQueriesTextsAndBoth() async throws {
        let recorder = try Recorder { _ in .json(#"{"total":0,"users":[]}"#) }
        let users = Users(client(recorder))
        var growing = [Query.limit(5)]
        growing.append(Query.offset(2))
        let text = #"{"method":"limit","values":[5]}"#
        let texts: [String] = [text]
        _ = try await users.list(queries: growing)
        _ = try await users.list(queries: texts)
        _ = try await users.list(queries: [Query.limit(5), text])
        _ = try await users.list(queries: [Query.or([Query.isNull("a"), text])])
        let sent = recorder.requests.map { $0.target.removingPercentEncoding ?? "" }
        XCTAssertEqual(
            sent.map { $0.components(separatedBy: "queries[").count - 1 }, [2, 1, 2, 1], "\(sent)")
        XCTAssertTrue(sent.allSatisfy { $0.contains("limit") }, "\(sent)")
    }

    /// A common upper bound for texts that begin with a word.
    func testATextThatBeginsWithTheLastCharacterIsAText() async throws {
        let recorder = try Recorder { _ in .json(#"{"total":0,"users":[]}"#) }
        let last = "\u{FFFF} of the user's own"
        let queries = [Query.lessThan("name", value: last), Query.equal(last, value: 1)]
        _ = try await Users(client(recorder)).list(queries: queries)
        XCTAssertEqual(recorder.requests.count, 1)
        _ = try? await TablesDB(client(recorder)).createRow(
            databaseId: "d", tableId: "t", rowId: "r",
            data: ["a": last, "b": RowTests.Film(title: last, year: 1, seen: nil)] as [String: Any])
        let body = try XCTUnwrap(recorder.requests.last?.body)
        XCTAssertEqual(try JSONDecoder().decode(JSON.self, from: body)["data"]?["b"]?["title"], .string(last))
    }

    func testAQueryThatCannotBeMadeSaysWhyWithoutTheCallersText() throws {
        let wrong = [
            Query.equal("a", value: Double.nan), Query.or(["my own words"]), Query.page(0)[0],
            Query.and([Query.between("a", start: 1, end: Double.infinity)]),
        ]
        for query in wrong {
            XCTAssertThrowsError(try query.text()) { error in
                XCTAssertEqual((error as? AppwriteError)?.kind, .argument)
                XCTAssertFalse("\(error)".contains("my own words"), "\(error)")
            }
        }
        XCTAssertNotEqual(Query.limit(1), Query.limit(2))
        XCTAssertEqual(Query.limit(1), #"{"method":"limit","values":[1]}"#.query)
    }

    func testPermissionsAndRoles() throws {
        XCTAssertEqual(Permission.read(Role.any()), #"read("any")"#)
        XCTAssertEqual(Permission.write(Role.user("u", "verified")), #"write("user:u/verified")"#)
        XCTAssertEqual(Permission.delete(Role.team("t", "owner")), #"delete("team:t/owner")"#)
        XCTAssertEqual(Role.users(), "users")
        XCTAssertEqual(try Polywrite.Topic.path("home", "kitchen"), "home/kitchen")
        XCTAssertThrowsError(try Polywrite.Topic.path("home", "a/b"))
    }

    func testIDsNeverRepeatAndSort() {
        let ids = (0..<10_000).map { _ in ID.unique() }
        XCTAssertEqual(Set(ids).count, ids.count)
        XCTAssertEqual(ids, ids.sorted())
        XCTAssertTrue(ids.allSatisfy { $0.count == 20 })
    }

    func testEnumsKeepUnknownValues() throws {
        let known = try JSONDecoder().decode(ColumnStatus.self, from: Data(#""available""#.utf8))
        XCTAssertEqual(known, .available)
        XCTAssertTrue(known.isKnown)
        let unknown = try JSONDecoder().decode(ColumnStatus.self, from: Data(#""resting""#.utf8))
        XCTAssertEqual(unknown.rawValue, "resting")
        XCTAssertFalse(unknown.isKnown)
    }

    func testUnionsKeepUnknownModels() throws {
        let column = try JSONDecoder().decode(Column.self, from: Data(#"{"type":"hologram","key":"k"}"#.utf8))
        guard case .unknown(let value) = column else { return XCTFail("\(column)") }
        XCTAssertEqual(value["type"], "hologram")
    }
}
