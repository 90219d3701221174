import Foundation
import Polywrite
import XCTest

final class HelperTests: XCTestCase {
    func testQueriesAreWrittenAsTheServerReadsThem() {
        let cases: [(String, String)] = [
            (Query.equal("year", value: 1999), #"{"method":"equal","attribute":"year","values":[1999]}"#),
            (Query.equal("t", value: ["a", "b"]), #"{"method":"equal","attribute":"t","values":["a","b"]}"#),
            (Query.between("p", start: 1, end: 2.5), #"{"method":"between","attribute":"p","values":[1,2.5]}"#),
            (Query.isNull("p"), #"{"method":"isNull","attribute":"p"}"#),
            (Query.limit(25), #"{"method":"limit","values":[25]}"#),
            (Query.cursorAfter("x"), #"{"method":"cursorAfter","values":["x"]}"#),
            (Query.select(["a", "b"]), #"{"method":"select","values":["a","b"]}"#),
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
        for (made, expected) in cases { XCTAssertEqual(made, expected) }
    }

    func testPermissionsAndRoles() {
        XCTAssertEqual(Permission.read(Role.any()), #"read("any")"#)
        XCTAssertEqual(Permission.write(Role.user("u", "verified")), #"write("user:u/verified")"#)
        XCTAssertEqual(Permission.delete(Role.team("t", "owner")), #"delete("team:t/owner")"#)
        XCTAssertEqual(Role.users(), "users")
        XCTAssertEqual(Topic.path("home", "kitchen"), "home/kitchen")
    }

    func testIDsNeverRepeatAndSort() {
        let ids = (0..<10_000).map { _ in ID.unique() }
        XCTAssertEqual(Set(ids).count, ids.count)
        XCTAssertEqual(ids, ids.sorted())
        XCTAssertTrue(ids.allSatisfy { $0.count == 20 })
    }

    func testEnumsKeepWhatTheyDoNotKnow() throws {
        let known = try JSONDecoder().decode(ColumnStatus.self, from: Data(#""available""#.utf8))
        XCTAssertEqual(known, .available)
        XCTAssertTrue(known.isKnown)
        let unknown = try JSONDecoder().decode(ColumnStatus.self, from: Data(#""resting""#.utf8))
        XCTAssertEqual(unknown.rawValue, "resting")
        XCTAssertFalse(unknown.isKnown)
    }

    func testUnionsKeepWhatTheyDoNotKnow() throws {
        let column = try JSONDecoder().decode(Column.self, from: Data(#"{"type":"hologram","key":"k"}"#.utf8))
        guard case .unknown(let value) = column else { return XCTFail("\(column)") }
        XCTAssertEqual(value["type"], "hologram")
    }
}
