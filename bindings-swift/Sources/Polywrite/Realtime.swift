import Foundation
import PolywriteJSON
import PolywriteNative

/// Events of a project while they happen. All subscriptions share one WebSocket, which is open while there are any and is
/// opened again when it breaks. The server sends each event at most once and keeps none.
///
/// The client acts as a user, by a session or a JSON Web Token, or as a guest. One with an API key is refused: the server
/// would take it for a guest.
public actor Realtime {
    private let client: Client
    private var connection: Int?

    public init(_ client: Client) { self.client = client }

    /// Subscribes to channels, such as `tablesdb.DATABASE.tables.TABLE.rows`: `for try await message in …`.
    ///
    /// Throws an `AppwriteError` of the kind `configuration` for a client with an API key, and of the kind `argument` for
    /// channels and queries that cannot be.
    ///
    /// - Parameters:
    ///   - queries: Only events whose payload meets all of these: comparisons, `isNull`, `isNotNull`, `and`, `or`,
    ///     `select` of `*`.
    ///   - buffer: How many events wait for a slow reader. More are dropped, and a gap says how many. Default: 1000.
    public func subscribe(
        _ channels: [String], queries: [any QueryConvertible] = [], buffer: Int? = nil
    ) async throws -> RealtimeSubscription {
        let texts = queries.map { "\($0.query)" }
        let asked = Asked(
            listen: .init(
                connection: connection, channels: channels,
                options: .init(queries: texts.isEmpty ? nil : texts, buffer: buffer)))
        let record = String(decoding: try JSONEncoder().encode(asked), as: UTF8.self)
        let opened = try await command(client, record).decode(Opened.self)
        connection = opened.connection
        return RealtimeSubscription(client: client, number: opened.number)
    }

    /// Subscribes to channels and passes each message to a function, one after the other, until the subscription is
    /// closed or the function throws: `closed()` waits for that. As the other `subscribe` otherwise.
    public func subscribe(
        _ channels: [String], queries: [any QueryConvertible] = [], buffer: Int? = nil,
        onMessage: @escaping @Sendable (RealtimeMessage) async throws -> Void
    ) async throws -> RealtimeSubscription {
        let subscription = try await subscribe(channels, queries: queries, buffer: buffer)
        subscription.pass(to: onMessage)
        return subscription
    }

    private struct Asked: Encodable {
        struct Listen: Encodable {
            let connection: Int?
            let channels: [String]
            let options: Options
        }
        struct Options: Encodable {
            let queries: [String]?
            let buffer: Int?
        }
        let listen: Listen
    }

    private struct Opened: Decodable {
        let connection, number: Int
    }
}

/// What a subscription gets.
public enum RealtimeMessage: Sendable {
    /// Something changed.
    case event(RealtimeEvent)
    /// Events may be missing here: read again what must be known. How many were dropped because the reader was too slow;
    /// nil where the connection was lost and is open again, and what happened meanwhile is not known.
    case gap(dropped: Int?)
}

/// Something that changed in a project. Its names are decoded when they are first read.
public struct RealtimeEvent: Sendable {
    /// All names of what happened: the exact one first, then those with `*` for an ID.
    public var events: [String] { facts.read().events ?? [] }
    /// Every channel that has the event.
    public var channels: [String] { facts.read().channels ?? [] }
    /// When it happened, by the server's clock.
    public var timestamp: String { facts.read().timestamp ?? "" }
    /// The name of the payload's model, such as `Row` or `User`; nil for events that this version does not know.
    public let model: String?
    private let facts: Facts
    private let payload: Data

    fileprivate init(model: Data, facts: Data, payload: Data) {
        self.model = model.isEmpty ? nil : String(decoding: model, as: UTF8.self)
        self.facts = Facts(facts)
        self.payload = payload
    }

    /// The resource, as it is afterwards, or was before it was deleted: as a model, such as `Row<Film>`, or any other
    /// type that reads JSON.
    ///
    /// Throws an `AppwriteError` of the kind `decode` when it is not of this shape.
    public func payload<Payload: Decodable>(as type: Payload.Type) throws -> Payload {
        do {
            return try BodyDecoder.decode(type, from: payload)
        } catch {
            let reason = DecodingFailure.reason(error, in: try? BodyDecoder.decode(JSON.self, from: payload))
            throw AppwriteError(.decode, "the payload is not of this type: \(reason)")
        }
    }
}

