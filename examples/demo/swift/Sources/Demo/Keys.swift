import Polywrite
import PolywriteEnums

/// API keys: makes one with few scopes, and shows what it may not do.
enum Keys {
    /// Makes a key that can do what this program does and nothing else.
    static func narrow(_ admin: Client, _ made: Tidy) async throws -> Client {
        let scopes: [ProjectKeyScopes] = [
            .databasesWrite, .tablesRead, .tablesWrite, .columnsRead, .columnsWrite, .rowsRead, .rowsWrite,
            .bucketsWrite, .filesRead, .filesWrite, .usersWrite, .sessionsWrite,
        ]
        let (project, id) = (Project(admin), ID.unique())
        await made.later { try await project.deleteKey(keyId: id) }
        let key = try await project.createKey(keyId: id, name: Tidy.name, scopes: scopes)
        print("  made \"\(key.name)\" with \(scopes.count) scopes; its secret stays in memory")
        let client = try admin.withKey(key.secret)
        print("  printed, the client is only: \(client)")
        return client
    }

    /// Shows the error of a key that lacks a scope.
    static func beyondTheScopes(_ client: Client) async throws {
        do {
            _ = try await Functions(client).list()
            throw Surprise("the key has no scope for functions")
        } catch let error as AppwriteError where error.kind == .missingScope {
            print("  without the scope: \(error)")
        }
    }

    /// Shows the errors of wrong IDs; the hostile one is never sent.
    static func wrongRows(_ server: Client, _ films: Films) async throws {
        let tablesDB = TablesDB(server)
        for (what, row) in [("a wrong ID:       ", "no-such-film"), ("a hostile ID:     ", "..")] {
            do {
                _ = try await tablesDB.getRow(databaseId: films.database, tableId: films.table, rowId: row)
                throw Surprise("there is no row \(row)")
            } catch let error as AppwriteError {
                print("  \(what) \(error)")
            }
        }
    }
}
