import Foundation

/// The values of a list whose order is known, one after another: what comes with every call is not worth the cost of
/// `Decodable`. What has another kind than the one asked for is nil.
package struct ListReader {
    private let tape: JSONTape
    private var place: Int
    private let end: Int

    /// The list that is a member of the object that a text is.
    package init?(_ text: String, member: String) {
        guard let tape = try? JSONTape(PaddedText(copying: Data(text.utf8)), keepsDataApart: false),
            let index = tape.value(of: member, in: 0)
        else { return nil }
        self.init(tape, index)
    }

    private init?(_ tape: JSONTape, _ index: Int) {
        guard tape[index].kind == .array else { return nil }
        (self.tape, place, end) = (tape, index + 1, Int(tape[index].next))
    }

    package var isAtEnd: Bool { place >= end }

    package mutating func string() -> String? { next(.string) { tape, place in tape.string(tape[place]) } }
    package mutating func integer() -> Int? { next(.number) { tape, place in tape.integer(tape[place]) } }
    package mutating func double() -> Double? { next(.number) { tape, place in tape.double(tape[place]) } }
    package mutating func list() -> ListReader? { next(.array) { ListReader($0, $1) } }

    package mutating func value<T: Decodable>(_ type: T.Type) -> T? {
        next(.object) { try? ValueDecoder(tape: $0, index: $1).value(type) }
    }

    private mutating func next<T>(_ kind: JSONTape.Entry.Kind, _ read: (JSONTape, Int) -> T?) -> T? {
        guard !isAtEnd else { return nil }
        defer { place = Int(tape[place].next) }
        return tape[place].kind == kind ? read(tape, place) : nil
    }
}
