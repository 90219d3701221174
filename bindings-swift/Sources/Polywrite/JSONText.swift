import PolywriteEnums
@_spi(SDK) import PolywriteJSON

/// Writes parameters as the members of a JSON object, keyed by their wire names.
///
/// Only what is given is written: nil leaves a member out, except where null is a value.
@_spi(SDK) public struct JSONText: Sendable {
    private(set) var members = ""

    public init() {}

    /// The members that `write` writes.
    init(_ write: (inout JSONText) throws -> Void) rethrows { try write(&self) }

    /// The members as a whole object.
    var object: String { "{\(members)}" }

    /// Writes a member, or none for nil.
    public mutating func member(_ name: String, _ value: (some JSONWritable)?) throws {
        guard let value else { return }
        begin(name)
        try Self.writing(name, to: &members) { try value.write(to: &$0) }
    }

    /// Writes an enum's value, or none for nil.
    public mutating func member(_ name: String, _ value: (some OpenEnum)?) throws {
        try member(name, value?.rawValue)
    }

    /// Writes a list of an enum's values, or none for nil.
    public mutating func member(_ name: String, _ values: [some OpenEnum]?) throws {
        try member(name, values?.map(\.rawValue))
    }

    /// Writes a list of queries as their texts, or none for nil.
    public mutating func member(_ name: String, _ queries: [any QueryConvertible]?) throws {
        try member(name, queries?.map { QueryText(made: $0.query.made) })
    }

    /// Writes a value of any type that JSON can hold, or none for nil.
    public mutating func member(_ name: String, any value: Any?) throws {
        guard let value else { return }
        begin(name)
        try Self.writing(name, to: &members) { try AnyValue.write(value, to: &$0) }
    }

    /// Writes a member whose value is JSON text already.
    public mutating func member(_ name: String, json text: String) {
        begin(name)
        members += text
    }

    /// Writes a member that may be null.
    public mutating func nullable(_ name: String, _ value: (some JSONWritable)?) throws {
        guard let value else {
            begin(name)
            members += "null"
            return
        }
        try member(name, value)
    }

    private mutating func begin(_ name: String) {
        if !members.isEmpty { members += "," }
        JSONWriter.write(name, to: &members)
        members += ":"
    }

    /// Writes a value, and adds its name to what it is refused for.
    static func writing(
        _ name: String, to text: inout String, _ body: (inout String) throws -> Void
    ) throws {
        do {
            try body(&text)
        } catch let refused as Refused {
            throw AppwriteError.argument("\(name)\(refused.place) \(refused.reason)")
        }
    }
}

/// A query as a value.
private struct QueryText: JSONWritable {
    let made: Made

    func write(to text: inout String) throws { JSONWriter.write(try made.text(), to: &text) }
}
