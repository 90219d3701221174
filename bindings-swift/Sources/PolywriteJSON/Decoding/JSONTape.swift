/// A JSON text, taken apart once: an entry for every value and key, in the order of the text.
///
/// Everything that decodes an answer is a place in it, so decoding copies nothing but the strings that it keeps.
/// Foundation's decoder makes a dictionary of every object instead, and for rows it would do so twice.
package final class JSONTape {
    /// What stands at a place of the text.
    struct Entry {
        enum Kind: UInt8 { case null, `true`, `false`, number, string, array, object }

        let kind: Kind
        /// A string with a backslash in it.
        var escaped = false
        /// Where its text begins; of a string after the quote.
        let start: UInt32
        /// Length of its text in bytes, without quotes. Of lists and objects 0.
        var length: UInt32 = 0
        /// The entry after this one and all that it contains.
        var next: UInt32
        /// Of an object: where the last key was found, because the next one asked for mostly follows it.
        var hint: UInt32 = 0
    }

    private let text: PaddedText
    private let entries: UnsafeMutableBufferPointer<Entry>
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

    subscript(index: Int) -> Entry { entries[index] }

    /// The text of an entry.
    func bytes(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text.start + Int(entry.start), count: Int(entry.length))
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
            if entry.escaped ? string(entry) == String(decoding: key, as: UTF8.self) : same(entry, key) { return place }
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

    /// The way from the outside to an entry, for errors.
    func path(to target: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var container = 0
        while container != target {
            let isObject = entries[container].kind == .object
            var (place, index) = (container + 1, 0)
            while place < Int(entries[container].next) {
                let value = isObject ? place + 1 : place
                if target < Int(entries[value].next) {
                    path.append(isObject ? PathKey(string(entries[place])) : PathKey(index))
                    container = value
                    break
                }
                place = Int(entries[value].next)
                index += 1
            }
            if place >= Int(entries[container].next) && container != target { break }
        }
        return path
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
