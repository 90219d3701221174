import PolywriteJSON
import PolywriteNative

/// Something that a project has.
public struct SchemaTarget: Sendable, Hashable, Decodable {
    /// What it is: `database`, `table`, `column`, `index`, `bucket` or `team`.
    public let kind: String
    /// The IDs and the key that lead to it: `main.films.year`.
    public let place: String
}

/// A field that is to change.
public struct SchemaChange: Sendable, Hashable, Decodable {
    /// Its name, as the API and the files have it.
    public let field: String
    /// What the server has.
    public let from: JSON
    /// What it is to have.
    public let to: JSON
}

/// One thing that is to be done.
public struct SchemaStep: Sendable, Hashable, Decodable {
    /// What is done: `make`, `change`, `remake` (dropped and made anew), `drop`, or `await` for what the server is still
    /// making.
    public let action: String
    /// With what.
    public let target: SchemaTarget
    /// What differs; nothing of what is made or dropped.
    public let changes: [SchemaChange]
    /// Whether data is lost.
    public let destroys: Bool
    /// Why, where the changes do not say it; empty otherwise.
    public let reason: String
}

/// What leads a server to a schema.
public struct SchemaPlan: Sendable, Hashable, Decodable {
    /// Whether server and file are equal, and the plan has no steps.
    public let equal: Bool
    /// What is to be done; of a push, what it has done.
    public let steps: [SchemaStep]
    /// Databases and buckets that the file does not name; they stay as they are.
    public let unnamed: [SchemaTarget]
    /// What may be meant otherwise, in words.
    public let hints: [String]
}

/// The schema of a project as a file: `polywrite.toml`, or Appwrite's own `appwrite.config.json`.
///
///     try await Schema(client, path: "polywrite.toml").push()
///
/// The client needs a key with the scopes `databases.read`, `tables.read` and `tables.write`, and those of what the file has
/// besides.
public struct Schema: Sendable {
    private let client: Client
    private let path: String

    public init(_ client: Client, path: String) {
        (self.client, self.path) = (client, path)
    }

    /// What leads the server to the file. `rename` names columns with a new key, as `TABLE.OLD=NEW` or
    /// `DATABASE.TABLE.OLD=NEW`: their values stay.
    public func plan(rename: [String] = []) async throws -> SchemaPlan {
        try await run(rename, nil, nil)
    }

    /// Brings the server to the file, and waits until columns and indexes can be used. Whatever interrupts it, another push
    /// goes on from there. Returns what it did.
    ///
    /// - Parameters:
    ///   - rename: Columns with a new key, as in ``plan(rename:)``.
    ///   - allowDestroy: Whether steps that lose data are taken; without it nothing at all is done then.
    ///   - timeout: How long to wait for the columns and indexes of a table; 60 seconds unless it is given.
    ///   - onStep: Called with each step that is done; a slow one may miss some.
    @discardableResult
    public func push(
        rename: [String] = [],
        allowDestroy: Bool = false,
        timeout: Duration? = nil,
        onStep: (@Sendable (SchemaStep) -> Void)? = nil
    ) async throws -> SchemaPlan {
        let push = try JSONText {
            try $0.member("allowDestroy", allowDestroy)
            try $0.member("timeout", timeout?.milliseconds)
            try $0.member("reports", onStep != nil)
        }
        return try await run(rename, push, onStep)
    }

    private func run(
        _ rename: [String], _ push: JSONText?, _ onStep: (@Sendable (SchemaStep) -> Void)?
    ) async throws -> SchemaPlan {
        let record = try JSONText {
            try $0.member("path", path)
            try $0.member("rename", rename)
            if let push { $0.member("push", json: push.object) }
        }
        let command = "{\"schema\":\(record.object)}"
        let body = try await ProgressNews.reporting(onStep) { news in
            let listener = news.map { NewsListener(news: $0) }
            return try await client.begin("client.request", JSONText(), CallOptions(), command, listener: listener)
        }
        return try body.decode(SchemaPlan.self)
    }
}
