import Foundation
import PolywriteNative

/// Makes calls for one project with one set of credentials.
///
///     let client = Client()
///         .setEndpoint("https://cloud.appwrite.io/v1")
///         .setProject("shop")
///         .setKey("standard_…")
///     let tablesDB = TablesDB(client)
///
/// A client is cheap and safe to use from many tasks. The setters change it; a call uses the settings of the moment it
/// starts. To act as someone else make another client with `withSession` and its family: it shares the connections and
/// none of the credentials. All clients of a process that connect alike share their connections.
public final class Client: Sendable {
    private struct State {
        var native: NativeClient
        /// The first setting that was refused; every call fails with it, because the setters cannot.
        var refused: AppwriteError?
        /// What is heard of its calls.
        var watch: Watch?
    }

    private let state: Locked<State>

    /// A client for Appwrite's cloud, without project or credentials.
    public init() {
        state = Locked(Client.untouched)
    }

    init(_ native: NativeClient, _ watch: Watch? = nil) {
        state = Locked(State(native: native, watch: watch))
    }

    /// Where the API is, without a slash at its end.
    public var endpoint: String { state.withLock { $0.native.endpoint() } }

    /// The ID of the project.
    public var project: String? { state.withLock { $0.native.project() } }

    /// Throws the first setting that was refused, if there is one. Every call does the same before it sends.
    public func validate() throws { _ = try native() }

    /// The settings of this moment.
    func native() throws -> NativeClient {
        try state.withLock { state in
            if let refused = state.refused { throw refused }
            return state.native
        }
    }

    /// What is heard of its calls, if anything is.
    var watch: Watch? { state.withLock { $0.watch } }

    /// Changes what is heard of its calls.
    func watch(_ change: (inout Watch) -> Void) -> Client {
        state.withLock { state in
            var watch = state.watch ?? Watch()
            change(&watch)
            state.watch = watch.isEmpty ? nil : watch
        }
        return self
    }

    /// A client as this one, of whose calls more is heard.
    func watching(_ change: (inout Watch) -> Void) throws -> Client {
        Client(try native(), watch).watch(change)
    }

    /// Replaces the native client.
    @discardableResult
    func change(_ change: (NativeClient) throws -> NativeClient) -> Client {
        state.withLock { state in
            do {
                state.native = try change(state.native)
            } catch {
                state.refused = state.refused ?? AppwriteError.of(error)
            }
        }
        return self
    }

    /// Changes settings; `patch` writes the members of the core's client settings.
    @discardableResult
    func configure(_ patch: (inout JSONText) throws -> Void) -> Client {
        change { native in
            var text = JSONText()
            try patch(&text)
            return try native.made(record: "{\"settings\":\(text.object)}")
        }
    }

    /// A native client made of another one: `value` stands under the name of what makes it.
    static func made(_ native: NativeClient, _ name: String, _ value: Any) throws -> NativeClient {
        var record = JSONText()
        try record.member(name, any: value)
        return try native.made(record: record.object)
    }

    /// What every client starts from; made once.
    private static let untouched: State = {
        State(native: warning(NativeClient()))
    }()

    /// A client that passes its server's warnings on.
    static func warning(_ native: NativeClient) -> NativeClient {
        native.onWarning(all: false, listener: WarningWriter())
    }
}

extension Client: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Endpoint and project; never a credential.
    public var description: String { "Client(endpoint: \(endpoint), project: \(project ?? "none"))" }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["endpoint": endpoint, "project": project as Any])
    }
}
