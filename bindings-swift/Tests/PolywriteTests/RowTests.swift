import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// Rows against a local Appwrite.
final class RowTests: XCTestCase {
    struct Film: Codable, Sendable, Equatable {
        let title: String
        let year: Int?
        let seen: Bool?
    }

    func testRowsComeBackUnchanged() async throws {
        let admin = try Emulator.admin()
        let (database, table) = try await Emulator.filmsTable(admin)
        let tablesDB = TablesDB(admin)
        let film = Film(title: "Alien – das unheimliche Wesen", year: .max, seen: true)

        let created = try await tablesDB.createRow(
            databaseId: database, tableId: table, rowId: "alien", data: film, nestedType: Film.self)
        XCTAssertEqual(created.id, "alien")
        XCTAssertEqual(created.data, film)

        let read: Row<Film> = try await tablesDB.getRow(databaseId: database, tableId: table, rowId: "alien")
        XCTAssertEqual(read.data, film, "64 bits stay exact")

        let open = try await tablesDB.getRow(databaseId: database, tableId: table, rowId: "alien")
        XCTAssertEqual(open.data, ["title": .string(film.title), "year": .int(.max), "seen": true])

        _ = try await tablesDB.updateRow(
            databaseId: database, tableId: table, rowId: "alien", data: ["year": 1979, "seen": false])
        let updated: Row<Film> = try await tablesDB.getRow(databaseId: database, tableId: table, rowId: "alien")
        XCTAssertEqual(updated.data, Film(title: film.title, year: 1979, seen: false))

        try await tablesDB.deleteRow(databaseId: database, tableId: table, rowId: "alien")
        let error = try await failure {
            _ = try await tablesDB.getRow(databaseId: database, tableId: table, rowId: "alien")
        }
        XCTAssertEqual(error.kind, .notFound)
        XCTAssertEqual(error.type, "row_not_found")
    }

    func testListsPageByPage() async throws {
        let admin = try Emulator.admin()
        let (database, table) = try await Emulator.filmsTable(admin)
        let tablesDB = TablesDB(admin)
        let rows: [[String: JSON]] = (0..<250).map { ["$id": .string("film\($0)"), "title": "Film", "year": .int($0)] }
        // A bulk call accepts 100 rows.
        for start in stride(from: 0, to: rows.count, by: 100) {
            let some = Array(rows[start..<min(start + 100, rows.count)])
            _ = try await tablesDB.createRows(databaseId: database, tableId: table, rows: some)
        }

        var years: [Int] = []
        var queries = [Query.orderAsc("year"), Query.limit(100)]
        while true {
            let page = try await tablesDB.listRows(
                databaseId: database, tableId: table, queries: queries, nestedType: Film.self)
            years += page.rows.compactMap(\.data.year)
            guard let last = page.rows.last, page.rows.count == 100 else { break }
            queries = [Query.orderAsc("year"), Query.limit(100), Query.cursorAfter(last.id)]
        }
        XCTAssertEqual(years, Array(0..<250))

        let none = try await tablesDB.listRows(databaseId: database, tableId: table, total: false)
        XCTAssertEqual(none.total, 0)
    }
}
