import Foundation

/// What becomes of a column: a new value, or what the server makes of the one that is there.
///
///     MovieChanges(title: .to("New"), year: .increment(1), plot: .null)
///
/// `Operator` says what each operator does.
public enum ColumnChange<Value: Encodable & Sendable>: Encodable, Sendable {
    /// This value.
    case to(Value)
    /// What the operator makes of the value that is there.
    case by(Operator)

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .to(let value):
            // A single value, so that the encoder's own way to write dates is asked.
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .by(let change): try change.encode(to: encoder)
        }
    }
}

/// A column that may be null, for `ColumnChange.null`.
public protocol NullableColumn: ExpressibleByNilLiteral {}

extension Optional: NullableColumn {}

extension ColumnChange where Value: NullableColumn {
    /// Null.
    public static var null: Self { .to(nil) }
}

/// A column of numbers, null or not.
public protocol NumberColumn {
    associatedtype Number: QueryNumber
}

extension Int: NumberColumn { public typealias Number = Int }
extension Double: NumberColumn { public typealias Number = Double }
extension Optional: NumberColumn where Wrapped: NumberColumn { public typealias Number = Wrapped.Number }

extension ColumnChange where Value: NumberColumn {
    /// Adds to the number, up to a maximum if one is given.
    public static func increment(_ value: Value.Number = 1, max: Value.Number? = nil) -> Self {
        .by(.increment(value, max: max))
    }

    /// Takes from the number, down to a minimum if one is given.
    public static func decrement(_ value: Value.Number = 1, min: Value.Number? = nil) -> Self {
        .by(.decrement(value, min: min))
    }

    /// Multiplies the number, up to a maximum if one is given.
    public static func multiply(_ factor: Value.Number, max: Value.Number? = nil) -> Self {
        .by(.multiply(factor, max: max))
    }

    /// Divides the number, down to a minimum if one is given.
    public static func divide(_ divisor: Value.Number, min: Value.Number? = nil) -> Self {
        .by(.divide(divisor, min: min))
    }

    /// Leaves the remainder of a division.
    public static func modulo(_ divisor: Value.Number) -> Self { .by(.modulo(divisor)) }

    /// Raises the number to a power, up to a maximum if one is given.
    public static func power(_ exponent: Value.Number, max: Value.Number? = nil) -> Self {
        .by(.power(exponent, max: max))
    }
}

/// A column of truth values, null or not.
public protocol BoolColumn {}

extension Bool: BoolColumn {}
extension Optional: BoolColumn where Wrapped: BoolColumn {}

extension ColumnChange where Value: BoolColumn {
    /// Turns true into false and false into true.
    public static var toggle: Self { .by(.toggle()) }
}

/// A column of texts, null or not.
public protocol TextColumn {}

extension String: TextColumn {}
extension Optional: TextColumn where Wrapped: TextColumn {}

extension ColumnChange where Value: TextColumn {
    /// Adds to the end of the text.
    public static func concat(_ text: String) -> Self { .by(.stringConcat(text)) }

    /// Replaces every occurrence of a text within the text.
    public static func replace(_ search: String, with replacement: String) -> Self {
        .by(.stringReplace(search, replacement))
    }
}

/// A column of dates, null or not.
public protocol DateColumn {}

extension Date: DateColumn {}
extension Optional: DateColumn where Wrapped: DateColumn {}

extension ColumnChange where Value: DateColumn {
    /// Moves the date forward by days.
    public static func addDays(_ days: Int) -> Self { .by(.dateAddDays(days)) }

    /// Moves the date back by days.
    public static func subDays(_ days: Int) -> Self { .by(.dateSubDays(days)) }

    /// The server's time.
    public static var now: Self { .by(.dateSetNow()) }
}

/// A column of lists.
public protocol ListColumn {
    associatedtype Element
}

extension Array: ListColumn {}

extension ColumnChange where Value: ListColumn, Value.Element: ColumnValue {
    /// Adds elements at the end of the list.
    public static func append(_ values: [Value.Element]) -> Self { .by(.arrayAppend(values)) }

    /// Adds elements at the beginning of the list.
    public static func prepend(_ values: [Value.Element]) -> Self { .by(.arrayPrepend(values)) }

    /// Puts an element into the list at an index, counted from 0.
    public static func insert(_ value: Value.Element, at index: Int) -> Self { .by(.arrayInsert(index, value: value)) }

    /// Takes an element out of the list.
    public static func remove(_ value: Value.Element) -> Self { .by(.arrayRemove(value)) }

    /// Keeps the first of equal elements of the list.
    public static var unique: Self { .by(.arrayUnique()) }

    /// Keeps what the list shares with these values.
    public static func intersect(_ values: [Value.Element]) -> Self { .by(.arrayIntersect(values)) }

    /// Takes these values out of the list.
    public static func diff(_ values: [Value.Element]) -> Self { .by(.arrayDiff(values)) }
}
