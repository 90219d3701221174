import Foundation
import PolywriteModels

/// Writes values whose type is only known when the program runs: dictionaries of `Any`, and `Encodable` values.
enum AnyValue {
    static func write(_ value: Any, to text: inout String) throws {
        switch value {
        case let value as any JSONWritable: try value.write(to: &text)
        case let value as any BinaryInteger: text += "\(value)"
        case let value as Float: try Double(value).write(to: &text)
        case is NSNull: text += "null"
        case let value as any OptionalValue:
            guard let wrapped = value.wrapped else {
                text += "null"
                return
            }
            try write(wrapped, to: &text)
        case let value as any Encodable: try encode(value, to: &text)
        case let values as [String: Any]: try write(values, to: &text)
        case let values as [Any]: try write(values, to: &text)
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

    /// Dates become ISO 8601, as the server writes them.
    private static func encode(_ value: any Encodable, to text: inout String) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        do {
            text += String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch EncodingError.invalidValue(let value, let context) {
            let place = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
            throw Refused(place: place, reason: "is \(value), which JSON cannot hold")
        } catch {
            throw Refused(reason: "cannot be encoded: \(error)")
        }
    }
}

/// What an optional holds, whatever its type.
private protocol OptionalValue {
    var wrapped: Any? { get }
}

extension Optional: OptionalValue {
    var wrapped: Any? { map { $0 as Any } }
}
