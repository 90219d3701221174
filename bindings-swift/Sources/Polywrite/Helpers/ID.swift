import Foundation

/// Makes IDs for rows, files, users and everything else that is named by its creator.
public enum ID {
    /// A new ID of hexadecimal digits: 13 for the time, then `padding` at random.
    ///
    /// IDs of one process never repeat and sort in the order of their making.
    public static func unique(padding: Int = 7) -> String {
        let microseconds = nextMicroseconds()
        let seconds = String(microseconds / 1_000_000, radix: 16)
        let rest = String(microseconds % 1_000_000, radix: 16)
        let digits = (0..<max(0, padding)).map { _ in String(Int.random(in: 0..<16), radix: 16) }
        return seconds + String(repeating: "0", count: max(0, 5 - rest.count)) + rest + digits.joined()
    }

    /// An ID of your own, as it is.
    public static func custom(_ id: String) -> String { id }

    private static let last = Locked(0)

    /// The time, moved on where it has not.
    private static func nextMicroseconds() -> Int {
        last.withLock { last in
            last = Swift.max(last + 1, Int(Date().timeIntervalSince1970 * 1_000_000))
            return last
        }
    }
}
