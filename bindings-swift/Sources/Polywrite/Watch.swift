import Dispatch
import Foundation
import PolywriteJSON
import PolywriteNative

/// A moment of a call. It has no parameter, no header and no body.
public struct CallEvent: Sendable {
    /// A number that all events of one request and its retries share, and no other request of the process has.
    public let request: Int
    /// The operation, such as `tablesDB.getRow`.
    public let operation: String
    /// The HTTP method.
    public let method: String
    /// The server, with its port where the endpoint names one.
    public let host: String
    /// The path below the endpoint with names in place of values: `/users/{userId}`.
    public let path: String
    /// The number of the attempt, from 1; before a retry that of the attempt that failed.
    public let attempt: Int
    /// HTTP status, after an attempt that had a response.
    public let status: Int?
    /// How long the attempt took, in milliseconds.
    public let elapsed: Double?
    /// The wait before the next attempt, in milliseconds.
    public let wait: Double?
    /// Why the attempt failed.
    public let kind: AppwriteError.Kind?
    /// What happened, as the error's message says it.
    public let error: String?
}

extension CallEvent {
    /// An event is the list of its values, in the order of `Moment` in bridge/src/news.rs.
    init(_ values: inout ListReader) {
        request = values.integer() ?? 0
        operation = values.string() ?? ""
        method = values.string() ?? ""
        host = values.string() ?? ""
        path = values.string() ?? ""
        attempt = values.integer() ?? 0
        status = values.integer()
        elapsed = values.double()
        wait = values.double()
        kind = values.string().flatMap(AppwriteError.Kind.init)
        error = values.string()
    }
}

/// How much is logged: each level has those before it.
public enum LogLevel: String, Sendable {
    case error, warn, info, debug, trace
}

extension Client {
    /// Has these functions hear of every attempt of this client's calls, and of those of clients made of it; no others
    /// than these, and without any, none. They run in the task that makes the call, when the call ends. Of a call that is
    /// retried or logged they run while it is made, on a queue: of more than 256 events that wait there for slow functions
    /// the later ones are left out. Either way a call's events come in the order in which they happened.
    @discardableResult
    public func setHooks(
        beforeAttempt: (@Sendable (CallEvent) -> Void)? = nil,
        afterAttempt: (@Sendable (CallEvent) -> Void)? = nil,
        beforeRetry: (@Sendable (CallEvent) -> Void)? = nil
    ) -> Client {
        let hooks = [
            "beforeAttempt": beforeAttempt, "afterAttempt": afterAttempt, "beforeRetry": beforeRetry,
        ]
        return watch { $0.hooks = hooks.compactMapValues { $0 } }
    }

    /// Has a function take a line for each attempt, on the queue of the hooks; nil takes it away. Without a level it is
    /// that of the environment variable POLYWRITE_LOG, and `debug` without that.
    @discardableResult
    public func setLogger(
        level: LogLevel? = nil, _ logger: (@Sendable (LogLevel, String) -> Void)?
    ) -> Client {
        watch { $0.logger = logger.map { (level?.rawValue ?? "", $0) } }
    }
}

/// What is heard of a client's calls. See bridge/src/watch.rs.
struct Watch: Sendable {
    var hooks: [String: @Sendable (CallEvent) -> Void] = [:] { didSet { describe() } }
    var logger: (level: String, write: @Sendable (LogLevel, String) -> Void)? { didSet { describe() } }
    /// Where the response of a call goes.
    var response: Locked<ResponseInfo?>? { didSet { describe() } }
    /// What the record of a command says of it, and the record of a command that says nothing else: written once and not
    /// with each call.
    private var wanted = "", alone = ""
    /// Runs hooks and logger.
    private let deliveries = Deliveries(label: "polywrite.hooks")

    var isEmpty: Bool { hooks.isEmpty && logger == nil && response == nil }

    /// The record of a command of which something is heard.
    func record(_ command: String) -> String {
        command.isEmpty ? alone : "{\"watch\":{\"command\":\(command),\(wanted)}}"
    }

    private mutating func describe() {
        let hooks = hooks.keys.sorted().map { "\"\($0)\"" }.joined(separator: ",")
        let log = logger.map { "\"\($0.level)\"" } ?? "null"
        wanted = "\"hooks\":[\(hooks)],\"log\":\(log),\"response\":\(response != nil)"
        alone = "{\"watch\":{\(wanted)}}"
    }

    /// Hands on what a text lists: at once, or on the queue.
    func hear(_ text: String, onQueue: Bool) {
        guard var news = ListReader(text, member: "heard") else { return }
        var later: [@Sendable () -> Void] = []
        while var item = news.list() {
            guard let call = call(item.string() ?? "", &item) else { continue }
            if onQueue { later.append(call) } else { call() }
        }
        guard !later.isEmpty else { return }
        // One change of thread for all of them.
        deliveries.deliver(later.count) { [later] in later.forEach { $0() } }
    }

    /// What calls the function that is to hear of an item of this name.
    private func call(_ name: String, _ item: inout ListReader) -> (@Sendable () -> Void)? {
        switch name {
        case "response":
            let info = item.value(ResponseInfo.self)
            if let info { response?.withLock { $0 = info } }
        case "log":
            guard let write = logger?.write, var line = item.list() else { return nil }
            let (level, text) = (line.string().flatMap(LogLevel.init) ?? .debug, line.string() ?? "")
            return { write(level, text) }
        default:
            guard let hook = hooks[name], var values = item.list() else { return nil }
            let event = CallEvent(&values)
            return { hook(event) }
        }
        return nil
    }
}

/// Takes what a watch hears of a call, and passes the rest on.
final class WatchListener: Listener {
    private let watch: Watch
    private let others: (any Listener)?
    /// Whether something went to the queue while the call was made: all else of the call has to come behind it.
    private let usesQueue = Locked(false)

    init(_ watch: Watch, _ others: (any Listener)?) { (self.watch, self.others) = (watch, others) }

    /// The record of a command of which something is heard.
    func record(_ command: String) -> String { watch.record(command) }

    func receive(text: String) {
        guard text.hasPrefix("{\"heard\":") else { return others?.receive(text: text) ?? () }
        usesQueue.withLock { $0 = true }
        watch.hear(text, onQueue: true)
    }

    /// Takes what came with the end of the call.
    func hearEnd(_ text: String) {
        if !text.isEmpty { watch.hear(text, onQueue: usesQueue.withLock { $0 }) }
    }
}

/// Calls functions of the caller's one after the other on a queue of its own: the thread that what they hear comes from
/// makes other calls, too.
final class Deliveries: Sendable {
    private let queue: DispatchQueue
    private let waiting = Locked(0)
    /// Deliveries that wait for a slow function; what comes beyond them is left out.
    private static let limit = 256

    init(label: String) { queue = DispatchQueue(label: label) }

    /// Has a delivery of so many things made.
    func deliver(_ count: Int = 1, _ delivery: @escaping @Sendable () -> Void) {
        let hasRoom = waiting.withLock { waiting in
            guard waiting < Self.limit else { return false }
            waiting += count
            return true
        }
        guard hasRoom else { return }
        queue.async { [waiting] in
            delivery()
            waiting.withLock { $0 -= count }
        }
    }
}
