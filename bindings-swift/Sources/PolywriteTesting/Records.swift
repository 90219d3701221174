// What a test gets to see of its project, and what it may ask for.

import PolywriteJSON

/// A mail that the server would have sent.
public struct Mail: Sendable, Hashable, Decodable {
    /// The address.
    public let to: String
    /// What it is for: `verification`, `recovery`, `magic-url`, `email` or `challenge` (codes), or `invitation`.
    public let kind: String
    /// The user.
    public let userId: String
    /// The secret in its link, or the code.
    public let secret: String
    /// The link; nil where the call named no page.
    public let link: String?
    /// When it was written.
    public let at: String
}

/// A webhook that was sent.
public struct Delivery: Sendable, Hashable, Decodable {
    /// When.
    public let at: String
    /// The webhook.
    public let webhookId: String
    /// Where it went.
    public let url: String
    /// The exact name of what happened, such as `users.ada.create`.
    public let event: String
    /// What signs it: the header `x-appwrite-webhook-signature`.
    public let signature: String
    /// The status of the response; nil without one.
    public let status: Int?
    /// What went wrong, if something did.
    public let problem: String?
    /// The body as it was sent.
    public let body: String
}

/// A request that the project received.
public struct ReceivedRequest: Sendable, Hashable, Decodable {
    /// Grows with each request of the emulator.
    public let number: Int
    /// When.
    public let at: String
    /// The HTTP method.
    public let method: String
    /// Path and query.
    public let path: String
    /// The operation, such as `tablesDB.listRows`. Empty for a path that there is none for.
    public let operation: String
    /// Who called: `key NAME`, `user ID` or `guest`.
    public let caller: String
    /// The parameters without those that are secret; a text if they are too long to be kept whole.
    public let params: JSON
    /// The HTTP status of the response.
    public let status: Int
    /// `type` and `message` of what went wrong, or null.
    public let error: JSON
    /// The response, if it is text; cut after 16 KiB.
    public let response: String
}

// Secrets and bodies are not printed.

extension Mail: CustomStringConvertible {
    public var description: String { "Mail(\(kind) to \(to) at \(at))" }
}

extension Delivery: CustomStringConvertible {
    public var description: String { "Delivery(\(event) to \(url) at \(at))" }
}

extension ReceivedRequest: CustomStringConvertible {
    public var description: String { "ReceivedRequest(\(operation) by \(caller): \(status))" }
}

/// What goes wrong with which calls.
public struct Fault: Sendable, Hashable {
    var members: [String: JSON]

    /// Calls wait so many milliseconds before they are done.
    public static func delay(
        _ milliseconds: Int, of operation: String? = nil, times: Int? = nil, every: Int? = nil
    ) -> Fault {
        Fault("delay", .int(milliseconds), operation, times, every)
    }

    /// Calls are not done; the response has this error status: 429, or one from 500 on.
    public static func status(
        _ status: Int, of operation: String? = nil, times: Int? = nil, every: Int? = nil
    ) -> Fault {
        Fault("status", .int(status), operation, times, every)
    }

    /// Calls are done, and the connection breaks in the middle of the response.
    public static func cut(of operation: String? = nil, times: Int? = nil, every: Int? = nil) -> Fault {
        Fault("cut", true, operation, times, every)
    }

    private init(_ name: String, _ value: JSON, _ operation: String?, _ times: Int?, _ every: Int?) {
        members = [name: value]
        if let operation { members["operation"] = .string(operation) }
        if let times { members["times"] = .int(times) }
        if let every { members["every"] = .int(every) }
    }
}
