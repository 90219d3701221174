import PolywriteNative

extension Client {
    /// A client from the environment: `APPWRITE_ENDPOINT`, `APPWRITE_PROJECT_ID` and `APPWRITE_API_KEY`, or what an
    /// Appwrite Function or Site is given.
    public static func fromEnv() throws -> Client {
        try Client.making { try NativeClient.fromEnvironment() }
    }

    /// A client from the headers of a request to an Appwrite Function, over `fromEnv`: a user's token if there is one,
    /// else the function's own key.
    public static func fromFunctionHeaders(_ headers: [String: String]) throws -> Client {
        try Client.making { try NativeClient.fromFunctionHeaders(headers: headers) }
    }

    /// A client with only this API key: it shares connections and settings, and none of the credentials.
    public func withKey(_ key: String) throws -> Client { try with("key", key) }

    /// A client with only this session: it shares connections and settings, and none of the credentials.
    public func withSession(_ session: String) throws -> Client { try with("session", session) }

    /// A client with only this JSON web token: it shares connections and settings, and none of the credentials.
    public func withJWT(_ jwt: String) throws -> Client { try with("jwt", jwt) }

    /// A client with only this access token: it shares connections and settings, and none of the credentials.
    public func withBearer(_ token: String) throws -> Client { try with("bearer", token) }

    /// A client with only this cookie header: it shares connections and settings, and none of the credentials.
    public func withCookie(_ cookie: String) throws -> Client { try with("cookie", cookie) }

    /// A client with only this development key: it shares connections and settings, and none of the credentials.
    public func withDevKey(_ key: String) throws -> Client { try with("devKey", key) }

    /// A client without credentials, which calls as a guest.
    public func withoutCredentials() throws -> Client { try with("none", "") }

    /// A client with the same settings; setters of the one leave the other alone.
    public func copy() throws -> Client { Client(try native()) }

    private func with(_ kind: String, _ secret: String) throws -> Client {
        try Client.making { try native().withCredential(kind: kind, secret: secret) }
    }

    private static func making(_ make: () throws -> NativeClient) throws -> Client {
        do {
            return Client(try make().configure(patch: identity))
        } catch {
            throw AppwriteError.of(error)
        }
    }
}