/// What an event says beside its payload: a row's has 64 names, which few programs read.
private final class Facts: Sendable {
    struct Decoded: Decodable {
        var events, channels: [String]?
        var timestamp: String?
    }

    private let text: Data
    private let decoded = Locked<Decoded?>(nil)

    init(_ text: Data) { self.text = text }

    func read() -> Decoded {
        decoded.withLock {
            if let known = $0 { return known }
            let facts = (try? BodyDecoder.decode(Decoded.self, from: text)) ?? Decoded()
            $0 = facts
            return facts
        }
    }
}

/// Does not show the payload: it may contain the secrets of sessions.
extension RealtimeEvent: CustomReflectable {
    public var customMirror: Mirror {
        Mirror(self, children: ["events": events, "timestamp": timestamp, "model": model as Any])
    }
}

/// The messages of channels, in their order. Leaving the loop leaves what has not been read to another loop, as
/// cancelling its task does; the subscription ends with `close`, or when nothing holds it any more.
public final class RealtimeSubscription: AsyncSequence, Sendable {
    public typealias Element = RealtimeMessage

    private let client: Client
    private let number: Int
    /// The messages that came and were not read, and how many batches came.
    private let unread = Locked<(messages: ArraySlice<RealtimeMessage>, had: Int)>(([], 0))

    /// What passes the messages to a function.
    private let passing = Locked<Task<Void, any Error>?>(nil)

    fileprivate init(client: Client, number: Int) { (self.client, self.number) = (client, number) }

    deinit {
        let (client, number) = (client, number)
        Task.detached { _ = try? await command(client, "{\"mute\":{\"number\":\(number)}}") }
    }

    /// Ends the subscription, and a loop that waits; the last one closes the connection.
    public func close() async {
        _ = try? await Task { try await command(client, "{\"mute\":{\"number\":\(number)}}") }.value
    }

    /// Waits until the function that messages are passed to has had the last one, and throws what went wrong. Without
    /// such a function there is nothing to wait for.
    public func closed() async throws {
        try await passing.withLock { $0 }?.value
    }

    fileprivate func pass(to function: @escaping @Sendable (RealtimeMessage) async throws -> Void) {
        let task = Task {
            do {
                for try await message in self { try await function(message) }
            } catch {
                await close()
                throw error
            }
        }
        passing.withLock { $0 = task }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(subscription: self) }

    /// Waits for one message after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let subscription: RealtimeSubscription

        public mutating func next() async throws -> RealtimeMessage? { try await subscription.next() }
    }

    private func next() async throws -> RealtimeMessage? {
        while true {
            let (message, had) = unread.withLock { ($0.messages.popFirst(), $0.had) }
            if let message { return message }
            let batch = try await command(client, "{\"hear\":{\"number\":\(number),\"had\":\(had)}}")
            if batch.isEmpty { return nil }
            let messages = try RealtimeMessage.all(in: batch.data)
            unread.withLock {
                // Another loop that waited for the same batch may have taken it.
                if $0.had == had { $0 = (messages[...], had + 1) }
            }
        }
    }
}

extension RealtimeMessage {
    /// What the bridge hands over: the model and the payload of each message, and then the facts of each. JSON never has
    /// the characters behind each text and before the first facts as they are.
    fileprivate static func all(in batch: Data) throws -> [RealtimeMessage] {
        let texts = batch.split(separator: 0x1e, omittingEmptySubsequences: false)
        let count = texts.count / 3
        return try (0..<count).map { place in
            // Copies: a message that is kept does not keep the others.
            let (model, payload) = (Data(texts[2 * place]), Data(texts[2 * place + 1]))
            let facts = Data(texts[2 * count + place].drop { $0 == 0x1d })
            guard payload.isEmpty else {
                return .event(RealtimeEvent(model: model, facts: facts, payload: payload))
            }
            return .gap(dropped: try BodyDecoder.decode(Gap.self, from: facts).dropped)
        }
    }

    private struct Gap: Decodable {
        let dropped: Int?
    }
}

private func command(_ client: Client, _ record: String) async throws -> Body {
    try await client.begin("client.request", JSONText(), CallOptions(), record)
}
