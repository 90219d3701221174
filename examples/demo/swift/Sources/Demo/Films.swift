import Polywrite

/// A row's own columns.
struct Film: Codable, Sendable {
    let title: String
    let year: Int
}

/// A table of films: makes columns and a thousand rows, and reads them back.
struct Films {
    private static let count = 1000

    let database: String
    let table: String

    /// Creates database, table and columns, and waits until the columns can be used.
    static func create(_ server: Client, _ made: Tidy) async throws -> Films {
        let tablesDB = TablesDB(server)
        let films = Films(database: ID.unique(), table: "films")
        await made.later { try await tablesDB.delete(databaseId: films.database) }
        _ = try await tablesDB.create(databaseId: films.database, name: Tidy.name)
        _ = try await tablesDB.createTable(
            databaseId: films.database, tableId: films.table, name: "Films", rowSecurity: true)
        _ = try await tablesDB.createVarcharColumn(
            databaseId: films.database, tableId: films.table, key: "title", size: 200, required: true)
        _ = try await tablesDB.createIntegerColumn(
            databaseId: films.database, tableId: films.table, key: "year", required: true, min: 1888)
        _ = try await tablesDB.waitForTable(databaseId: films.database, tableId: films.table)
        print("  \"films\" has its columns: title, year")
        return films
    }

    /// Writes the rows; every second one may be read by the first visitor, the others by the second.
    func write(_ server: Client, readers: [Visitor]) async throws {
        let rows = (0..<Self.count).lazy.map { number in
            let reader = readers.isEmpty ? [] : [readers[number % readers.count]]
            return [
                "$id": "film-\(number)",
                "$permissions": reader.map { Permission.read(Role.user($0.id)) },
                "title": "Film number \(number)",
                "year": 1925 + number % 100,
            ] as [String: Any]
        }
        let report = try await TablesDB(server).bulkCreateRows(
            databaseId: database, tableId: table, rows: rows, stopOnError: true)
        if let failure = report.failures.first { throw failure.error }
        guard report.written == Self.count else {
            throw Surprise("\(report.written) of \(Self.count) rows were written")
        }
        print("  wrote \(report.written) rows")
    }

    /// Reads all rows back, page by page.
    func readAll(_ server: Client) async throws {
        let rows = TablesDB(server).iterateRows(
            databaseId: database, tableId: table, pageSize: 250, nestedType: Film.self)
        var (seen, newest) = (0, 0)
        for try await row in rows {
            seen += 1
            newest = max(newest, row.data.year)
        }
        guard seen == Self.count else { throw Surprise("\(seen) of \(Self.count) rows came back") }
        print("  read \(seen) rows back; the newest film is of \(newest)")
    }
}
