import Foundation
import PolywriteJSON

/// Describes a response that cannot be decoded.
struct DecodingFailure {
    /// Where decoding stopped.
    private let path: [any CodingKey]
    /// What is wrong there, unless the value itself shows it.
    private let problem: String
    /// What should be there.
    private let expected: (Any.Type)?

    /// Why a body cannot be decoded: in which row, in which column, and what came there.
    static func reason(_ error: any Error, in body: @autoclosure () -> JSON?) -> String {
        guard let failure = DecodingFailure(error) else { return "the response cannot be read: \(error)" }
        guard !failure.path.isEmpty else { return "the response \(failure.problem)" }
        let body = body()
        if let row = failure.row(in: body) { return row }
        return "the field `\(text(failure.path[...]))` \(failure.problem)"
    }

    private init?(_ error: any Error) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            (path, problem, expected) = (context.codingPath + [key], "is missing", nil)
        case .valueNotFound(let type, let context):
            (path, problem, expected) = (context.codingPath, "is null", type)
        case .typeMismatch(let type, let context):
            (path, problem, expected) = (context.codingPath, "is not of type \(type)", type)
        case .dataCorrupted(let context):
            path = context.codingPath
            (problem, expected) = (path.isEmpty ? "is not JSON" : "cannot be read", nil)
        default: return nil
        }
    }

    /// The failure as one of a row, where it is in one.
    private func row(in body: JSON?) -> String? {
        var (value, place) = (body, 0)
        while let here = value, place < path.count {
            if let id = here["$id"]?.string, here["$tableId"] != nil, !path[place].stringValue.hasPrefix("$") {
                let column = "the column `\(Self.text(path[place...]))`"
                return "the row `\(id)` does not fit its type: \(column) \(misfit(Self.value(at: path, of: body)))"
            }
            (value, place) = (Self.step(path[place], into: here), place + 1)
        }
        return nil
    }

    /// What came, and what should have.
    private func misfit(_ value: JSON?) -> String {
        guard let expected, let value else { return problem }
        return "is \(Self.kind(of: value)) where \(Self.words(for: expected)) is expected"
    }

    private static func value(at path: [any CodingKey], of body: JSON?) -> JSON? {
        path.reduce(body) { value, key in value.flatMap { step(key, into: $0) } }
    }

    private static func step(_ key: any CodingKey, into value: JSON) -> JSON? {
        if let index = key.intValue { value[index] } else { value[key.stringValue] }
    }

    private static func kind(of value: JSON) -> String {
        switch value {
        case .null: "null"
        case .bool: "true or false"
        case .int: "a whole number"
        case .double, .number: "a number with a fraction"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }

    private static func words(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Int.Type: "a whole number"
        case is Double.Type: "a number"
        case is Bool.Type: "true or false"
        case is Date.Type: "a date"
        case is GeoPoint.Type: "a point"
        case let type as any TableEnum.Type: type.texts
        // The type that decoders name where a container of it is asked for.
        case is [Any].Type: "a list"
        case is [String: Any].Type: "a related row"
        default: "\(type)"
        }
    }

    /// `rows[3].$id`
    private static func text(_ keys: ArraySlice<any CodingKey>) -> String {
        var text = ""
        for key in keys {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text
    }
}
