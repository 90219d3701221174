/// Helpers such as `Query.limit` make strings and cannot throw. What they refuse travels as a string that no server
/// would be sent: the call that it is given to throws the reason.
enum InvalidHelper {
    /// A character that Unicode reserves for a program's own use.
    private static let mark: Unicode.Scalar = "\u{FFFF}"

    static func text(_ reason: String) -> String { String(Character(mark)) + reason }

    /// Whether some JSON text may hold what a helper refused.
    static func mayBe(in json: String) -> Bool { json.unicodeScalars.contains(mark) }

    static func reason(in text: String) -> String? {
        text.unicodeScalars.first == mark ? String(text.unicodeScalars.dropFirst()) : nil
    }
}
