import Foundation
import Polywrite

/// Imports films from a CSV file with a progress line: `ImportCSV < FILE`.
///
/// The file has the columns `title` and `year`, without quotes. The program makes a database with a table for them. Needs
/// APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY (with `databases.write`, `tables.read`, `tables.write`,
/// `columns.read`, `columns.write`, `rows.read` and `rows.write`).
@main
struct ImportCSV {
    static func main() async throws {
        let client = try Client.fromEnv()
        if let file = ProcessInfo.processInfo.environment["POLYWRITE_CA_FILE"] {
            client.setCACertificates(try String(contentsOfFile: file, encoding: .utf8))
        }
        let tables = TablesDB(client)
        let (database, table) = try await makeTable(tables)

        // The names of the columns.
        _ = readLine()
        // One row at a time: the file is never whole in memory.
        let films = AnyIterator { readLine() }.lazy.map(film)
        let report = try await tables.bulkCreateRows(databaseId: database, tableId: table, rows: films) {
            say("\r\($0.written + $0.failed) rows")
        }
        say("\n")
        // Lines are counted from 1.
        for failure in report.failures { say("line \(failure.index + 2): \(failure.error)\n") }
        print("\(report.written) rows in database \(database), table \(table)")
        if !report.failures.isEmpty || report.stopped { exit(1) }
    }

    /// Makes a database and a table, and waits until the columns can be used.
    private static func makeTable(_ tables: TablesDB) async throws -> (String, String) {
        let database = try await tables.create(databaseId: ID.unique(), name: "Library").id
        let table = try await tables.createTable(databaseId: database, tableId: ID.unique(), name: "Films").id
        _ = try await tables.createVarcharColumn(
            databaseId: database, tableId: table, key: "title", size: 200, required: true)
        _ = try await tables.createIntegerColumn(databaseId: database, tableId: table, key: "year", required: true)
        _ = try await tables.waitForTable(databaseId: database, tableId: table)
        return (database, table)
    }

    /// A row. A year that is not a number is the server's to refuse.
    private static func film(_ line: String) -> [String: JSON] {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let year = fields.last ?? ""
        return ["title": .string(fields[0]), "year": Int(year).map(JSON.int) ?? .string(year)]
    }

    private static func say(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
