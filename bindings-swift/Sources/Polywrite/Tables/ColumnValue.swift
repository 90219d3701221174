import Foundation

/// What a column can hold, apart from geometries and related rows.
public protocol ColumnValue: Encodable, Sendable {}

extension String: ColumnValue {}
extension Int: ColumnValue {}
extension Double: ColumnValue {}
extension Bool: ColumnValue {}
extension Date: ColumnValue {}

/// The values of a column that holds one of some texts.
public protocol TableEnum: ColumnValue, Codable, Hashable, CaseIterable, RawRepresentable where RawValue == String {}

extension TableEnum {
    /// Reads one of the texts.
    public init(from decoder: any Decoder) throws {
        guard let value = Self(rawValue: try decoder.singleValueContainer().decode(String.self)) else {
            throw DecodingError.typeMismatch(
                Self.self, .init(codingPath: decoder.codingPath, debugDescription: "not one of its texts"))
        }
        self = value
    }

    /// The texts, for errors.
    static var texts: String { "one of " + allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ") }
}

/// A point: on a map, `x` is the longitude and `y` the latitude.
public struct GeoPoint: Codable, Hashable, Sendable {
    public var x: Double
    public var y: Double

    /// The point with these coordinates.
    public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }

    /// Reads a list of two numbers.
    public init(from decoder: any Decoder) throws {
        let numbers = try [Double](from: decoder)
        guard numbers.count == 2 else {
            throw DecodingError.typeMismatch(
                Self.self, .init(codingPath: decoder.codingPath, debugDescription: "not two numbers"))
        }
        (x, y) = (numbers[0], numbers[1])
    }

    /// Writes a list of two numbers.
    public func encode(to encoder: any Encoder) throws {
        var numbers = encoder.unkeyedContainer()
        try numbers.encode(x)
        try numbers.encode(y)
    }
}

/// What a column of points, lines or polygons holds: a `GeoPoint`, a list of them, or a list of such lists.
public protocol Geometry: Encodable, Sendable {
    /// The numbers, in the lists that queries have.
    var coordinates: [Any] { get }
}

extension GeoPoint: Geometry {
    public var coordinates: [Any] { [x, y] }
}

extension Array: Geometry where Element: Geometry {
    public var coordinates: [Any] { map(\.coordinates) }
}
