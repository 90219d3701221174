import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// Servers of other ages and response formats, by the rule in docs/errors.md.
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

    func testScalarsOfAnotherKindAreReadWhereTheySayTheSame() throws {
        let file = #"{"$id":7,"name":true,"sizeOriginal":"12","chunksTotal":2.0,"encryption":"1","$permissions":null}"#
        let read = try BodyDecoder.decode(File.self, from: Data(file.utf8))
        XCTAssertEqual([read.id, read.name], ["7", "true"])
        XCTAssertEqual([read.sizeOriginal, read.chunksTotal], [12, 2])
        XCTAssertTrue(read.encryption)
        for wrong in [#"{"$id":["7"]}"#, #"{"$id":"f","sizeOriginal":"many"}"#, #"{"$id":"f","encryption":2}"#] {
            XCTAssertThrowsError(try BodyDecoder.decode(File.self, from: Data(wrong.utf8)), wrong)
        }
    }
}
