/// A JSON text, parsed once: an entry for every value and key, in the order of the text.
///
/// Decoders are indices into it, so decoding copies only the strings that it keeps.
/// Foundation's decoder makes a dictionary of every object instead, and for rows it would do so twice.
package final class JSONTape {
    /// What stands at a place of the text.
    struct Entry {
        enum Kind: UInt8 { case null, `true`, `false`, number, string, array, object }

        /// Of a key that is passed over, because the same one comes later, `null`.
        var kind: Kind
        /// A string with a backslash in it. Of an object: whether `settle` has seen it.
        var escaped = false
        /// Where its text begins; of a string after the quote.
        let start: UInt32
        /// Length of its text in bytes, without quotes. Of lists and objects the place where the last path went on, or 0.
        var length: UInt32 = 0
        /// The entry after this one and all that it contains.
        var next: UInt32
        /// Of an object: where the last key was found, because the next one asked for mostly follows it. Of a list: how
        /// many elements stand before the place where the last path went on.
        var hint: UInt32 = 0
    }

    private let text: PaddedText
    private let entries: UnsafeMutableBufferPointer<Entry>
    /// How many members and elements `path` has walked over, for tests.
    private(set) var steps = 0
    /// Whether a member `data` holds the user's own data.
    let keepsDataApart: Bool

    /// Takes a text apart.
    init(_ text: PaddedText, keepsDataApart: Bool) throws {
        guard text.count < Int(UInt32.max) - PaddedText.padding else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "it is larger than 4 GiB"))
        }
        var parser = Parser(text: text.start, count: text.count)
        let found = try parser.parse()
        self.text = text
        self.keepsDataApart = keepsDataApart
        entries = .allocate(capacity: found.count)
        _ = entries.initialize(from: found)
    }

    deinit { entries.deallocate() }

    /// How many entries there are.
    var count: Int { entries.count }

    subscript(index: Int) -> Entry { entries[index] }

    /// The text of an entry.
    func bytes(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text.start + Int(entry.start), count: Int(entry.length))
    }

    /// Passes over all but the last of keys that come twice in an object: the last value counts, as in other languages.
    func settle(_ object: Int) {
        guard entries[object].kind == .object, !entries[object].escaped else { return }
        entries[object].escaped = true
        let end = Int(entries[object].next)
        var (place, count, seen) = (object + 1, 0, UInt64(0))
        while place < end {
            let key = entries[place]
            count += 1
            // A search for each of many keys would take too long.
            guard !key.escaped, count <= 64 else { return settleAll(object) }
            let letters = text.start + Int(key.start)
            let ends = key.length == 0 ? 0 : UInt64(letters[0]) &+ 7 &* UInt64(letters[Int(key.length) - 1])
            let bit: UInt64 = 1 << ((ends &+ 3 &* UInt64(key.length)) & 63)
            if seen & bit != 0, let twin = search(bytes(key), from: object + 1, to: place) {
                entries[twin].kind = .null
            }
            seen |= bit
            place = Int(entries[place + 1].next)
        }
    }

    private func settleAll(_ object: Int) {
        var last: [String: Int] = [:]
        var place = object + 1
        while place < Int(entries[object].next) {
            if let twin = last.updateValue(place, forKey: string(entries[place])) { entries[twin].kind = .null }
            place = Int(entries[place + 1].next)
        }
    }

    /// The value of a key in an object, or nil. The search begins where the last one ended.
    func value(of key: String, in object: Int) -> Int? {
        let (first, end) = (object + 1, Int(entries[object].next))
        let start = max(Int(entries[object].hint), first)
        var key = key
        return key.withUTF8 { key in
            let found = search(key, from: start, to: end) ?? search(key, from: first, to: start)
            if let found { entries[object].hint = entries[found + 1].next }
            return found.map { $0 + 1 }
        }
    }

    private func search(_ key: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int? {
        var place = start
        while place < end {
            let entry = entries[place]
            if entry.kind == .null {
                // Passed over.
            } else if entry.escaped ? string(entry) == String(decoding: key, as: UTF8.self) : same(entry, key) {
                return place
            }
            place = Int(entries[place + 1].next)
        }
        return nil
    }

    private func same(_ entry: Entry, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        guard Int(entry.length) == key.count else { return false }
        let letters = text.start + Int(entry.start)
        for place in 0..<key.count where letters[place] != key[place] { return false }
        return true
    }

    /// The way from the outside to an entry, for errors. The search begins where the last one ended: a list whose elements
    /// all fail, and whose errors are caught, is walked once.
    func path(to target: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var container = 0
        while container != target, let step = step(from: container, to: target) {
            path.append(step.key)
            container = step.value
        }
        return path
    }

    /// The member or element of a container that is the target or has it in it.
    private func step(from container: Int, to target: Int) -> (key: PathKey, value: Int)? {
        let (isObject, end) = (entries[container].kind == .object, Int(entries[container].next))
        guard isObject || entries[container].kind == .array else { return nil }
        let last = Int(entries[container].length)
        var (place, index) = (container + 1, 0)
        if last > 0, last <= target { (place, index) = (last, isObject ? 0 : Int(entries[container].hint)) }
        while place < end {
            let value = isObject ? place + 1 : place
            if target < Int(entries[value].next) {
                entries[container].length = UInt32(place)
                if !isObject { entries[container].hint = UInt32(index) }
                return (isObject ? PathKey(string(entries[place])) : PathKey(index), value)
            }
            place = Int(entries[value].next)
            index += 1
            steps += 1
        }
        return nil
    }
}

/// A step on the way to a value.
package struct PathKey: CodingKey {
    package let stringValue: String
    package let intValue: Int?

    package init(_ name: String) { (stringValue, intValue) = (name, nil) }
    init(_ index: Int) { (stringValue, intValue) = ("\(index)", index) }
    package init?(stringValue: String) { self.init(stringValue) }
    package init?(intValue: Int) { self.init(intValue) }
}
