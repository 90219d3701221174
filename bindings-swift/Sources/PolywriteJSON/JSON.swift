/// Any JSON value. Integers keep all 64 bits, and numbers that no type of Swift holds keep their digits.
///
/// Literals make one: `let data: JSON = ["title": "Alien", "year": 1979]`. Its description is JSON text.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    /// A number that neither `Int` nor `Double` holds, as it is written: `18446744073709551615`, `1e400`.
    case number(String)
    case string(String)
    case array([JSON])
    case object([String: JSON])
}

/// The name that this type has in Appwrite's own SDK.
public typealias AnyCodable = JSON

extension JSON {
    /// The text, if it is one.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The whole number, if it is one that an `Int` holds.
    public var int: Int? {
        if case .int(let value) = self { value } else { nil }
    }

    /// The number, whole or not, if it is one; the nearest that a `Double` holds.
    public var double: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        case .number(let digits): Double(digits)
        default: nil
        }
    }

    /// The truth value, if it is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The list, if it is one.
    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The object, if it is one.
    public var object: [String: JSON]? {
        if case .object(let value) = self { value } else { nil }
    }

    /// Whether it is null.
    public var isNull: Bool { self == .null }

    /// The value as Swift's own types: `String`, `Int`, `Double`, `Bool`, `[Any]`, `[String: Any]`, or nil. A number that
    /// none of them holds is a `Decimal` where that holds it, else its digits.
    public var value: Any? {
        switch self {
        case .null: nil
        case .bool(let value): value
        case .int(let value): value
        case .double(let value): value
        case .number(let digits): JSON.decimal(digits) ?? digits
        case .string(let value): value
        case .array(let values): values.map { $0.value }
        case .object(let values): values.mapValues { $0.value }
        }
    }

    /// A member of an object; nil where there is none.
    public subscript(key: String) -> JSON? { object?[key] }

    /// An element of a list; nil where there is none.
    public subscript(index: Int) -> JSON? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

extension JSON: CustomStringConvertible, CustomDebugStringConvertible {
    /// JSON text, keys in order.
    public var description: String {
        var text = ""
        do {
            try write(to: &text)
        } catch {
            // A Double that is not finite, which only a program can have put there.
            return "JSON with a number that JSON cannot hold"
        }
        return text
    }

    public var debugDescription: String { description }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// Of a key that comes twice the last value counts.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
