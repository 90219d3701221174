import Foundation
import Polywrite

/// Shows Polywrite: a key with few rights, a table of films, a large file, and a visitor who sees only their own rows.
/// `./dev demo swift` runs it against a local Appwrite.
@main
struct Demo {
    static func main() async {
        do {
            try await run()
        } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() async throws {
        let admin = try admin()
        print("Connected to \(admin.endpoint): \(try await admin.ping())")

        let made = Tidy()
        do {
            try await steps(admin, made)
        } catch {
            try await made.tidy()
            throw error
        }
        try await made.tidy()
        print("\nThe end. All that it made is deleted; every call used one connection pool.")
    }

    private static func steps(_ admin: Client, _ made: Tidy) async throws {
        let narrow = try await Tidy.step("A key of our own") { try await Keys.narrow(admin, made) }
        let server = narrow ?? admin
        let visitors = try await Tidy.step("Two visitors") { try await Visitor.signUp(server, made) } ?? []
        let films = try await Tidy.step("A table") {
            let films = try await Films.create(server, made)
            try await films.write(server, readers: visitors)
            try await films.readAll(server)
            return films
        }
        try await Tidy.step("A large file") { try await Files.roundTrip(server, made) }
        if let films, let visitor = visitors.first {
            try await Tidy.step("Acting as a visitor") { try await visitor.act(server, films) }
        }
        try await Tidy.step("What goes wrong, and what the errors say") {
            if let narrow { try await Keys.beyondTheScopes(narrow) }
            if let films { try await Keys.wrongRows(server, films) }
        }
    }

    /// The client of the server's owner: endpoint, project and key from the environment, and the one certificate to
    /// trust.
    private static func admin() throws -> Client {
        let client = try Client.fromEnv()
        if let file = ProcessInfo.processInfo.environment["POLYWRITE_CA_FILE"] {
            client.setCACertificates(try String(contentsOfFile: file, encoding: .utf8))
        }
        return client
    }
}

/// The demo did not do what it should.
struct Surprise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
