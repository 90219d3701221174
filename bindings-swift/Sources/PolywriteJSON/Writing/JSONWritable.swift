/// A value that JSON cannot write: where in the parameter it stands, and why.
package struct Refused: Error {
    package var place = ""
    /// Goes on after the parameter's name, as in `is nan, which JSON cannot write`.
    package let reason: String

    package init(place: String = "", reason: String) { (self.place, self.reason) = (place, reason) }

    /// The same, seen from one level further out.
    package func at(_ step: String) -> Refused { Refused(place: step + place, reason: reason) }
}

/// A type whose values are written as JSON without a detour.
@_spi(SDK) public protocol JSONWritable {
    func write(to text: inout String) throws
}

@_spi(SDK) extension String: JSONWritable {
    public func write(to text: inout String) throws {
        JSONWriter.write(self, to: &text)
    }
}

@_spi(SDK) extension Int: JSONWritable {
    public func write(to text: inout String) throws { text += description }
}

@_spi(SDK) extension Bool: JSONWritable {
    public func write(to text: inout String) throws { text += self ? "true" : "false" }
}

@_spi(SDK) extension Double: JSONWritable {
    public func write(to text: inout String) throws {
        guard isFinite else { throw Refused(reason: "is \(self), which JSON cannot write") }
        // Swift writes 1e+16 and 5e-324, which is JSON; a whole number keeps its `.0`.
        text += description
    }
}

@_spi(SDK) extension Float: JSONWritable {
    public func write(to text: inout String) throws {
        guard isFinite else { throw Refused(reason: "is \(self), which JSON cannot write") }
        text += description
    }
}

@_spi(SDK) extension Array: JSONWritable where Element: JSONWritable {
    public func write(to text: inout String) throws {
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

@_spi(SDK) extension JSON: JSONWritable {
    public func write(to text: inout String) throws {
        switch self {
        case .null: text += "null"
        case .bool(let value): try value.write(to: &text)
        case .int(let value): try value.write(to: &text)
        case .double(let value): try value.write(to: &text)
        case .number(let digits):
            guard JSON.isNumber(digits) else { throw Refused(reason: "is not a number as JSON writes it") }
            text += digits
        case .string(let value): try value.write(to: &text)
        case .array(let values): try values.write(to: &text)
        case .object(let values): try values.write(to: &text)
        }
    }
}

@_spi(SDK) extension Dictionary: JSONWritable where Key == String, Value: JSONWritable {
    public func write(to text: inout String) throws {
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
