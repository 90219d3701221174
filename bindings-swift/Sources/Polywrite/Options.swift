extension CallOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Names the headers; their values may be credentials.
    public var description: String {
        let parts = shown.map { name, value in "\(name): \(value.map { "\($0)" } ?? "nil")" }
        return "CallOptions(\(parts.joined(separator: ", ")))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: shown.map { name, value -> Mirror.Child in (label: name, value: value as Any) })
    }
}

extension Duration {
    /// The duration as the core reads it.
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1000 + Double(attoseconds) / 1e15
    }
}
