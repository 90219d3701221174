/// Settings of single calls; what is nil or absent comes from the client. See `Service.with`.
public struct CallOptions: Sendable {
    /// How long one attempt may wait for the answer to begin.
    public var timeout: Duration?
    /// How often a failed attempt is repeated where that is safe; 0 for never.
    public var retries: Int?
    /// Headers that win over the client's.
    public var headers: [String: String]

    public init(timeout: Duration? = nil, retries: Int? = nil, headers: [String: String] = [:]) {
        self.timeout = timeout
        self.retries = retries
        self.headers = headers
    }

    /// The options as JSON; empty when there are none.
    func text() throws -> String {
        if timeout == nil, retries == nil, headers.isEmpty { return "" }
        var text = JSONText()
        if let timeout {
            guard timeout >= .zero else {
                throw AppwriteError.argument("timeout is \(timeout), and must not be negative")
            }
            try text.member("timeout", timeout.milliseconds)
        }
        if let retries {
            guard retries >= 0 else { throw AppwriteError.argument("retries is \(retries), and must not be negative") }
            try text.member("retries", retries)
        }
        if !headers.isEmpty { try text.member("headers", any: headers) }
        return text.object
    }
}

extension CallOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Names the headers; their values may be credentials.
    public var description: String {
        "CallOptions(timeout: \(timeout.map { "\($0)" } ?? "nil"), retries: \(retries.map { "\($0)" } ?? "nil"), "
            + "headers: \(headers.keys.sorted()))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(
            self, children: ["timeout": timeout as Any, "retries": retries as Any, "headers": headers.keys.sorted()])
    }
}

extension Duration {
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1000 + Double(attoseconds) / 1e15
    }
}
