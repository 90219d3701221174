@_spi(SDK) import PolywriteJSON

/// A change of one attribute that the server works out, as a value in a row's data.
///
///     data: ["seen": Operator.increment(), "tags": Operator.arrayAppend(["horror"])]
///
/// An operator that cannot be made, such as a division by 0, makes the call that it is given to throw, and so does
/// `text()`.
public struct Operator: Sendable, Hashable {
    private let made: Made

    init(_ method: String, _ values: [Any]) { made = .helper(method, nil, values) }

    init(refused reason: String) { made = .refused(reason) }

    /// The text for the server: `{"method":"increment","values":[1]}`. Throws an `AppwriteError` of the kind `argument`
    /// for an operator that cannot be made.
    public func text() throws -> String {
        do {
            return try made.text()
        } catch let refused as Refused {
            throw AppwriteError.argument(refused.reason)
        }
    }
}

extension Operator: CustomStringConvertible {
    /// The text for the server, or why there is none.
    public var description: String {
        switch made {
        case .text(let text): text
        case .refused(let reason): "Operator that cannot be made: \(reason)"
        }
    }
}

extension Operator: Codable {
    /// As its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch made {
        case .text(let text): try container.encode(text)
        case .refused(let reason):
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: reason))
        }
    }

    public init(from decoder: any Decoder) throws {
        made = .text(try decoder.singleValueContainer().decode(String.self))
    }
}

@_spi(SDK) extension Operator: JSONWritable {
    public func write(to text: inout String) throws { JSONWriter.write(try made.text(), to: &text) }
}
