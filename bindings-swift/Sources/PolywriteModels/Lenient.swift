import Foundation
import PolywriteEnums
import PolywriteJSON

// Servers of different ages write some scalars as another kind, such as `"$sequence": 1`. Where that says the same it is
// read, by the rule in docs/errors.md. Models find these because they are closer than the library's; other types, such as
// those of the user's own data, are read as `JSONDecoder` would.
extension KeyedDecodingContainer {
    @_spi(SDK) public func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try either(strict(self, type, key), one(key, text))
    }

    @_spi(SDK) public func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try either(strict(self, type, key), one(key, whole))
    }

    @_spi(SDK) public func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try either(strict(self, type, key), one(key, number))
    }

    @_spi(SDK) public func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try either(strict(self, type, key), one(key, truth))
    }

    @_spi(SDK) public func decodeIfPresent<Value: OpenEnum>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try decodeIfPresent(String.self, forKey: key).map { Value(rawValue: $0) }
    }

    @_spi(SDK) public func decodeIfPresent(_ type: [String].Type, forKey key: Key) throws -> [String]? {
        try either(strict(self, type, key), each(key, text))
    }

    @_spi(SDK) public func decodeIfPresent(_ type: [Int].Type, forKey key: Key) throws -> [Int]? {
        try either(strict(self, type, key), each(key, whole))
    }

    @_spi(SDK) public func decodeIfPresent(_ type: [Double].Type, forKey key: Key) throws -> [Double]? {
        try either(strict(self, type, key), each(key, number))
    }

    @_spi(SDK) public func decodeIfPresent<Value: OpenEnum>(_ type: [Value].Type, forKey key: Key) throws -> [Value]? {
        try decodeIfPresent([String].self, forKey: key)?.map { Value(rawValue: $0) }
    }

    /// What is absent or null has nothing in it, where the user's own data in it allows that.
    @_spi(SDK) public func decode<Value: AppwriteModel>(_ type: Value.Type, forKey key: Key) throws -> Value {
        if let value = try decodeIfPresent(type, forKey: key) { return value }
        if let value = try? BodyDecoder.decode(type, from: Data("{}".utf8)) { return value }
        return try required(self, type, key)
    }

    private func one<Value>(_ key: Key, _ read: (JSON) -> Value?) -> Value? {
        (try? decodeIfPresent(JSON.self, forKey: key)).flatMap(read)
    }

    /// All elements, or nil where one of them cannot be read.
    private func each<Value>(_ key: Key, _ read: (JSON) -> Value?) -> [Value]? {
        guard let elements = (try? decodeIfPresent(JSON.self, forKey: key))?.array else { return nil }
        let values = elements.compactMap(read)
        return values.count == elements.count ? values : nil
    }
}

/// A number, true or false as JSON writes it.
private func text(_ json: JSON) -> String? {
    switch json {
    case .string(let text): text
    case .bool, .int, .double, .number: json.description
    default: nil
    }
}

private func whole(_ json: JSON) -> Int? {
    json.int ?? json.string.flatMap { Int($0) } ?? number(json).flatMap { Int(exactly: $0) }
}

private func number(_ json: JSON) -> Double? {
    guard let text = json.string else { return json.double }
    // Swift would read `nan` and hexadecimal digits too.
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
}

private func truth(_ json: JSON) -> Bool? {
    switch text(json) {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
}

/// What is read as it should be, else what it may be read as, else the error.
private func either<Value>(
    _ strict: @autoclosure () throws -> Value?, _ lenient: @autoclosure () -> Value?
) throws -> Value? {
    do {
        return try strict()
    } catch {
        guard let value = lenient() else { throw error }
        return value
    }
}

// The library's own methods, which are found through the protocol and not hidden by those above. Those of scalars take no
// detour over `init(from:)`.

private func strict<Container: KeyedDecodingContainerProtocol>(
    _ container: Container, _ type: String.Type, _ key: Container.Key
) throws -> String? { try container.decodeIfPresent(type, forKey: key) }

private func strict<Container: KeyedDecodingContainerProtocol>(
    _ container: Container, _ type: Int.Type, _ key: Container.Key
) throws -> Int? { try container.decodeIfPresent(type, forKey: key) }

private func strict<Container: KeyedDecodingContainerProtocol>(
    _ container: Container, _ type: Double.Type, _ key: Container.Key
) throws -> Double? { try container.decodeIfPresent(type, forKey: key) }

private func strict<Container: KeyedDecodingContainerProtocol>(
    _ container: Container, _ type: Bool.Type, _ key: Container.Key
) throws -> Bool? { try container.decodeIfPresent(type, forKey: key) }

private func strict<Container: KeyedDecodingContainerProtocol, Value: Decodable>(
    _ container: Container, _ type: [Value].Type, _ key: Container.Key
) throws -> [Value]? { try container.decodeIfPresent(type, forKey: key) }

private func required<Container: KeyedDecodingContainerProtocol, Value: Decodable>(
    _ container: Container, _ type: Value.Type, _ key: Container.Key
) throws -> Value { try container.decode(type, forKey: key) }
