/// Strings, numbers and JSON from entries.
extension JSONTape {
    /// The string without its escapes. Bytes that are not UTF-8 are replaced.
    func string(_ entry: Entry) -> String {
        let bytes = bytes(entry)
        return entry.escaped ? Unescaping.string(bytes) : String(decoding: bytes, as: UTF8.self)
    }

    /// The number, if it is whole and fits: all 64 bits stay exact.
    func integer(_ entry: Entry) -> Int? {
        let bytes = bytes(entry)
        let negative = bytes[0] == UInt8(ascii: "-")
        var value = 0
        guard bytes.count > (negative ? 1 : 0) else { return nil }
        for byte in bytes.dropFirst(negative ? 1 : 0) {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return wholeDouble(entry) }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            // Downwards, because the smallest number has no positive counterpart.
            let (next, overflowToo) = tens.subtractingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !overflow, !overflowToo else { return nil }
            value = next
        }
        if negative { return value }
        return value == .min ? nil : -value
    }

    /// `2.0` and `1e3` are whole.
    private func wholeDouble(_ entry: Entry) -> Int? { double(entry).flatMap { Int(exactly: $0) } }

    /// The number; nil when it is none.
    func double(_ entry: Entry) -> Double? {
        let bytes = bytes(entry)
        let negative = bytes[0] == UInt8(ascii: "-")
        var (digits, fraction, count, seenPoint) = (0, 0, 0, false)
        for byte in bytes.dropFirst(negative ? 1 : 0) {
            if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), count < 15 {
                digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
                count += 1
                fraction += seenPoint ? 1 : 0
            } else {
                // An exponent, or more digits than are exact this way. What is too large for a Double is not one.
                return Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
            }
        }
        guard count > 0 else { return nil }
        // Up to 15 digits and powers of ten are exact, so that one division rounds correctly.
        let value = Double(digits) / Self.powersOfTen[fraction]
        return negative ? -value : value
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    /// The value as `JSON`.
    func json(_ index: Int) throws -> JSON {
        let entry = self[index]
        switch entry.kind {
        case .null: return .null
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .string: return .string(string(entry))
        case .number:
            let isWhole = bytes(entry).allSatisfy { $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") }
            if isWhole, let value = integer(entry) { return .int(value) }
            if !isWhole, let value = double(entry) { return .double(value) }
            let digits = String(decoding: bytes(entry), as: UTF8.self)
            guard JSON.isNumber(digits) else { throw corrupted(index, "it is not a number") }
            return .number(digits)
        case .array:
            var values: [JSON] = []
            values.reserveCapacity(count(of: index))
            var place = index + 1
            while place < Int(entry.next) {
                values.append(try json(place))
                place = Int(self[place].next)
            }
            return .array(values)
        case .object: return .object(try members(index))
        }
    }

    /// The members of an object, but for those that are `known`; the server writes an empty object as an empty list.
    func members(_ index: Int, except known: KnownNames? = nil) throws -> [String: JSON] {
        var members = [String: JSON](minimumCapacity: max(0, count(of: index) - (known?.count ?? 0)))
        var place = index + 1
        while place < Int(self[index].next) {
            let key = self[place]
            if known?.contains(bytes(key)) != true { members[string(key)] = try json(place + 1) }
            place = Int(self[place + 1].next)
        }
        return members
    }

    /// How many elements or members a list or object has.
    private func count(of index: Int) -> Int {
        let step = self[index].kind == .object ? 1 : 0
        var (place, count) = (index + 1, 0)
        while place < Int(self[index].next) {
            place = Int(self[place + step].next)
            count += 1
        }
        return count
    }

    func isEmptyArray(_ index: Int) -> Bool { self[index].kind == .array && Int(self[index].next) == index + 1 }

    func corrupted(_ index: Int, _ reason: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: path(to: index), debugDescription: reason))
    }

    func mismatch(_ index: Int, _ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(codingPath: path(to: index), debugDescription: "found \(self[index].kind)")
        return self[index].kind == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }
}

/// Strings with backslashes.
private enum Unescaping {
    static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count else {
                units.append(bytes[place])
                place += 1
                continue
            }
            let letter = bytes[place + 1]
            place += 2
            switch letter {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "u"): units += scalar(bytes, &place)
            default: units.append(letter)
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// The letter of four hexadecimal digits, or of twice four for one outside of the basic plane.
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> [UInt8] {
        guard let first = unit(bytes, place) else { return replacement }
        place += 4
        if UTF16.isLeadSurrogate(first), place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u"), let second = unit(bytes, place + 2), UTF16.isTrailSurrogate(second)
        {
            place += 6
            return Array(String(decoding: [first, second], as: UTF16.self).utf8)
        }
        return Array(String(decoding: [first], as: UTF16.self).utf8)
    }

    private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt16? {
        guard place + 4 <= bytes.count else { return nil }
        return UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
}
