import Polywrite
import PolywriteModels

/// A row's own columns.
struct Film: Codable, Sendable {
    let title: String
    let year: Int
}

/// A table of films: makes columns and a thousand rows, and reads them back page by page.
struct Films {
    private static let count = 1000
    /// What a server accepts in one call, unless its owner raised it.
    private static let atOnce = 100

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
        while true {
            let columns = try await tablesDB.listColumns(databaseId: films.database, tableId: films.table).columns
            if columns.allSatisfy({ status($0) == .available }) { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        print("  \"films\" has its columns: title, year")
        return films
    }

    private static func status(_ column: Column) -> ColumnStatus? {
        switch column {
        case .varchar(let column): column.status
        case .integer(let column): column.status
        default: nil
        }
    }

    /// Writes the rows; every second one may be read by the first visitor, the others by the second.
    func write(_ server: Client, readers: [Visitor]) async throws {
        let rows = (0..<Self.count).map { number in
            let reader = readers.isEmpty ? [] : [readers[number % readers.count]]
            return [
                "$id": "film-\(number)",
                "$permissions": reader.map { Permission.read(Role.user($0.id)) },
                "title": "Film number \(number)",
                "year": 1925 + number % 100,
            ] as [String: Any]
        }
        let tablesDB = TablesDB(server)
        var written = 0
        for start in stride(from: 0, to: Self.count, by: Self.atOnce) {
            let some = Array(rows[start..<start + Self.atOnce])
            written += try await tablesDB.createRows(databaseId: database, tableId: table, rows: some).rows.count
        }
        guard written == Self.count else { throw Surprise("\(written) of \(Self.count) rows were written") }
        print("  wrote \(written) rows, \(Self.atOnce) a call")
    }

    /// Reads all rows back, 250 at a time, following the cursor.
    func readAll(_ server: Client) async throws {
        let tablesDB = TablesDB(server)
        var (seen, pages, newest) = (0, 0, 0)
        var queries = [Query.limit(250)]
        while true {
            let page: RowList<Film> = try await tablesDB.listRows(
                databaseId: database, tableId: table, queries: queries)
            guard let last = page.rows.last else { break }
            queries = [Query.limit(250), Query.cursorAfter(last.id)]
            pages += 1
            seen += page.rows.count
            newest = page.rows.map(\.data.year).reduce(newest, max)
        }
        guard seen == Self.count else { throw Surprise("\(seen) of \(Self.count) rows came back") }
        print("  read \(seen) rows back in \(pages) pages; the newest film is of \(newest)")
    }
}
