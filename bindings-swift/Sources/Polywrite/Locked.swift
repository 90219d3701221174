import Foundation

/// A value that many threads use, one at a time.
final class Locked<Value>: @unchecked Sendable {
    // `Mutex` of the standard library needs newer Apple systems than this package does.
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) { self.value = value }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
