import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// The local Appwrite that `./dev test swift` starts; without it the tests that need one are skipped.
enum Emulator {
    static func admin() throws -> Client {
        let environment = ProcessInfo.processInfo.environment
        guard environment["APPWRITE_ENDPOINT"] != nil else {
            throw XCTSkip("needs a local Appwrite: run ./dev test swift")
        }
        let client = try Client.fromEnv()
        if let file = environment["POLYWRITE_CA_FILE"] {
            client.setCACertificates(try String(contentsOfFile: file, encoding: .utf8))
        }
        return client
    }

    /// A table of films with a text, a whole number and a truth value.
    static func filmsTable(_ admin: Client, rowSecurity: Bool = false) async throws -> (String, String) {
        let tablesDB = TablesDB(admin)
        let database = try await tablesDB.create(databaseId: ID.unique(), name: "Shop")
        let table = try await tablesDB.createTable(
            databaseId: database.id, tableId: ID.unique(), name: "Films",
            permissions: [Permission.create(Role.users())], rowSecurity: rowSecurity)
        _ = try await tablesDB.createTextColumn(
            databaseId: database.id, tableId: table.id, key: "title", required: true)
        _ = try await tablesDB.createIntegerColumn(
            databaseId: database.id, tableId: table.id, key: "year", required: false)
        _ = try await tablesDB.createBooleanColumn(
            databaseId: database.id, tableId: table.id, key: "seen", required: false)
        _ = try await tablesDB.waitForTable(databaseId: database.id, tableId: table.id)
        return (database.id, table.id)
    }
}
