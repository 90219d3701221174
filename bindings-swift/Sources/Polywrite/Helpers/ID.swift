import Foundation

/// Makes IDs for rows, files, users and everything else that is named by its creator.
public enum ID {
    /// How many digits of the time say the microseconds of a second.
    private static let microsecondsDigits = 5

    private static let last = Locked(0)

    /// An ID of digits for the time and `padding` random ones, which sorts after all that this process has made.
    static func new(_ padding: Int, timeDigits: Int) -> String {
        let microseconds = nextMicroseconds()
        let random = (0..<padding).map { _ in String(Int.random(in: 0..<16), radix: 16) }
        return digits(microseconds / 1_000_000, count: timeDigits - microsecondsDigits)
            + digits(microseconds % 1_000_000, count: microsecondsDigits) + random.joined()
    }

    private static func digits(_ number: Int, count: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    /// The time, moved on where it has not.
    private static func nextMicroseconds() -> Int {
        last.withLock { last in
            last = Swift.max(last + 1, Int(Date().timeIntervalSince1970 * 1_000_000))
            return last
        }
    }
}
