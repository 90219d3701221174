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

/// Something that changed in a project.
public struct RealtimeEvent: Sendable {
    /// All names of what happened: the exact one first, then those with `*` for an ID.
    public let events: [String]
    /// Every channel that has the event.
    public let channels: [String]
    /// When it happened, by the server's clock.
    public let timestamp: String
    /// The name of the payload's model, such as `Row` or `User`; nil for events that this version does not know.
    public let model: String?
    private let data: JSON

    fileprivate init(_ facts: Facts) {
        (events, channels) = (facts.events ?? [], facts.channels ?? [])
        (timestamp, model, data) = (facts.timestamp ?? "", facts.model, facts.payload ?? .null)
    }

    /// The resource, as it is afterwards, or was before it was deleted: as a model, such as `Row<Film>`, or any other
    /// type that reads JSON.
    ///
    /// Throws an `AppwriteError` of the kind `decode` when it is not of this shape.
    public func payload<Payload: Decodable>(as type: Payload.Type) throws -> Payload {
        do {
            return try BodyDecoder.decode(type, from: try JSONEncoder().encode(data))
        } catch {
            throw AppwriteError(.decode, "the payload is not of this type: \(DecodingFailure.reason(error))")
        }
    }
}

/// Does not show the payload: it may contain the secrets of sessions.
extension RealtimeEvent: CustomReflectable {
    public var customMirror: Mirror {
        Mirror(self, children: ["events": events, "timestamp": timestamp, "model": model as Any])
    }
}

/// The messages of channels, in their order. Leaving the loop ends the subscription, as does cancelling its task.
public final class RealtimeSubscription: AsyncSequence, Sendable {
    public typealias Element = RealtimeMessage

    private let client: Client
    private let number: Int

    fileprivate init(client: Client, number: Int) { (self.client, self.number) = (client, number) }

    deinit {
        let (client, number) = (client, number)
        Task.detached { _ = try? await command(client, "{\"mute\":{\"number\":\(number)}}") }
    }

    /// Ends the subscription, and a loop that waits; the last one closes the connection.
    public func close() async {
        _ = try? await Task { try await command(client, "{\"mute\":{\"number\":\(number)}}") }.value
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(subscription: self) }

    /// Waits for one message after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let subscription: RealtimeSubscription
        private var messages: [Facts].Iterator = [].makeIterator()

        fileprivate init(subscription: RealtimeSubscription) { self.subscription = subscription }

        public mutating func next() async throws -> RealtimeMessage? {
            if let facts = messages.next() { return facts.message }
            let heard = try await command(subscription.client, "{\"hear\":{\"number\":\(subscription.number)}}")
            messages = try heard.decode([Facts].self).makeIterator()
            return messages.next()?.message
        }
    }
}

/// A message as the bridge hands it over.
private struct Facts: Decodable, Sendable {
    let type: String
    let dropped: Int?
    let events, channels: [String]?
    let timestamp, model: String?
    let payload: JSON?

    var message: RealtimeMessage { type == "gap" ? .gap(dropped: dropped) : .event(RealtimeEvent(self)) }
}

private func command(_ client: Client, _ record: String) async throws -> Body {
    try await client.begin("client.request", JSONText(), CallOptions(), record)
}
