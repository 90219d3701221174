import Polywrite

/// API keys: minting one with few scopes, and what it may not do.
enum Keys {
    /// Mints a key that can do what this program does and nothing else.
    static func narrow(_ admin: Client) async throws -> Client {
        chapter("A key of our own")
        let scopes: [ProjectKeyScopes] = [
            .databasesWrite, .tablesRead, .tablesWrite, .columnsRead, .columnsWrite, .rowsRead, .rowsWrite,
            .bucketsWrite, .filesRead, .filesWrite, .usersWrite, .sessionsWrite,
        ]
        let key = try await Project(admin).createKey(keyId: ID.unique(), name: "Demo", scopes: scopes)
        print("  minted \"\(key.name)\" with \(scopes.count) scopes; its secret stays in memory")
        let client = try admin.withKey(key.secret)
        print("  printed, the client is only: \(client)")
        return client
    }

    /// Shows the errors that a program meets, and how they help.
    static func whatGoesWrong(_ server: Client, _ films: Films) async throws {
        chapter("What goes wrong, and how it is told")
        do {
            _ = try await Functions(server).list()
            throw Surprise("the key has no scope for functions")
        } catch let error as AppwriteError where error.kind == .missingScope {
            print("  without the scope: \(error)")
        }
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
