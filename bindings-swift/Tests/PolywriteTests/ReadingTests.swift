import Foundation
import Polywrite
import PolywriteJSON
import PolywriteModels
import XCTest

/// Servers of other versions and response formats, by the rule in docs/errors.md.
final class ReadingTests: XCTestCase {
    private struct Film: Codable, Sendable, Equatable { let title: String }

    func testRowsInTheFormatOf1Dot8AreRead() async throws {
        let row = #"{"$id":"r","$sequence":1,"$permissions":[],"title":"Alien"}"#
        let recorder = try Recorder { _ in .json(#"{"total":1,"rows":[\#(row)]}"#) }
        let tablesDB = TablesDB(client(recorder).setResponseFormat("1.8.0"))
        let films: RowList<Film> = try await tablesDB.listRows(databaseId: "d", tableId: "t")
        XCTAssertEqual(films.rows.first?.sequence, "1")
        XCTAssertEqual(films.rows.first?.data, Film(title: "Alien"))
        let open = try await tablesDB.listRows(databaseId: "d", tableId: "t")
        XCTAssertEqual(open.rows.first?.sequence, "1")
        XCTAssertEqual(open.rows.first?.data, ["title": "Alien"])
        XCTAssertEqual(recorder.requests.last?.headers["x-appwrite-response-format"], "1.8.0")
    }

    func testTheUsersOwnDataIsReadAsItsTypeSays() async throws {
        let recorder = try Recorder { _ in .json(#"{"$id":"r","title":7}"#) }
        let error = try await failure {
            let _: Row<Film> = try await TablesDB(client(recorder)).getRow(databaseId: "d", tableId: "t", rowId: "r")
        }
        XCTAssertEqual(error.kind, .decode)
        XCTAssertTrue(error.message.contains("`title`"), error.message)
    }

    func testScalarsOfAnotherKindAreReadWhereTheyMeanTheSame() throws {
        let file = #"{"$id":7,"name":true,"sizeOriginal":"12","chunksTotal":2.0,"encryption":"1","$permissions":null}"#
        let read = try BodyDecoder.decode(File.self, from: Data(file.utf8))
        XCTAssertEqual([read.id, read.name], ["7", "true"])
        XCTAssertEqual([read.sizeOriginal, read.chunksTotal], [12, 2])
        XCTAssertTrue(read.encryption)
        let user = #"{"$id":"u","labels":[1,true,"x"]}"#
        XCTAssertEqual(
            try BodyDecoder.decode(User<[String: JSON]>.self, from: Data(user.utf8)).labels, ["1", "true", "x"])
        for field in [#""$permissions":[[]]"#, #""$id":["7"]"#, #""sizeOriginal":"many""#, #""encryption":2"#] {
            let wrong = "{\(field)}"
            XCTAssertThrowsError(try BodyDecoder.decode(File.self, from: Data(wrong.utf8)), wrong)
        }
    }

    func testWhatIsMissingOrNullIsTheFieldsDefault() throws {
        for text in ["{}", #"{"$id":null,"total":null,"rows":null,"users":null,"prefs":null,"teams":null}"#] {
            func read<T: Decodable>(_ type: T.Type) throws -> T {
                try BodyDecoder.decode(type, from: Data(text.utf8))
            }
            XCTAssertEqual(try read(Row<[String: JSON]>.self).id, "", text)
            XCTAssertEqual(try read(RowList<Film>.self), RowList(total: 0, rows: []), text)
            XCTAssertEqual(try read(UserList<[String: JSON]>.self), UserList(total: 0, users: []), text)
            let user = try read(User<[String: JSON]>.self)
            XCTAssertEqual(user.id, "", text)
            XCTAssertEqual(user.prefs.data, [:], text)
        }
        // A field of the user's own type stays missing.
        XCTAssertThrowsError(try BodyDecoder.decode(User<Film>.self, from: Data("{}".utf8))) { error in
            guard case DecodingError.keyNotFound(let key, _) = error else { return XCTFail("\(error)") }
            XCTAssertEqual(key.stringValue, "prefs")
        }
    }

    func testAListForAnObjectIsAnEmptyObjectEverywhere() throws {
        let user = try BodyDecoder.decode(User<[String: JSON]>.self, from: Data(#"{"$id":"u","prefs":[]}"#.utf8))
        XCTAssertEqual(user.prefs.data, [:])
        XCTAssertThrowsError(
            try BodyDecoder.decode(User<[String: JSON]>.self, from: Data(#"{"$id":"u","prefs":[1]}"#.utf8)))
    }

    func testOfAKeyThatComesTwiceTheLastValueCounts() throws {
        let many = (0..<100).map { "\"k\($0)\":0" }.joined(separator: ",")
        for more in ["\"x\":1", many] {
            for first in ["title", #"\u0074itle"#] {
                let row = #"{"$id":"a","\#(first)":"Alien",\#(more),"title":"Aliens","$id":"b"}"#
                let typed = try BodyDecoder.decode(Row<Film>.self, from: Data(row.utf8))
                XCTAssertEqual(typed, Row(id: "b", data: Film(title: "Aliens")), row)
                let open = try BodyDecoder.decode(Row<[String: JSON]>.self, from: Data(row.utf8))
                XCTAssertEqual([open.id, open.data["title"]?.string], ["b", "Aliens"], row)
            }
        }
        let numbers = try BodyDecoder.decode([String: Int].self, from: Data(#"{"a":1,"b":2,"a":3,"":4,"":5}"#.utf8))
        XCTAssertEqual(numbers, ["a": 3, "b": 2, "": 5])
    }
}
