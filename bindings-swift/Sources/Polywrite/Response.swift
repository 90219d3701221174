import Foundation

/// A server's limit for calls of one kind.
public struct RateLimit: Sendable, Hashable, Decodable {
    /// How many calls the server takes in one period.
    public let limit: Int
    /// How many of them are left.
    public let remaining: Int
    /// When the period ends.
    public let reset: Date

    private enum CodingKeys: String, CodingKey { case limit, remaining, reset }

    public init(from decoder: any Decoder) throws {
        let record = try decoder.container(keyedBy: CodingKeys.self)
        limit = try record.decode(Int.self, forKey: .limit)
        remaining = try record.decode(Int.self, forKey: .remaining)
        reset = Date(timeIntervalSince1970: try record.decode(Double.self, forKey: .reset))
    }
}

/// The response of a call beside its content, and how the call went.
public struct ResponseInfo: Sendable, Decodable {
    /// HTTP status.
    public let status: Int
    /// All headers, names in lower case; a session's cookie may be among them. Printing shows their names only.
    public let headers: [String: [String]]
    /// The rate limit; nil for calls that the server does not limit.
    public let rateLimit: RateLimit?
    /// The attempts that failed before this response came; of an upload in chunks, those of all chunks.
    public let attempts: [AppwriteError.Attempt]
    /// How long the call took, with all its attempts and waits; of a stream, until the response began.
    public let duration: Duration
    /// The server's version; nil where the server does not say it, which Appwrite does in warnings only.
    public let serverVersion: String?

    private enum CodingKeys: String, CodingKey {
        case status, headers, rateLimit, attempts, duration, serverVersion
    }

    public init(from decoder: any Decoder) throws {
        let record = try decoder.container(keyedBy: CodingKeys.self)
        status = try record.decode(Int.self, forKey: .status)
        let pairs = try record.decode([[String]].self, forKey: .headers)
        headers = Dictionary(grouping: pairs) { $0[0] }.mapValues { $0.map { $0[1] } }
        rateLimit = try record.decodeIfPresent(RateLimit.self, forKey: .rateLimit)
        attempts = try record.decode([AppwriteError.Attempt].self, forKey: .attempts)
        duration = .milliseconds(try record.decode(Double.self, forKey: .duration))
        serverVersion = try record.decodeIfPresent(String.self, forKey: .serverVersion)
    }

    /// The value of a header, by its name in any case; the first, where there are several.
    public func header(_ name: String) -> String? { headers[name.lowercased()]?.first }
}

extension ResponseInfo: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Names the headers: their values may be a session's cookie.
    public var description: String {
        "ResponseInfo(status: \(status), headers: \(headers.keys.sorted()), duration: \(duration))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["status": status, "headers": headers.keys.sorted(), "duration": duration])
    }
}

extension AppwriteService {
    /// What a call returns, with its response: status, headers, rate limit, attempts, duration.
    ///
    ///     let (row, response) = try await tablesDB.withResponse {
    ///         try await $0.getRow(databaseId: "shop", tableId: "books", rowId: "momo")
    ///     }
    ///
    /// - Parameters:
    ///   - isolation: The caller's; `call` never leaves it.
    ///   - call: Makes one call; of several the response is that of the last one.
    public func withResponse<Value: Sendable>(
        isolation: isolated (any Actor)? = #isolation,
        _ call: (Self) async throws -> Value
    ) async throws -> (data: Value, response: ResponseInfo) {
        let response = Locked<ResponseInfo?>(nil)
        let data = try await call(Self(client.watching { $0.response = response }, options: options))
        guard let response = response.withLock({ $0 }) else {
            throw AppwriteError.argument("withResponse needs a call of the service that it passes on")
        }
        return (data, response)
    }
}
