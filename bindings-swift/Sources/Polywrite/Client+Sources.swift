import PolywriteNative

extension Client {
    /// A client from the environment: `APPWRITE_ENDPOINT`, `APPWRITE_PROJECT_ID` and `APPWRITE_API_KEY`, or what an
    /// Appwrite Function or Site is given.
    public static func fromEnv() throws -> Client {
        try making { try warning(NativeClient.fromEnvironment()) }
    }

    /// A client for the inside of an Appwrite Function, acting as the function: `fromEnv` with the key from the
    /// request's `x-appwrite-key`. The caller of the function makes no difference.
    public static func fromFunctionHeaders(_ headers: [String: String]) throws -> Client {
        try making { try warning(NativeClient.fromFunctionHeaders(headers: headers)) }
    }

    /// A client for the inside of an Appwrite Function, acting as the user who called it: `fromEnv` with the token
    /// from the request's `x-appwrite-user-jwt`. Without one it acts as a guest.
    public static func fromFunctionUser(_ headers: [String: String]) throws -> Client {
        try making { try warning(NativeClient.fromFunctionUser(headers: headers)) }
    }

    /// A client from the environment with the session that a browser's `Cookie` header carries; see
    /// `withSession(fromCookies:)`. The environment must name the project.
    public static func fromCookies(_ header: String) throws -> Client {
        try making { try warning(NativeClient.fromCookies(header: header)) }
    }

    /// A client with only the session that a browser's `Cookie` header carries for this project, in
    /// `a_session_<project>` or its `_legacy` twin: what a page rendered on the server needs. Without one it acts as a
    /// guest. The client must have a project.
    public func withSession(fromCookies header: String) throws -> Client {
        try Client.making { try native().withSessionOf(cookies: header) }
    }

    /// A client without credentials, which calls as a guest.
    public func withoutCredentials() throws -> Client { try with("none", "") }

    /// A client with the same settings; setters of the one leave the other alone.
    public func copy() throws -> Client { Client(try native()) }

    func with(_ kind: String, _ secret: String) throws -> Client {
        try Client.making { try native().withCredential(kind: kind, secret: secret) }
    }

    private static func making(_ make: () throws -> NativeClient) throws -> Client {
        do {
            return Client(try make())
        } catch {
            throw AppwriteError.of(error)
        }
    }
}
