import Foundation
import PolywriteJSON
import PolywriteNative

/// Something that changed in a project, as Appwrite reports it to a webhook.
public struct WebhookEvent: Sendable {
    /// ID of the webhook.
    public let id: String
    /// Name of the webhook.
    public let name: String
    /// All names of what happened: the exact one first, such as `users.u1.update.email`, then those with `*` for an ID.
    public let events: [String]
    /// ID of the user who did it; nil where a key did.
    public let userId: String?
    /// ID of the project.
    public let projectId: String
    /// The name of the payload's model, such as `Row` or `User`; nil for events that this version does not know.
    public let model: String?
    private let body: Body

    /// Verifies and reads a request: its headers, in any case, and its body as it arrived, byte by byte.
    ///
    /// The signature covers the URL and the body. It does not cover the headers, which say the event, the user and the
    /// project, nor a time: a reader of the request can send it again with other headers.
    ///
    /// Throws an `AppwriteError` of the kind `unauthorized` when the signature is missing or wrong: Appwrite did not
    /// send the request, or it was changed; of the kind `decode` when the body is not JSON or another header is missing.
    ///
    /// - Parameters:
    ///   - headers: Names and values, as `request.headers.map { ($0.name, $0.value) }` gives them.
    ///   - body: The body as it arrived: one that was parsed and written again cannot be verified.
    ///   - url: The URL that is registered in Appwrite, which counts behind a proxy too.
    ///   - secret: The webhook's secret.
    public init(headers: [(String, String)], body: Data, url: String, secret: String) throws {
        let question = Question(webhook: .init(url: url, secret: secret, headers: headers.map { [$0.0, $0.1] }))
        self.body = try question.ask(about: body)
        let facts = try self.body.decode(Facts.self)
        id = facts.id
        name = facts.name
        events = facts.events
        userId = facts.userId
        projectId = facts.projectId
        model = facts.model
    }

    /// As the other, with headers in a dictionary.
    public init(headers: [String: String], body: Data, url: String, secret: String) throws {
        try self.init(headers: headers.map { ($0.key, $0.value) }, body: body, url: url, secret: secret)
    }

    /// The resource, as it is afterwards, or was before it was deleted: as a model, such as `Row<Film>`, or any other
    /// type that reads JSON.
    ///
    /// Throws an `AppwriteError` of the kind `decode` when it is not of this shape.
    public func payload<Payload: Decodable>(as type: Payload.Type) throws -> Payload {
        try body.decode(Envelope<Payload>.self).payload
    }

    /// The signature of a body, as Appwrite sends it in the header `x-appwrite-webhook-signature`: for tests.
    public static func signature(of body: Data, url: String, secret: String) throws -> String {
        try Question(webhook: .init(url: url, secret: secret, headers: nil)).ask(about: body).decode(String.self)
    }
}

/// Does not show the payload: it may contain the secrets of sessions.
extension WebhookEvent: CustomReflectable {
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "id": id, "name": name, "events": events, "userId": userId as Any, "projectId": projectId,
                "model": model as Any,
            ])
    }
}

private struct Facts: Decodable {
    let id, name, projectId: String
    let events: [String]
    let userId, model: String?
}

private struct Envelope<Payload: Decodable>: Decodable {
    let payload: Payload
}
