/// Settings of single calls; what is nil or absent comes from the client. See `AppwriteService.with`.
public struct CallOptions: Sendable {
    /// How long one attempt may wait for the answer to begin.
    public var timeout: Duration?
    /// How often a failed attempt is repeated where that is safe; 0 for never.
    public var retries: Int?
    /// How long the call may take in all: connecting, every attempt, the waits between them and the whole body, of
    /// uploads and downloads too.
    public var deadline: Duration?
    /// The largest response that is read into memory, in bytes after decompression. Downloads into files and streams are
    /// not bounded.
    public var maxResponseBytes: Int?
    /// Headers that win over the client's.
    public var headers: [String: String]

    public init(
        timeout: Duration? = nil, retries: Int? = nil, deadline: Duration? = nil, maxResponseBytes: Int? = nil,
        headers: [String: String] = [:]
    ) {
        self.timeout = timeout
        self.retries = retries
        self.deadline = deadline
        self.maxResponseBytes = maxResponseBytes
        self.headers = headers
    }

    /// The options as JSON; empty when there are none.
    func text() throws -> String {
        if timeout == nil, retries == nil, deadline == nil, maxResponseBytes == nil, headers.isEmpty { return "" }
        var text = JSONText()
        for (name, limit) in [("timeout", timeout), ("deadline", deadline)] {
            if let limit { try text.member(name, limit.milliseconds) }
        }
        if let maxResponseBytes { try text.member("maxResponseBytes", maxResponseBytes) }
        if let retries { try text.member("retries", retries) }
        if !headers.isEmpty { try text.member("headers", any: headers) }
        return text.object
    }
}

extension CallOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Names the headers; their values may be credentials.
    public var description: String {
        func shown<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "nil" }
        return "CallOptions(timeout: \(shown(timeout)), retries: \(shown(retries)), deadline: \(shown(deadline)), "
            + "maxResponseBytes: \(shown(maxResponseBytes)), headers: \(headers.keys.sorted()))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "timeout": timeout as Any, "retries": retries as Any, "deadline": deadline as Any,
                "maxResponseBytes": maxResponseBytes as Any, "headers": headers.keys.sorted(),
            ])
    }
}

extension Duration {
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1000 + Double(attoseconds) / 1e15
    }
}
