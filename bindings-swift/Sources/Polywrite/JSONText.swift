import PolywriteEnums
import PolywriteModels

/// Writes parameters as the members of a JSON object, keyed by their wire names.
///
/// Only what is given is written: nil leaves a member out, except where null is a value.
struct JSONText {
    private(set) var members = ""

    /// The members as a whole object.
    var object: String { "{\(members)}" }

    /// Writes a member, or none for nil.
    mutating func member(_ name: String, _ value: (some JSONWritable)?) throws {
        guard let value else { return }
        begin(name)
        try writing(name) { try value.write(to: &$0) }
    }

    /// Writes an enum's value, or none for nil.
    mutating func member(_ name: String, _ value: (some OpenEnum)?) throws {
        try member(name, value?.rawValue)
    }

    /// Writes a list of an enum's values, or none for nil.
    mutating func member(_ name: String, _ values: [some OpenEnum]?) throws {
        try member(name, values?.map(\.rawValue))
    }

    /// Writes a value of any type that JSON can hold, or none for nil.
    mutating func member(_ name: String, any value: Any?) throws {
        guard let value else { return }
        begin(name)
        try writing(name) { try AnyValue.write(value, to: &$0) }
    }

    /// Writes a member that may be null.
    mutating func nullable(_ name: String, _ value: (some JSONWritable)?) throws {
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

    /// Adds the parameter's name to what a value is refused for.
    private mutating func writing(_ name: String, _ body: (inout String) throws -> Void) throws {
        do {
            try body(&members)
        } catch let refused as Refused {
            throw AppwriteError.argument("\(name)\(refused.place) \(refused.reason)")
        }
    }
}

/// A value that JSON cannot hold: where in the parameter it stands, and why.
struct Refused: Error {
    var place = ""
    let reason: String

    /// The same, seen from one level further out.
    func at(_ step: String) -> Refused { Refused(place: step + place, reason: reason) }
}

/// A type whose values are written as JSON without a detour.
protocol JSONWritable {
    func write(to text: inout String) throws
}

extension String: JSONWritable {
    func write(to text: inout String) throws {
        if let reason = InvalidHelper.reason(in: self) { throw Refused(reason: reason) }
        JSONWriter.write(self, to: &text)
    }
}

extension Int: JSONWritable {
    func write(to text: inout String) throws { text += description }
}

extension Bool: JSONWritable {
    func write(to text: inout String) throws { text += self ? "true" : "false" }
}

extension Double: JSONWritable {
    func write(to text: inout String) throws {
        guard isFinite else { throw Refused(reason: "is \(self), which JSON cannot hold") }
        // Swift writes 1e+16 and 5e-324, which is JSON; a whole number keeps its `.0`.
        text += description
    }
}

extension Float: JSONWritable {
    func write(to text: inout String) throws { try Double(self).write(to: &text) }
}

extension Array: JSONWritable where Element: JSONWritable {
    func write(to text: inout String) throws {
        text += "["
        for (index, element) in enumerated() {
            if index > 0 { text += "," }
            do {
                try element.write(to: &text)
            } catch let refused as Refused {
                throw refused.at("[\(index)]")
            }
        }
        text += "]"
    }
}

extension JSON: JSONWritable {
    func write(to text: inout String) throws {
        switch self {
        case .null: text += "null"
        case .bool(let value): try value.write(to: &text)
        case .int(let value): try value.write(to: &text)
        case .double(let value): try value.write(to: &text)
        case .string(let value): try value.write(to: &text)
        case .array(let values): try values.write(to: &text)
        case .object(let values): try values.write(to: &text)
        }
    }
}

extension Dictionary: JSONWritable where Key == String, Value: JSONWritable {
    func write(to text: inout String) throws {
        text += "{"
        var first = true
        // Sorted, because a dictionary's own order changes from run to run.
        for (key, value) in sorted(by: { $0.key < $1.key }) {
            if !first { text += "," }
            first = false
            JSONWriter.write(key, to: &text)
            text += ":"
            do {
                try value.write(to: &text)
            } catch let refused as Refused {
                throw refused.at(".\(key)")
            }
        }
        text += "}"
    }
}

/// Writes strings with the escapes that JSON asks for.
enum JSONWriter {
    static func write(_ string: String, to text: inout String) {
        text += "\""
        if string.utf8.contains(where: needsEscape) {
            for scalar in string.unicodeScalars { escape(scalar, to: &text) }
        } else {
            text += string
        }
        text += "\""
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func escape(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: text.unicodeScalars.append(scalar)
        }
    }
}
