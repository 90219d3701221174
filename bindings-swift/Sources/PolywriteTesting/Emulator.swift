// Emulators that run.

import Foundation
import Polywrite

/// A local Appwrite that runs.
public final class Emulator: Sendable {
    /// A server that it can be like, where that behaves in another way.
    public enum Version: String, Sendable {
        case v1_8 = "1.8"
        case v1_9 = "1.9"
        case v2_0 = "2.0"
    }

    /// Where its page is, such as `http://127.0.0.1:49152`.
    public let url: String
    /// The endpoint for clients, such as `http://127.0.0.1:49152/v1`.
    public var endpoint: String { "\(url)/v1" }
    /// The certificate to trust, as PEM; nil without `tls`.
    public let certificate: String?
    /// Makes calls of its own API.
    let client: Client
    private let program: Program?

    init(_ url: String, certificate: String? = nil, program: Program? = nil) {
        var url = url
        for end in ["/", "/v1"] where url.hasSuffix(end) { url.removeLast(end.count) }
        self.url = url
        self.certificate = certificate
        self.program = program
        client = Client().setEndpoint("\(url)/_emulator")
        if let certificate { client.setCACertificates(certificate) }
    }

    deinit { program?.stop() }

    /// Starts an emulator, which ends when nothing refers to it any more, or with this process.
    ///
    /// - Parameters:
    ///   - like: Which server to be like.
    ///   - tls: Speak https, with a certificate made now.
    ///   - rateLimits: Refuse calls over the server's rate limits, 429. Headers show them anyway.
    public static func start(
        like: Version = .v1_9, tls: Bool = false, rateLimits: Bool = false
    ) async throws -> Emulator {
        let options = ["--like", like.rawValue] + (tls ? ["--tls"] : []) + (rateLimits ? [] : ["--no-rate-limits"])
        let program = try Program(options: options)
        let ready = try await program.ready()
        return Emulator(ready.endpoint, certificate: ready.caCertificate, program: program)
    }

    /// The emulator of this test run: the one that POLYWRITE_EMULATOR names, or one that this process starts, once.
    public static var shared: Emulator {
        get async throws { try await started.value }
    }

    private static let started = Task<Emulator, any Error> {
        if let url = ProcessInfo.processInfo.environment["POLYWRITE_EMULATOR"], !url.isEmpty { return Emulator(url) }
        return try await start()
    }

    /// Makes a project: an Appwrite of its own, with other IDs, users and rows than every other one. It takes a
    /// millisecond, and goes with `delete()` or with the emulator.
    ///
    /// - Parameters:
    ///   - id: Its ID; made up without one.
    ///   - key: The secret of its first key; made up without one.
    ///   - seed: What it has from the start: the members `users`, `teams`, `databases`, `buckets`, `functions` and `keys`, each
    ///     as the parameters of the calls that make them, or the text of a file of JSON or TOML that says so.
    ///   - countedIds: Whether the IDs that the server makes up are `00000000000000000001` and those that follow, the same in
    ///     each run. `ID.unique()` makes IDs up in the program; the server does it for `unique()`.
    ///   - now: What its clock shows: it stands there and moves by `advance` only; nil for the time it is.
    public func project(
        id: String? = nil, key: String? = nil, seed: JSON? = nil, countedIds: Bool = false, now: Date? = nil
    ) async throws -> TestProject {
        let ids = countedIds ? "counted" : "random"
        let moment = now.map { ISO8601DateFormatter().string(from: $0) }
        let asked: [String: Any?] = ["id": id, "key": key, "seed": seed, "ids": ids, "now": moment]
        let made = try await client.call(method: "POST", path: "/projects", params: asked)
        return TestProject(self, try JSONDecoder().decode(TestProject.Made.self, from: made))
    }
}

/// Does something with a project of its own on the emulator that all tests of this process share, and deletes it.
public func withProject<Result: Sendable>(
    seed: JSON? = nil, countedIds: Bool = false, now: Date? = nil, isolation: isolated (any Actor)? = #isolation,
    _ body: (TestProject) async throws -> Result
) async throws -> Result {
    let project = try await Emulator.shared.project(seed: seed, countedIds: countedIds, now: now)
    do {
        let result = try await body(project)
        try await project.delete()
        return result
    } catch {
        try? await project.delete()
        throw error
    }
}
