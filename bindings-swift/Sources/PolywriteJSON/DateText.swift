import Foundation

/// Dates as Appwrite keeps them: ISO 8601 in UTC, to the millisecond.
enum DateText {
    /// What years of four digits reach, in seconds.
    private static let range = -62_135_596_800.0..<253_402_300_800.0
    /// Why a date cannot be written.
    static let refusal = "is a date that cannot be written"

    /// The text of a date; nil when there is none.
    static func text(_ date: Date) -> String? {
        // Foundation cuts milliseconds off, and most of them are not exact in a Double.
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        let seconds = (milliseconds / 1000).rounded(.down)
        guard range.contains(seconds) else { return nil }
        let rest = String(Int(milliseconds - seconds * 1000))
        let whole = Date(timeIntervalSince1970: seconds).formatted(.iso8601).dropLast()
        return whole + "." + String(repeating: "0", count: 3 - rest.count) + rest + "Z"
    }

    /// The date of a text: a day alone begins at midnight, and a time without a zone is in UTC. Nil when it is none.
    static func date(_ text: String) -> Date? {
        var reader = DateReader(text.utf8)
        return reader.date()
    }
}

@_spi(SDK) extension Date: JSONWritable {
    public func write(to text: inout String) throws {
        guard let written = DateText.text(self) else { throw Refused(reason: DateText.refusal) }
        text += "\"\(written)\""
    }
}
