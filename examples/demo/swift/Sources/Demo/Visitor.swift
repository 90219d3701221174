import Polywrite

/// A user who can sign in.
struct Visitor {
    let id: String
    let name: String
    private let email: String
    private let password: String

    /// Creates two users.
    static func signUp(_ server: Client, _ made: Tidy) async throws -> [Visitor] {
        let users = Users(server)
        var visitors: [Visitor] = []
        for name in ["Ada", "Grace"] {
            let id = ID.unique()
            let visitor = Visitor(id: id, name: name, email: Tidy.mail(of: id), password: ID.unique())
            await made.later { try await users.delete(userId: id) }
            _ = try await users.create(
                userId: id, email: visitor.email, password: visitor.password, name: visitor.name)
            print("  \(name) has an account")
            visitors.append(visitor)
        }
        return visitors
    }

    /// Signs in, as a web server would, and reads the table with the visitor's own session.
    func act(_ server: Client, _ films: Films) async throws {
        let session = try await Account(server).createEmailPasswordSession(email: email, password: password)
        let client = try server.withSession(session.secret)
        let me = try await Account(client).get()
        print("  signed in: the session client is \(me.name)")
        let rows = try await TablesDB(client).listRows(
            databaseId: films.database, tableId: films.table, queries: [Query.limit(1)], nestedType: Film.self)
        print("  \(name) may read \(rows.total) of the rows; the key reads all of them")
        try await Account(client).deleteSession(sessionId: "current")
        print("  signed out")
    }
}
