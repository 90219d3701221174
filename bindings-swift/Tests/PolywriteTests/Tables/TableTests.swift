import Foundation
import Polywrite
import PolywriteModels
import PolywriteTesting
import XCTest

/// Types that `polywrite types` writes, and the tables that they have: rows of a real server, rows that do not fit, and
/// all kinds of columns with the local Appwrite.
final class TableTests: XCTestCase {
    private static func json(_ name: String) throws -> JSON {
        let file = URL(fileURLWithPath: #filePath)
            .appendingPathComponent("../../../../../tests/types/\(name)").standardized
        return try JSONDecoder().decode(JSON.self, from: Data(contentsOf: file))
    }

    private static func row<Data>(_ table: String, _ name: String) throws -> Row<Data> {
        let row = try XCTUnwrap(json("rows.json")[table]?[name]?.value as? [String: Any])
        return try Row<Data>.from(map: row)
    }

    func testRowsOfARealServerFitTheirTypes() throws {
        let first: Row<Movie> = try Self.row("movies", "row-get")
        XCTAssertEqual(first.data.title, "The First")
        XCTAssertEqual(first.data.location, GeoPoint(12.5, 41.9))
        XCTAssertEqual(first.data.big, 9_007_199_254_740_993)
        XCTAssertEqual(first.data.released, Date(timeIntervalSince1970: 454_896_000))
        XCTAssertEqual(first.data.tags, ["a", "b"])
        let minimal: Row<Movie> = try Self.row("movies", "row-create-minimal")
        XCTAssertEqual(minimal.data.year, 1999)
        XCTAssertNil(minimal.data.plot)
        XCTAssertEqual(minimal.data.tags, [])
        let alone: Row<Author> = try Self.row("authors", "row-get-relationship")
        XCTAssertNil(alone.data.movies)
        let author: Row<Author> = try Self.row("authors", "row-create-relationship")
        XCTAssertEqual(author.data.movies?.first?.id, "m1")
        XCTAssertEqual(author.data.movies?.last?.data.title, "Movie number 2")
    }

    func testARowThatDoesNotFitSaysWhere() async throws {
        let rows = try XCTUnwrap(Self.json("rows.json")["movies"])
        for misfit in try XCTUnwrap(Self.json("misfits.json").array) {
            let (column, says) = try (XCTUnwrap(misfit["column"]?.string), XCTUnwrap(misfit["says"]?.string))
            var row = try XCTUnwrap(rows["row-get"]?.object)
            row[column] = misfit["value"]
            let body = JSON.object(["total": 2, "rows": [try XCTUnwrap(rows["row-create-minimal"]), .object(row)]])
            let server = try Recorder { _ in .json(body.description) }
            let error = try await failure { _ = try await Cinema(client(server)).movies.listRows() }
            XCTAssertEqual(error.kind, .decode)
            XCTAssertTrue(error.message.hasPrefix("the row `m1` does not fit its type: \(says);"), error.message)
            XCTAssertTrue("\(error)".hasPrefix("tablesDB.listRows: "), "\(error)")
        }
    }

    func testProgramsRun() async throws {
        try await withCinema { cinema in
            _ = try await cinema.authors.createRow(NewAuthor(name: "Ada"), rowId: "a1")
            let old = NewMovie(title: "Old", year: 1984, author: .id("a1"))
            for id in ["b", "c"] { _ = try await cinema.movies.createRow(old, rowId: id) }
            let titles = try await tables(cinema)
            XCTAssertTrue(titles.contains("New!"), "\(titles)")
            let found = try await calls(cinema.service)
            XCTAssertEqual(found, "Old New")
            let refused = try await failure { try await others(cinema) }
            XCTAssertTrue(refused.message.contains("relationship"), refused.message)
        }
    }

    func testColumnsOfAllKinds() async throws {
        try await withCinema { cinema in
            let (movies, halls, empty) = (cinema.movies, cinema.halls, cinema.empty)
            let ada = try await cinema.authors.createRow(NewAuthor(name: "Ada"))
            let released = Date(timeIntervalSince1970: 454_896_000)
            let new = NewMovie(
                title: "New", big: 9_007_199_254_740_993, released: released, location: GeoPoint(1, 2),
                author: .id(ada.id))
            let made = try await movies.createRow(new)
            XCTAssertEqual(made.data.year, 2000)
            XCTAssertEqual(made.data.big, new.big)
            XCTAssertEqual(made.data.released, released)
            let changes = MovieChanges(plot: .null, year: .increment(2), seen: .toggle, tags: .append(["a"]))
            _ = try await movies.updateRow(made.id, changes)
            let found = try await movies.listRows([.equal(\.year, anyOf: [2002, 2003]), .selectAll(\.author)])
            XCTAssertEqual(found.rows.first?.data.author?.data.name, "Ada")
            XCTAssertEqual(found.rows.first?.data.tags, ["a"])
            let hall = NewHall(
                note: "", count: 1, ratio: 2, isOpen: true, class: .secondClass, moods: [.veryHappy],
                opened: released, route: [GeoPoint(1, 2), GeoPoint(3, 4)], favourite: .id(made.id))
            let there = try await halls.upsertRow("h1", hall)
            XCTAssertEqual(there.data.class, .secondClass)
            XCTAssertEqual(there.data.moods, [.veryHappy])
            XCTAssertEqual(there.data.route, [GeoPoint(1, 2), GeoPoint(3, 4)])
            do {
                try await cinema.transaction { staged in
                    try await staged.halls.deleteRow("h1")
                    throw OwnError()
                }
                XCTFail("the work failed")
            } catch is OwnError {}
            let left = try await halls.listRows([.limit(1)]).total
            XCTAssertEqual(left, 1)
            let report = try await empty.bulkCreateRows([NewEmpty(), NewEmpty()])
            XCTAssertEqual(report.written, 2)
            var ids: [String] = []
            for try await row in empty.iterateRows(pageSize: 1) { ids.append(row.id) }
            XCTAssertEqual(ids.count, 2)
            let again = try await empty.bulkUpsertRows(ids.map { (id: $0, row: NewEmpty()) })
            XCTAssertEqual(again.written, 2)
            let deleted = try await empty.bulkDeleteRows(ids)
            XCTAssertEqual(deleted.written, 2)
        }
    }

    /// Does something with the tables of a project of its own.
    private func withCinema(_ body: (Cinema) async throws -> Void) async throws {
        try await withProject(seed: Self.json("seed.json")) { project in
            let service = TablesDB(project.client())
            for table in ["movies", "halls"] {
                _ = try await service.waitForTable(databaseId: "cinema", tableId: table)
            }
            try await body(Cinema(service))
        }
    }
}
