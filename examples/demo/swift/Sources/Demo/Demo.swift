import Foundation
import Polywrite

/// The story of Polywrite: a key with few rights, a table of films, a large file, and a visitor who sees only what is
/// theirs. `./dev demo swift` runs it against a local Appwrite.
@main
struct Demo {
    static func main() async throws {
        let admin = try admin()
        print("Connected to \(admin.endpoint): \(try await admin.ping())")

        let server = try await Keys.narrow(admin)
        let visitors = try await Visitor.signUp(server)
        let films = try await Films.create(server)
        try await films.write(server, readers: visitors)
        try await films.readAll(server)
        try await Files.roundTrip(server)
        try await visitors[0].act(server, films)
        try await Keys.whatGoesWrong(server, films)
        print("\nThe end. Everything above went through one connection pool.")
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

/// Prints the title of a chapter.
func chapter(_ title: String) { print("\n\(title)") }

/// The story does not go on as it should.
struct Surprise: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
