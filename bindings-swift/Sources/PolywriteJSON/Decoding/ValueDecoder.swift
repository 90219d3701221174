import Foundation

/// Decodes one value of a tape.
package struct ValueDecoder: Decoder {
    let tape: JSONTape
    let index: Int

    package var codingPath: [any CodingKey] { tape.path(to: index) }
    package var userInfo: [CodingUserInfoKey: Any] { [:] }

    package func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard tape[index].kind == .object || tape.isEmptyArray(index) else {
            throw tape.mismatch(index, [String: Any].self)
        }
        tape.settle(index)
        return KeyedDecodingContainer(KeyedValues<Key>(tape: tape, index: index))
    }

    package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard tape[index].kind == .array else { throw tape.mismatch(index, [Any].self) }
        return UnkeyedValues(tape: tape, index: index)
    }

    package func singleValueContainer() -> any SingleValueDecodingContainer { self }

    /// Decodes a value of any type. Types that JSON does not have are read as Appwrite and Foundation write them.
    package func value<T: Decodable>(_ type: T.Type) throws -> T {
        if type == JSON.self { return try cast(tape.json(index)) }
        if type == [String: JSON].self { return try cast(members()) }
        if type == Date.self { return try cast(date()) }
        if type == URL.self { return try cast(text(as: URL.self) { URL(string: $0) }) }
        if type == Data.self { return try cast(text(as: Data.self) { Data(base64Encoded: $0) }) }
        if type == Decimal.self { return try cast(decimal()) }
        return try T(from: self)
    }

    /// The member that holds the user's own data, where that is kept apart from a model's fields.
    package func apart(_ key: PathKey) -> ValueDecoder? {
        guard tape.keepsDataApart, tape[index].kind == .object else { return nil }
        tape.settle(index)
        return tape.value(of: key.stringValue, in: index).map { ValueDecoder(tape: tape, index: $0) }
    }

    /// The members of a free-form object, but for those that are `known`.
    package func members(except known: KnownNames? = nil) throws -> [String: JSON] {
        guard tape[index].kind == .object || tape.isEmptyArray(index) else {
            throw tape.mismatch(index, [String: JSON].self)
        }
        return try tape.members(index, except: known)
    }

    /// A date as Appwrite writes it, or any other text of ISO 8601; without a zone it is in UTC.
    private func date() throws -> Date { try text(as: Date.self, DateText.date) }

    private func decimal() throws -> Decimal {
        guard tape[index].kind == .number else { throw tape.mismatch(index, Decimal.self) }
        let number = String(decoding: tape.bytes(tape[index]), as: UTF8.self)
        guard let value = Decimal(string: number) else { throw tape.corrupted(index, "it is not a number") }
        return value
    }

    private func text<T>(as type: T.Type, _ read: (String) -> T?) throws -> T {
        guard tape[index].kind == .string else { throw tape.mismatch(index, type) }
        guard let value = read(tape.string(tape[index])) else {
            throw tape.corrupted(index, "it is not of type \(type)")
        }
        return value
    }

    private func cast<T>(_ value: some Any) throws -> T {
        guard let value = value as? T else { throw tape.mismatch(index, T.self) }
        return value
    }
}

extension ValueDecoder: SingleValueDecodingContainer {
    package func decodeNil() -> Bool { tape[index].kind == .null }

    package func decode(_ type: Bool.Type) throws -> Bool {
        switch tape[index].kind {
        case .true: true
        case .false: false
        default: throw tape.mismatch(index, type)
        }
    }

    package func decode(_ type: String.Type) throws -> String {
        let entry = tape[index]
        guard entry.kind == .string else { throw tape.mismatch(index, type) }
        return tape.string(entry)
    }

    package func decode(_ type: Double.Type) throws -> Double {
        let entry = tape[index]
        guard entry.kind == .number, let value = tape.double(entry) else { throw tape.mismatch(index, type) }
        return value
    }

    package func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

    package func decode(_ type: Int.Type) throws -> Int {
        let entry = tape[index]
        guard entry.kind == .number, let value = tape.integer(entry) else { throw tape.mismatch(index, type) }
        return value
    }

    package func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    package func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    package func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    package func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    package func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    package func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    package func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    package func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    package func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    package func decode<T: Decodable>(_ type: T.Type) throws -> T { try value(type) }

    private func integer<T: FixedWidthInteger>() throws -> T {
        let entry = tape[index]
        guard entry.kind == .number else { throw tape.mismatch(index, T.self) }
        let value =
            tape.integer(entry).flatMap { T(exactly: $0) }
            ?? T(String(decoding: tape.bytes(entry), as: UTF8.self))
        guard let value else { throw tape.mismatch(index, T.self) }
        return value
    }
}
