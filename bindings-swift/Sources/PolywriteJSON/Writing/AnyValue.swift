import Foundation

/// Writes values whose type is only known when the program runs: dictionaries of `Any`, and `Encodable` values.
package enum AnyValue {
    package static func write(_ value: Any, to text: inout String) throws {
        switch value {
        case let value as any JSONWritable: try value.write(to: &text)
        case let value as any BinaryInteger: text += "\(value)"
        case is NSNull: text += "null"
        case let value as any OptionalValue:
            guard let wrapped = value.wrapped else {
                text += "null"
                return
            }
            try write(wrapped, to: &text)
        case let value as any Encodable: try encode(value, to: &text)
        case let value as any RawRepresentable: try write(value.rawValue, to: &text)
        case let values as [String: Any]: try write(values, to: &text)
        case let values as [Any]: try write(values, to: &text)
        case let value as Substring: try String(value).write(to: &text)
        case let value as NSNumber: try write(value, to: &text)
        default: throw Refused(reason: "is a \(Swift.type(of: value)), which is not Encodable")
        }
    }

    private static func write(_ values: [String: Any], to text: inout String) throws {
        text += "{"
        var first = true
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            if !first { text += "," }
            first = false
            JSONWriter.write(key, to: &text)
            text += ":"
            do {
                try write(value, to: &text)
            } catch let refused as Refused {
                throw refused.at(".\(key)")
            }
        }
        text += "}"
    }

    private static func write(_ values: [Any], to text: inout String) throws {
        text += "["
        for (index, value) in values.enumerated() {
            if index > 0 { text += "," }
            do {
                try write(value, to: &text)
            } catch let refused as Refused {
                throw refused.at("[\(index)]")
            }
        }
        text += "]"
    }

    /// `JSONSerialization` reads numbers and truth values as these.
    private static func write(_ value: NSNumber, to text: inout String) throws {
        guard JSONSerialization.isValidJSONObject([value]) else {
            throw Refused(reason: "is \(value), which JSON cannot write")
        }
        let number = try JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
        text += String(decoding: number, as: UTF8.self)
    }

    private static func encode(_ value: any Encodable, to text: inout String) throws {
        do {
            text += String(decoding: try encoder().encode(value), as: UTF8.self)
        } catch EncodingError.invalidValue(let value, let context) {
            let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
            let isNumber = value is any FloatingPoint
            let reason = isNumber ? "is \(value), which JSON cannot write" : context.debugDescription
            throw Refused(place: place, reason: reason)
        } catch {
            throw Refused(reason: "cannot be encoded: \(error)")
        }
    }

    /// An encoder that writes as everything here does.
    package static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom(encode)
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        return encoder
    }

    @Sendable
    private static func encode(_ date: Date, to encoder: any Encoder) throws {
        guard let text = DateText.text(date) else {
            throw EncodingError.invalidValue(
                date, .init(codingPath: encoder.codingPath, debugDescription: DateText.refusal))
        }
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// What an optional holds, whatever its type.
private protocol OptionalValue {
    var wrapped: Any? { get }
}

extension Optional: OptionalValue {
    var wrapped: Any? { map { $0 as Any } }
}
