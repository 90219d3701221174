import Polywrite

/// A website that renders pages for its visitors, as a Vapor or Hummingbird app would.
///
/// One admin client lives as long as the program: it signs people in. Each request gets a client of its own with the
/// session from its cookie, which costs a few microseconds and shares the connections.
struct Site: Sendable {
    let admin: Client

    /// What a web framework passes of a request.
    struct Request: Sendable {
        var session: String?
        var userAgent = "Browser/1.0"
    }

    /// Signs in and returns the secret for the visitor's cookie; nil when the address or the password is wrong or
    /// malformed.
    func signIn(email: String, password: String) async throws -> String? {
        do {
            return try await Account(admin).createEmailPasswordSession(email: email, password: password).secret
        } catch let error as AppwriteError where error.kind == .unauthorized || error.kind == .argument {
            return nil
        }
    }

    /// Ends the visitor's session. A session that ended before, or none, is not an error.
    func signOut(_ request: Request) async throws {
        guard let session = request.session else { return }
        do {
            try await Account(try admin.withSession(session)).deleteSession(sessionId: "current")
        } catch let error as AppwriteError where error.kind == .unauthorized {
            return
        }
    }

    /// The page with the visitor's own name, or an invitation to sign in.
    func page(for request: Request) async throws -> String {
        guard let session = request.session else { return "<h1>Please sign in</h1>" }
        let client = try admin.withSession(session).setForwardedUserAgent(request.userAgent)
        do {
            let user = try await Account(client).get()
            return "<h1>Hello \(user.name)</h1>"
        } catch let error as AppwriteError where error.kind == .unauthorized {
            return "<h1>Please sign in again</h1>"
        }
    }
}
