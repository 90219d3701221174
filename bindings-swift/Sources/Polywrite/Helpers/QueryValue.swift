import Foundation
import PolywriteModels

/// A value that attributes are compared with or set to: text, numbers, truth values, dates, JSON, and lists of them.
public protocol QueryValue: Sendable {}

extension String: QueryValue {}
extension Int: QueryValue {}
extension Double: QueryValue {}
extension Bool: QueryValue {}
extension Date: QueryValue {}
extension JSON: QueryValue {}
extension Array: QueryValue where Element: QueryValue {}

/// A number, whole or not.
public protocol QueryNumber: QueryValue {}

extension Int: QueryNumber {}
extension Double: QueryNumber {}

/// Writes queries and operators: `{"method":…,"attribute":…,"values":[…]}`.
struct HelperText {
    private var text: String

    init(_ method: String, _ attribute: String? = nil) {
        text = "{\"method\":\"\(method)\""
        if let attribute {
            text += ",\"attribute\":"
            JSONWriter.write(attribute, to: &text)
        }
        name = method
    }

    private let name: String

    /// The text with these values.
    func values(_ values: [any QueryValue]) -> String {
        var whole = self
        whole.text += ",\"values\":"
        do {
            try AnyValue.write(values, to: &whole.text)
        } catch let refused as Refused {
            return InvalidHelper.text("\(name): the value\(refused.place) \(refused.reason)")
        } catch {
            return InvalidHelper.text("\(name): \(error)")
        }
        return whole.text + "}"
    }

    /// The text with a list's elements as values, or with the one value.
    func spread(_ value: any QueryValue) -> String {
        if case let value as JSON = value, let elements = value.array { return values(elements) }
        if let elements = value as? [any QueryValue] { return values(elements) }
        return values([value])
    }

    /// The text with other queries as values, put in as they are, after some of its own.
    func nested(_ queries: [String], after first: [String] = []) -> String {
        for query in queries {
            if let reason = InvalidHelper.reason(in: query) { return InvalidHelper.text(reason) }
            guard (try? BodyDecoder.decode(JSON.self, from: Data(query.utf8))) != nil else {
                return InvalidHelper.text("\(name): \(query.debugDescription) is no query")
            }
        }
        var own: [String] = []
        for value in first {
            var quoted = ""
            JSONWriter.write(value, to: &quoted)
            own.append(quoted)
        }
        return "\(text),\"values\":[\((own + queries).joined(separator: ","))]}"
    }

    /// The text without values.
    var bare: String { text + "}" }
}

/// Values of several types as one value.
struct Group: QueryValue, JSONWritable {
    private let values: [any QueryValue]

    init(_ values: [any QueryValue]) { self.values = values }

    func write(to text: inout String) throws { try AnyValue.write(values, to: &text) }
}
