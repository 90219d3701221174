// Projects of tests.

import Foundation
import Polywrite

/// A project of a test's own on an emulator.
public final class TestProject: Sendable {
    /// The endpoint for clients.
    public var endpoint: String { emulator.endpoint }
    /// The project's ID.
    public let projectId: String
    /// The secret of its first key, which has every scope.
    public let key: String
    /// The secrets of the seed's keys, by ID.
    public let keys: [String: String]
    private let emulator: Emulator

    /// A project as the emulator describes it.
    struct Made: Decodable {
        let id: String
        let key: String
        let keys: [String: String]
    }

    init(_ emulator: Emulator, _ made: Made) {
        self.emulator = emulator
        projectId = made.id
        key = made.key
        keys = made.keys
    }

    /// A client that may do everything.
    public func client() -> Client {
        guest().setKey(key)
    }

    /// A client without credentials.
    public func guest() -> Client {
        let client = Client().setEndpoint(endpoint).setProject(projectId)
        return emulator.certificate.map { client.setCACertificates($0) } ?? client
    }

    /// The environment for a program that calls it: APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY.
    public var environment: [String: String] {
        ["APPWRITE_ENDPOINT": endpoint, "APPWRITE_PROJECT_ID": projectId, "APPWRITE_API_KEY": key]
    }

    /// Makes what a seed describes. Returns the secrets of its keys by ID.
    @discardableResult
    public func seed(_ seed: JSON) async throws -> [String: String] {
        struct Seeded: Decodable {
            let keys: [String: String]
        }
        let seeded: Seeded = try await ask("POST", "/seed", ["seed": seed])
        return seeded.keys
    }

    /// The mails so far, oldest first.
    public func mails() async throws -> [Mail] {
        struct Mails: Decodable {
            let mails: [Mail]
        }
        let all: Mails = try await ask("GET", "/mails")
        return all.mails
    }

    /// Waits for the oldest mail that has these fields and that this method has not returned yet; throws when none came in
    /// so many seconds.
    public func nextMail(
        to: String? = nil, kind: String? = nil, userId: String? = nil, seconds: Double = 5
    ) async throws -> Mail {
        try await next("/mails/next", ["to": to, "kind": kind, "userId": userId], seconds)
    }

    /// The webhooks that were sent of late, oldest first.
    public func webhooks() async throws -> [Delivery] {
        struct Deliveries: Decodable {
            let deliveries: [Delivery]
        }
        let all: Deliveries = try await ask("GET", "/webhooks")
        return all.deliveries
    }

    /// Waits for the oldest webhook that has these fields and that this method has not returned yet; throws when none came
    /// in so many seconds.
    public func nextWebhook(
        webhookId: String? = nil, event: String? = nil, url: String? = nil, seconds: Double = 5
    ) async throws -> Delivery {
        try await next("/webhooks/next", ["webhookId": webhookId, "event": event, "url": url], seconds)
    }

    /// The requests of late, oldest first: as many as are among the last 1,000 of the emulator.
    public func requests() async throws -> [ReceivedRequest] {
        struct Requests: Decodable {
            let requests: [ReceivedRequest]
        }
        let all: Requests = try await ask("GET", "/requests")
        return all.requests
    }

    /// Moves its clock (negative: back); sessions, tokens and keys end by it.
    public func advance(seconds: Double) async throws {
        try await done("POST", "/clock", ["seconds": seconds])
    }

    /// Has calls go wrong from now on, in place of earlier faults. The first fault that is due decides; `[]` ends it.
    public func faults(_ faults: [Fault]) async throws {
        try await done("PUT", "/faults", ["faults": JSON.array(faults.map { .object($0.members) })])
    }

    /// Keeps all that it has, to go back to.
    public func snapshot(_ name: String = "snapshot") async throws {
        try await done("POST", "/snapshots", ["name": name])
    }

    /// Brings back what it had.
    public func restore(_ name: String = "snapshot") async throws {
        try await done("POST", "/snapshots/\(name)/restore")
    }

    /// Removes it with all it has.
    public func delete() async throws {
        try await done("DELETE", "")
    }

    private func next<Record: Decodable>(
        _ path: String, _ wanted: [String: String?], _ seconds: Double
    ) async throws -> Record {
        var params: [String: Any?] = wanted.compactMapValues { $0 }
        params["seconds"] = seconds
        return try await ask("POST", path, params)
    }

    private func ask<Record: Decodable>(
        _ method: String, _ path: String, _ params: [String: Any?] = [:]
    ) async throws -> Record {
        try JSONDecoder().decode(Record.self, from: try await done(method, path, params))
    }

    @discardableResult
    private func done(_ method: String, _ path: String, _ params: [String: Any?] = [:]) async throws -> Data {
        try await emulator.client.call(method: method, path: "/projects/\(projectId)\(path)", params: params)
    }
}

extension TestProject: CustomStringConvertible {
    public var description: String { "TestProject(\(projectId) at \(endpoint))" }
}
