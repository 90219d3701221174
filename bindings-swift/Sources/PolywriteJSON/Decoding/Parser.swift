/// Takes a JSON text apart; see `JSONTape`. Zeros must follow the text; see `PaddedText`.
struct Parser {
    /// How deep values are nested at most. The core refuses deeper responses before; this protects the stack from others.
    private static let deepest = 641

    private let text: UnsafePointer<UInt8>
    private let count: Int
    private var position = 0
    private var entries: ContiguousArray<JSONTape.Entry> = []

    init(text: UnsafePointer<UInt8>, count: Int) {
        self.text = text
        self.count = count
        // A guess that spares most of the growing: rows have an entry for about twelve bytes.
        entries.reserveCapacity(count / 12 + 4)
    }

    mutating func parse() throws -> ContiguousArray<JSONTape.Entry> {
        try value(depth: 0)
        skipSpace()
        guard position == count else { throw corrupted("something follows the value") }
        return entries
    }

    private mutating func value(depth: Int) throws {
        guard depth < Self.deepest else { throw corrupted("it is nested too deeply") }
        skipSpace()
        switch text[position] {
        case UInt8(ascii: "{"): try object(depth)
        case UInt8(ascii: "["): try array(depth)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .true)
        case UInt8(ascii: "f"): try word("false", .false)
        case UInt8(ascii: "n"): try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): number()
        default: throw corrupted("there is no value")
        }
    }

    private mutating func object(_ depth: Int) throws {
        let index = begin(.object)
        if !ends(with: "}") {
            repeat {
                skipSpace()
                guard text[position] == UInt8(ascii: "\"") else { throw corrupted("there is no key") }
                try string()
                skipSpace()
                guard text[position] == UInt8(ascii: ":") else { throw corrupted("there is no colon") }
                position += 1
                try value(depth: depth + 1)
            } while try goesOn(until: "}")
        }
        entries[index].next = UInt32(entries.count)
    }

    private mutating func array(_ depth: Int) throws {
        let index = begin(.array)
        if !ends(with: "]") {
            repeat { try value(depth: depth + 1) } while try goesOn(until: "]")
        }
        entries[index].next = UInt32(entries.count)
    }

    private mutating func begin(_ kind: JSONTape.Entry.Kind) -> Int {
        add(kind, start: position, length: 0, escaped: false)
        position += 1
        return entries.count - 1
    }

    private mutating func add(_ kind: JSONTape.Entry.Kind, start: Int, length: Int, escaped: Bool) {
        entries.append(
            JSONTape.Entry(
                kind: kind, escaped: escaped, start: UInt32(start), length: UInt32(length),
                next: UInt32(entries.count + 1)))
    }

    /// Whether an empty list or object ends here.
    private mutating func ends(with end: Unicode.Scalar) -> Bool {
        skipSpace()
        guard text[position] == UInt8(ascii: end) else { return false }
        position += 1
        return true
    }

    /// Whether another element follows.
    private mutating func goesOn(until end: Unicode.Scalar) throws -> Bool {
        skipSpace()
        let byte = text[position]
        position += 1
        if byte == UInt8(ascii: ",") { return true }
        guard byte == UInt8(ascii: end) else { throw corrupted("it breaks off") }
        return false
    }

    private mutating func string() throws {
        let start = position + 1
        var escaped = false
        position = start
        while text[position] != UInt8(ascii: "\"") {
            if text[position] == UInt8(ascii: "\\") {
                escaped = true
                position += 1
            }
            guard text[position] >= 0x20 else { throw corrupted("a string breaks off") }
            position += 1
        }
        add(.string, start: start, length: position - start, escaped: escaped)
        position += 1
    }

    private mutating func number() {
        let start = position
        repeat { position += 1 } while Self.isPartOfNumber(text[position])
        add(.number, start: start, length: position - start, escaped: false)
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private mutating func word(_ word: StaticString, _ kind: JSONTape.Entry.Kind) throws {
        for place in 0..<word.utf8CodeUnitCount where text[position + place] != word.utf8Start[place] {
            throw corrupted("there is no value")
        }
        add(kind, start: position, length: word.utf8CodeUnitCount, escaped: false)
        position += word.utf8CodeUnitCount
    }

    private mutating func skipSpace() {
        while text[position] == 0x20 || text[position] == 0x0A || text[position] == 0x0D || text[position] == 0x09 {
            position += 1
        }
    }

    private func corrupted(_ reason: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "\(reason) at byte \(min(position, count))"))
    }
}
