import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// What a program does with models other than reading them.
final class ModelTests: XCTestCase {
    private struct Film: Codable, Sendable, Hashable {
        let title: String
        let seen: Date
    }

    func testTestsCanMakeAUser() {
        let ada = User(id: "ada", name: "Ada", email: "ada@example.com", prefs: Preferences(data: ["theme": "dark"]))
        XCTAssertEqual(ada.id, "ada")
        XCTAssertEqual(ada.labels, [])
        XCTAssertEqual(ada.prefs.data["theme"], "dark")
        let list = UserList(total: 1, users: [ada])
        XCTAssertEqual(list.users.first?.name, "Ada")
        XCTAssertEqual(Jwt(jwt: "token"), Jwt(jwt: "token"))
    }

    func testRowsAreComparedHashedAndIdentified() {
        let film = Film(title: "Alien", seen: Date(timeIntervalSince1970: 0))
        let row = Row(id: "r", data: film)
        XCTAssertEqual(row, Row(id: "r", data: film))
        XCTAssertNotEqual(row, Row(id: "other", data: film))
        XCTAssertEqual(Set([row, Row(id: "r", data: film)]).count, 1)
        func identity<Thing: Identifiable>(_ thing: Thing) -> Thing.ID { thing.id }
        XCTAssertEqual(identity(row), "r")
        XCTAssertEqual(RowList(total: 1, rows: [row]), RowList(total: 1, rows: [row]))
        XCTAssertEqual(Set([Column.unknown(["type": "x"]), .unknown(["type": "x"])]).count, 1)
    }

    func testMapsKeepTheUsersDataApart() throws {
        let film = Film(title: "Alien", seen: Date(timeIntervalSince1970: 0))
        let row = Row(id: "r", tableId: "films", permissions: ["read(\"any\")"], data: film)
        let map = try row.toMap()
        XCTAssertEqual(map["$id"] as? String, "r")
        XCTAssertEqual(map["$permissions"] as? [String], ["read(\"any\")"])
        XCTAssertEqual((map["data"] as? [String: Any])?["title"] as? String, "Alien")
        XCTAssertEqual((map["data"] as? [String: Any])?["seen"] as? String, "1970-01-01T00:00:00.000Z")
        XCTAssertEqual(try Row<Film>.from(map: map), row)
        // As the server writes it.
        let flat: [String: Any] = ["$id": "r", "title": "Alien", "seen": "1970-01-01"]
        XCTAssertEqual(try Row<Film>.from(map: flat).data, film)
        let open = try RowList<[String: JSON]>.from(map: ["total": 1, "rows": [flat]])
        XCTAssertEqual(open.rows.first?.data, ["title": "Alien", "seen": "1970-01-01"])
        XCTAssertEqual(try RowList<[String: JSON]>.from(map: open.toMap()), open)
        let user = User(id: "ada", prefs: Preferences(data: ["theme": JSON.null]))
        XCTAssertEqual(try User<[String: JSON]>.from(map: user.toMap()), user)
    }

    func testAMapThatCannotBeReadThrows() {
        XCTAssertThrowsError(try Row<Film>.from(map: ["$id": "r"])) { error in
            XCTAssertTrue(error is DecodingError, "\(error)")
        }
        XCTAssertThrowsError(try Row<[String: JSON]>.from(map: ["$id": "r", "price": Double.nan])) { error in
            XCTAssertTrue("\(error)".contains("price"), "\(error)")
        }
    }

    func testAJSONValueDescribesItselfAsJSON() {
        let value: JSON = ["b": [1, 2.5, nil, true], "a": "x\"y", "c": .number("18446744073709551615")]
        XCTAssertEqual("\(value)", #"{"a":"x\"y","b":[1,2.5,null,true],"c":18446744073709551615}"#)
        XCTAssertEqual(String(reflecting: JSON.string("a")), #""a""#)
        XCTAssertFalse("\(JSON.double(.nan))".isEmpty)
    }
}
