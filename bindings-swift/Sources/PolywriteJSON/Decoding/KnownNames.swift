/// The wire names of a model's own fields, which are none of the user's data.
package struct KnownNames: Sendable {
    private let names: [[UInt8]]
    private let texts: Set<String>
    /// Of the first letters, a bit for each of the first 64 and the last 64 that ASCII has: most keys fail here.
    private let first: (UInt64, UInt64)

    package init(_ names: [String]) {
        self.names = names.map { Array($0.utf8) }
        texts = Set(names)
        first = names.compactMap(\.utf8.first).reduce(into: (0, 0)) { first, letter in
            if letter < 64 { first.0 |= 1 << UInt64(letter) } else { first.1 |= 1 << UInt64(letter & 63) }
        }
    }

    var count: Int { names.count }

    package func contains(_ name: String) -> Bool { texts.contains(name) }

    /// Whether a key of the text is one of them. No known name needs an escape, and nothing that writes one does.
    func contains(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let letter = key.first, (letter < 64 ? first.0 : first.1) & 1 << UInt64(letter & 63) != 0 else {
            return false
        }
        return names.contains { $0.count == key.count && $0.elementsEqual(key) }
    }
}
