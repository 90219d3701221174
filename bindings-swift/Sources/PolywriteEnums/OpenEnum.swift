/// A set of known values: a server may send values that this version does not know.
///
/// Known values are static members, so `.available` works wherever the type is known, and so does
/// `switch` with a `default`. Unknown ones keep their text in `rawValue`.
public protocol OpenEnum: RawRepresentable, Codable, Hashable, Sendable, CaseIterable, CustomStringConvertible
where RawValue == String, AllCases == [Self] {
    /// The value with this text on the wire, known or not.
    init(rawValue: String)
}

extension OpenEnum {
    /// The text on the wire.
    public var description: String { rawValue }

    /// Whether this version has a name for the value.
    public var isKnown: Bool { Self.allCases.contains(self) }
}
