import PolywriteJSON
import PolywriteNative

extension Client {
    /// A client from the environment: `APPWRITE_ENDPOINT`, `APPWRITE_PROJECT_ID` and `APPWRITE_API_KEY`, or what an
    /// Appwrite Function or Site is given.
    ///
    ///     let client = try Client.fromEnv { $0.setProject("shop") }
    ///
    /// What `settings` sets wins over the variables and needs none. Throws when neither names the endpoint and the
    /// project; with an organization there needs to be no project.
    public static func fromEnv(_ settings: (Client) throws -> Void = { _ in }) throws -> Client {
        let client = Client()
        try settings(client)
        return try making { try made(client.native(), "environment", JSON.null) }
    }

    /// A client for the inside of an Appwrite Function, acting as the function: `fromEnv` with the key from the
    /// request's `x-appwrite-key`. The caller of the function makes no difference.
    public static func fromFunctionHeaders(
        _ headers: [String: String], _ settings: (Client) throws -> Void = { _ in }
    ) throws -> Client {
        let client = try fromEnv(settings)
        return try making { try made(client.native(), "function", function(headers, asUser: false)) }
    }

    /// A client for the inside of an Appwrite Function, acting as the user who called it: `fromEnv` with the token
    /// from the request's `x-appwrite-user-jwt`. Without one it acts as a guest.
    public static func fromFunctionUser(
        _ headers: [String: String], _ settings: (Client) throws -> Void = { _ in }
    ) throws -> Client {
        let client = try fromEnv(settings)
        return try making { try made(client.native(), "function", function(headers, asUser: true)) }
    }

    /// A client from the environment with the session that a browser's `Cookie` header carries; see
    /// `withSession(fromCookies:)`. The environment or `settings` must name the project.
    public static func fromCookies(
        _ header: String, _ settings: (Client) throws -> Void = { _ in }
    ) throws -> Client {
        try fromEnv(settings).withSession(fromCookies: header)
    }

    /// A client with only the session that a browser's `Cookie` header carries for this project, in
    /// `a_session_<project>` or its `_legacy` twin: what a page rendered on the server needs. Without one it acts as a
    /// guest. The client must have a project.
    public func withSession(fromCookies header: String) throws -> Client {
        try deriving { try Client.made($0, "session", [["cookie", header]]) }
    }

    /// A client without credentials, which calls as a guest.
    public func withoutCredentials() throws -> Client { try with("none", "") }

    /// A client with the same settings; setters of the one leave the other alone.
    public func copy() throws -> Client { Client(try native(), watch) }

    func with(_ kind: String, _ secret: String) throws -> Client {
        try deriving { try Client.made($0, "credential", [kind, secret]) }
    }

    /// A client whose calls belong to a transaction.
    func within(_ transaction: Int) throws -> Client {
        try deriving { try Client.made($0, "transaction", transaction) }
    }

    private static func function(_ headers: [String: String], asUser user: Bool) -> [String: Any] {
        ["headers": headers.map { [$0.key, $0.value] }, "user": user]
    }

    /// A client made of this one; what is heard of this one's calls is heard of its calls, too.
    private func deriving(_ make: (NativeClient) throws -> NativeClient) throws -> Client {
        let watch = watch
        do {
            return Client(try make(native()), watch)
        } catch {
            throw AppwriteError.of(error)
        }
    }

    static func making(_ make: () throws -> NativeClient) throws -> Client {
        do {
            return Client(try make())
        } catch {
            throw AppwriteError.of(error)
        }
    }
}
