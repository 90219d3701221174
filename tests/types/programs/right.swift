// Uses of the types that compile.

import Foundation
import Polywrite
import PolywriteModels

func tables(_ cinema: Cinema) async throws -> [String] {
    let found = try await cinema.movies.listRows(
        [
            .equal(\.year, 1984),
            .equal(\.genre, anyOf: [.drama, .comedy]),
            .greaterThan(\.rating, 2.5),
            .contains(\.tags, "a"),
            .equal(\.seen, true),
            .or([.isNull(\.plot), .between(\.year, 1980, 1990)]),
            .distanceLessThan(\.location, GeoPoint(12.5, 41.9), 1000),
            .lessThan(\.released, Date()),
            .selectAll(\.author),
            .orderDesc(\.rowCreatedAt),
            .limit(5),
        ],
        total: false)
    var titles: [String] = []
    for row in found.rows {
        let year: Int? = row.data.year
        let genre: MovieGenre? = row.data.genre
        titles.append("\(row.id) \(row.data.title) \(year ?? 0) \(genre?.rawValue ?? "")")
        if let author: String = row.data.author?.data.name { titles.append(author) }
    }

    let new = NewMovie(title: "New", year: 1985, author: .new(NewAuthor(name: "Ada")))
    let made = try await cinema.movies.createRow(new, permissions: [Permission.read(Role.any())])
    let changes = MovieChanges(
        title: .concat("!"), plot: .null, year: .increment(), rating: .to(2.5), released: .now, genre: .to(.drama),
        tags: .append(["a", "b"]), author: .to(.id("a1")))
    titles.append(try await cinema.movies.updateRow(made.id, changes).data.title)
    let hall = NewHall(
        note: "", count: 1, ratio: 0.5, isOpen: true, class: .secondClass, opened: Date(), neighbours: [])
    _ = try await cinema.halls.upsertRow("h1", hall)
    _ = try await cinema.halls.updateRow("h1", HallChanges(counts: .to([1, 2]), isOpen: .toggle))
    _ = try await cinema.empty.bulkCreateRows([NewEmpty(), NewEmpty()])
    try await cinema.transaction { staged in try await staged.movies.deleteRow("b") }
    for try await row in cinema.movies.iterateRows([.isNotNull(\.year)], pageSize: 2) { titles.append(row.data.title) }
    return titles
}

// Changes of many rows, which servers refuse for tables with relationships.
func others(_ cinema: Cinema) async throws {
    _ = try await cinema.movies.listRows([.equal(\.author.name, "Ada")])
    _ = try await cinema.movies.bulkCreateRows([NewMovie(title: "a"), NewMovie(title: "b")])
    _ = try await cinema.movies.bulkUpdateRows(MovieChanges(seen: .to(true)), ids: ["b"])
    _ = try await cinema.movies.updateRows(MovieChanges(seen: .to(false)), [.equal(\.seen, true)])
}

// The calls as they are.
func calls(_ service: TablesDB) async throws -> String {
    let found = try await service.listRows(
        databaseId: Movie.databaseId, tableId: Movie.tableId,
        queries: [Query.equal(Movie.columns.year.key, value: 1984)], nestedType: Movie.self)
    let made: Row<Movie> = try await service.createRow(
        databaseId: Movie.databaseId, tableId: Movie.tableId, rowId: "m9", data: NewMovie(title: "New"))
    return "\(found.rows[0].data.title) \(made.data.title)"
}
