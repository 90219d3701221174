import PolywriteEnums
import PolywriteJSON

/// A change of one attribute that the server works out, as a value in a row's data.
///
///     data: ["seen": Operator.increment(), "tags": Operator.arrayAppend(["horror"])]
///
/// An operator that cannot be made, such as a division by 0, makes the call that it is given to throw, and so does
/// `text()`.
public struct Operator: Sendable, Hashable {
    private let made: Made

    private init(_ method: String, _ values: [Any]) { made = .helper(method, nil, values) }

    private init(_ method: String, by divisor: any QueryNumber, _ values: [Any]) {
        made = Self.isZero(divisor) ? .refused("\(method): the divisor is 0") : .helper(method, nil, values)
    }

    private static func isZero(_ number: some QueryNumber) -> Bool { number == .zero }

    /// The text for the server: `{"method":"increment","values":[1]}`. Throws an `AppwriteError` of the kind `argument`
    /// for an operator that cannot be made.
    public func text() throws -> String {
        do {
            return try made.text()
        } catch let refused as Refused {
            throw AppwriteError.argument(refused.reason)
        }
    }
}

extension Operator {
    /// Adds to a number, up to `max`.
    public static func increment(_ value: any QueryNumber = 1, max: (any QueryNumber)? = nil) -> Operator {
        Operator("increment", max.map { [value, $0] } ?? [value])
    }

    /// Takes from a number, down to `min`.
    public static func decrement(_ value: any QueryNumber = 1, min: (any QueryNumber)? = nil) -> Operator {
        Operator("decrement", min.map { [value, $0] } ?? [value])
    }

    /// Multiplies a number, up to `max`.
    public static func multiply(_ factor: any QueryNumber, max: (any QueryNumber)? = nil) -> Operator {
        Operator("multiply", max.map { [factor, $0] } ?? [factor])
    }

    /// Divides a number, down to `min`; the divisor must not be 0.
    public static func divide(_ divisor: any QueryNumber, min: (any QueryNumber)? = nil) -> Operator {
        Operator("divide", by: divisor, min.map { [divisor, $0] } ?? [divisor])
    }

    /// Leaves the rest of a division; the divisor must not be 0.
    public static func modulo(_ divisor: any QueryNumber) -> Operator {
        Operator("modulo", by: divisor, [divisor])
    }

    /// Raises a number to a power, up to `max`.
    public static func power(_ exponent: any QueryNumber, max: (any QueryNumber)? = nil) -> Operator {
        Operator("power", max.map { [exponent, $0] } ?? [exponent])
    }

    /// Adds to the end of a list.
    public static func arrayAppend(_ values: [Any]) -> Operator {
        Operator("arrayAppend", values)
    }

    /// Adds to the beginning of a list.
    public static func arrayPrepend(_ values: [Any]) -> Operator {
        Operator("arrayPrepend", values)
    }

    /// Puts a value into a list, before the one at `index`.
    public static func arrayInsert(_ index: Int, value: Any) -> Operator {
        Operator("arrayInsert", [index, value])
    }

    /// Takes a value out of a list.
    public static func arrayRemove(_ value: Any) -> Operator {
        Operator("arrayRemove", [value])
    }

    /// Leaves each value of a list once.
    public static func arrayUnique() -> Operator {
        Operator("arrayUnique", [])
    }

    /// Leaves the values that both lists have.
    public static func arrayIntersect(_ values: [Any]) -> Operator {
        Operator("arrayIntersect", values)
    }

    /// Leaves the values that the other list has not.
    public static func arrayDiff(_ values: [Any]) -> Operator {
        Operator("arrayDiff", values)
    }

    /// Leaves the values that fit a condition.
    public static func arrayFilter(_ condition: Condition, value: Any? = nil) -> Operator {
        Operator("arrayFilter", [condition.rawValue, value ?? JSON.null])
    }

    /// Adds to the end of a text or list.
    public static func stringConcat(_ value: Any) -> Operator {
        Operator("stringConcat", [value])
    }

    /// Replaces a part of a text wherever it stands.
    public static func stringReplace(_ search: String, _ replace: String) -> Operator {
        Operator("stringReplace", [search, replace])
    }

    /// Turns a truth value around.
    public static func toggle() -> Operator {
        Operator("toggle", [])
    }

    /// Moves a date on by days.
    public static func dateAddDays(_ days: Int) -> Operator {
        Operator("dateAddDays", [days])
    }

    /// Moves a date back by days.
    public static func dateSubDays(_ days: Int) -> Operator {
        Operator("dateSubDays", [days])
    }

    /// Sets a date to now.
    public static func dateSetNow() -> Operator {
        Operator("dateSetNow", [])
    }
}

extension Operator: CustomStringConvertible {
    /// The text for the server, or why there is none.
    public var description: String {
        switch made {
        case .text(let text): text
        case .refused(let reason): "Operator that cannot be made: \(reason)"
        }
    }
}

extension Operator: Codable {
    /// As its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch made {
        case .text(let text): try container.encode(text)
        case .refused(let reason):
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: reason))
        }
    }

    public init(from decoder: any Decoder) throws {
        made = .text(try decoder.singleValueContainer().decode(String.self))
    }
}

extension Operator: JSONWritable {
    package func write(to text: inout String) throws { JSONWriter.write(try made.text(), to: &text) }
}
