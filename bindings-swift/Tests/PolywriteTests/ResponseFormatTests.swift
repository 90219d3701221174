import Foundation
import Polywrite
import PolywriteJSON
import PolywriteModels
import XCTest

/// Rows, lists and users of older response formats. Two facts are known of these: 1.4.0 leaves fields of a user out (a
/// recording), and 1.8.0 writes a row's sequence as a number. Each shape is read under every format.
final class ResponseFormatTests: XCTestCase {
    private struct Film: Codable, Sendable, Equatable { let title: String }

    private struct Recording: Decodable {
        struct Response: Decodable { let body: JSON }
        let response: Response
    }

    /// The body of a recorded response.
    private func recorded(_ name: String) throws -> String {
        let file = URL(fileURLWithPath: #filePath)
            .appendingPathComponent("../../../../tests/fixtures/recordings/errors/\(name).json").standardizedFileURL
        let body = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file)).response.body
        return String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
    }

    func testRowsListsAndUsersAreReadInEveryFormat() async throws {
        let shapes = [
            (sequence: "7", user: try recorded("response-format-old"), targets: 0),
            (sequence: #""7""#, user: try recorded("response-format-newer"), targets: 1),
        ]
        for format in ["1.4.0", "1.5.0", "1.6.0", "1.7.0", "1.8.0", "1.9.0"] {
            for shape in shapes {
                let row = #"{"$id":"r","$sequence":\#(shape.sequence),"$permissions":[],"title":"Alien"}"#
                try await readsEverything(format, row: row, user: shape.user, targets: shape.targets)
            }
        }
    }

    private func readsEverything(_ format: String, row: String, user: String, targets: Int) async throws {
        let recorder = try Recorder { request in
            switch request.path {
            case let path where path.hasSuffix("/rows"): .json(#"{"total":1,"rows":[\#(row)]}"#)
            case let path where path.hasSuffix("/rows/r"): .json(row)
            case let path where path.hasSuffix("/users"): .json(#"{"total":1,"users":[\#(user)]}"#)
            default: .json(user)
            }
        }
        let formatted = client(recorder).setResponseFormat(format)
        let tablesDB = TablesDB(formatted)
        let users = Users(formatted)

        let one: Row<Film> = try await tablesDB.getRow(databaseId: "d", tableId: "t", rowId: "r")
        let many: RowList<Film> = try await tablesDB.listRows(databaseId: "d", tableId: "t")
        let open = try await tablesDB.listRows(databaseId: "d", tableId: "t")
        XCTAssertEqual(one.data, Film(title: "Alien"), format)
        XCTAssertEqual(many.rows, [one], format)
        XCTAssertEqual(open.rows.first?.data, ["title": "Alien"], format)
        XCTAssertEqual([one.sequence, open.rows.first?.sequence], ["7", "7"], format)
        XCTAssertEqual([many.total, open.total], [1, 1], format)

        let person = try await users.get(userId: "user2")
        let people = try await users.list()
        XCTAssertEqual([person.id, person.name, person.email], ["user2", "User 2", "user2@example.com"], format)
        XCTAssertEqual(person.targets.count, targets, format)
        XCTAssertFalse(person.mfa, format)
        XCTAssertEqual([people.users.first?.name, people.users.first?.email], [person.name, person.email], format)
        XCTAssertEqual(people.total, 1, format)
        XCTAssertEqual(Set(recorder.requests.map { $0.headers["x-appwrite-response-format"] }), [format])
    }
}
