import Foundation

/// Reads a date of ISO 8601 from left to right: `2026-01-02`, `2026-01-02T03:04:05.678+00:00` and what lies between.
struct DateReader {
    private var rest: Substring.UTF8View

    init(_ text: String.UTF8View) { rest = text[...] }

    mutating func date() -> Date? {
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
            (1...12).contains(month), day >= 1, day <= Self.days(month, year)
        else { return nil }
        var seconds = Double(Self.daysSince1970(year, month, day) * 86400)
        if take("T") || take("t") || take(" ") {
            guard let time = time(), let offset = offset() else { return nil }
            seconds += time - offset
        }
        return rest.isEmpty ? Date(timeIntervalSince1970: seconds) : nil
    }

    /// Seconds since midnight. A leap second is the first one of the next minute.
    private mutating func time() -> Double? {
        guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else { return nil }
        let whole = Double(hour * 3600 + minute * 60)
        guard take(":") else { return whole }
        guard let second = number(2), second <= 60 else { return nil }
        guard take(".") || take(",") else { return whole + Double(second) }
        let digits = rest.prefix { Self.isDigit($0) }
        guard !digits.isEmpty, let fraction = Double("0.\(Substring(digits))") else { return nil }
        rest.removeFirst(digits.count)
        return whole + Double(second) + fraction
    }

    /// Seconds that the zone is before UTC; none without a zone.
    private mutating func offset() -> Double? {
        if rest.isEmpty || take("Z") || take("z") { return 0 }
        let sign: Double
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(2), hours < 24 else { return nil }
        if rest.isEmpty { return sign * Double(hours * 3600) }
        _ = take(":")
        guard let minutes = number(2), minutes < 60 else { return nil }
        return sign * Double(hours * 3600 + minutes * 60)
    }

    private mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: letter) else { return false }
        rest.removeFirst()
        return true
    }

    /// A number of exactly so many digits.
    private mutating func number(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = rest.first, Self.isDigit(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
            rest.removeFirst()
        }
        return value
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 on, negative before it.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Leap days of all the years before this one; the year 0 was one itself.
        let past = year - 1
        let leaps = year == 0 ? 0 : past / 4 - past / 100 + past / 400 + 1
        let months = (1..<month).reduce(0) { $0 + days($1, year) }
        return year * 365 + leaps + months + day - 1 - 719_528
    }
}
