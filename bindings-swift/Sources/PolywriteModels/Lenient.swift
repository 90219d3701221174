import PolywriteEnums

// Servers of different ages write some scalars as another kind, such as `"$sequence": 1`. Where that says the same it is
// read, by the rule in docs/errors.md. Models find these because they are closer than the library's; other types, such as
// those of the user's own data, are read as `JSONDecoder` would.
extension KeyedDecodingContainer {
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try either(strict(self, type, key), text(of: key))
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try either(strict(self, type, key), string(key).flatMap { Int($0) ?? number($0).flatMap { Int(exactly: $0) } })
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try either(strict(self, type, key), string(key).flatMap(number))
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try either(strict(self, type, key), (string(key) ?? text(of: key)).flatMap { words[$0] })
    }

    func decodeIfPresent<Value: OpenEnum>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try decodeIfPresent(String.self, forKey: key).map { Value(rawValue: $0) }
    }

    // Absent or null where it must be there is an error of the library's.

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try decodeIfPresent(type, forKey: key) ?? required(self, type, key)
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        try decodeIfPresent(type, forKey: key) ?? required(self, type, key)
    }

    /// A number, true or false as JSON writes it.
    private func text(of key: Key) -> String? {
        if let whole = try? strict(self, Int.self, key) { return String(whole) }
        if let number = try? strict(self, Double.self, key) { return "\(number)" }
        guard let flag = try? strict(self, Bool.self, key) else { return nil }
        return flag ? "true" : "false"
    }

    private func string(_ key: Key) -> String? { (try? strict(self, String.self, key)) ?? nil }
}

private let words = ["true": true, "1": true, "false": false, "0": false]

private func number(_ text: String) -> Double? {
    // Swift would read `nan` and hexadecimal digits too.
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
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

// The library's own methods, which are found through the protocol and not hidden by those above.

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

private func required<Container: KeyedDecodingContainerProtocol>(
    _ container: Container, _ type: String.Type, _ key: Container.Key
) throws -> String { try container.decode(type, forKey: key) }

private func required<Container: KeyedDecodingContainerProtocol>(
    _ container: Container, _ type: Int.Type, _ key: Container.Key
) throws -> Int { try container.decode(type, forKey: key) }
