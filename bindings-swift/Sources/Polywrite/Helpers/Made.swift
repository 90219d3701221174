import Foundation
import PolywriteJSON
import PolywriteNative

/// What a helper made: a text for the server, or why there is none. Helpers cannot throw, so the call that is given one
/// does.
enum Made: Sendable, Hashable {
    case text(String)
    /// Goes on after the place where the helper stands: `equal: the value[0] is inf, which JSON cannot write`.
    case refused(String)

    func text() throws -> String {
        switch self {
        case .text(let text): return text
        case .refused(let reason): throw Refused(reason: reason)
        }
    }

    /// `{"method":…,"attribute":…,"values":[…]}`; what is nil is left out.
    static func helper(_ method: String, _ attribute: String?, _ values: [Any]?) -> Made {
        var text = head(method, attribute)
        if let values {
            do {
                text += ",\"values\":\(try list(values))"
            } catch let refused as Refused {
                return .refused("\(method): the value\(refused.place) \(refused.reason)")
            } catch {
                return .refused("\(method): \(AppwriteError.of(error).message)")
            }
        }
        return .text(text + "}")
    }

    /// The values as a JSON list.
    private static func list(_ values: [Any]) throws -> String {
        var list: [String] = []
        for (index, value) in values.enumerated() {
            var text = ""
            do {
                try AnyValue.write(value, to: &text)
            } catch let refused as Refused {
                throw refused.at("[\(index)]")
            }
            if mayLose(value) {
                _ = try Question(lossless: "values[\(index)]").ask(about: Data(text.utf8))
            }
            list.append(text)
        }
        return "[\(list.joined(separator: ","))]"
    }

    /// Whether the server may read a value differently. Most values are of types that it always reads as they are.
    private static func mayLose(_ value: Any) -> Bool {
        !(value is String || value is Int || value is Bool || value is Double)
    }

    /// The same with other queries as values, put in as they are, after some of its own.
    static func helper(
        _ method: String, _ attribute: String?, nested queries: [any QueryConvertible], after first: [String]
    ) -> Made {
        var values: [String] = []
        for value in first {
            var quoted = ""
            JSONWriter.write(value, to: &quoted)
            values.append(quoted)
        }
        for (index, query) in queries.enumerated() {
            switch query.query.made {
            case .refused(let reason): return .refused(reason)
            case .text(let text):
                guard (try? BodyDecoder.decode(JSON.self, from: Data(text.utf8)))?.object != nil else {
                    return .refused("\(method): the query[\(index)] is not a JSON object")
                }
                values.append(text)
            }
        }
        return .text("\(head(method, attribute)),\"values\":[\(values.joined(separator: ","))]}")
    }

    /// Why a helper makes nothing of its arguments; nil where it does.
    static func refusal(
        _ method: String, nonzero: KeyValuePairs<String, any QueryNumber> = [:],
        atLeast1: KeyValuePairs<String, Int> = [:]
    ) -> String? {
        for (name, value) in nonzero where value.equalsZero { return "\(method): the \(name) is 0" }
        for (name, value) in atLeast1 where value < 1 {
            return "\(method): the \(name) is \(value), and must be at least 1"
        }
        return nil
    }

    /// The text as a list, empty where it is.
    static func given(_ text: String) -> [String] { text.isEmpty ? [] : [text] }

    /// The number as a list, empty where there is none.
    static func given(_ number: (any QueryNumber)?) -> [Any] { number.map { [$0] } ?? [] }

    /// The text as a list, nil where it is empty.
    static func optional(_ text: String) -> [Any]? { text.isEmpty ? nil : [text] }

    private static func head(_ method: String, _ attribute: String?) -> String {
        var text = "{\"method\":\"\(method)\""
        if let attribute {
            text += ",\"attribute\":"
            JSONWriter.write(attribute, to: &text)
        }
        return text
    }
}

extension QueryNumber {
    fileprivate var equalsZero: Bool { self == .zero }
}
