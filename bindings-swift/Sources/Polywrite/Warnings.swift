import Foundation
import PolywriteNative

/// Hands warnings to a function of the caller's.
final class WarningHandler: WarningListener {
    private let handler: @Sendable (String) -> Void

    init(_ handler: @escaping @Sendable (String) -> Void) { self.handler = handler }

    func warned(warning: String) { handler(warning) }
}

/// Writes each different warning once to the standard error: the server repeats it with every answer.
final class WarningsOnce: WarningListener {
    private static let told = Locked(Set<String>())
    /// How many different ones are remembered.
    private static let limit = 256

    func warned(warning: String) {
        let isNew = Self.told.withLock { $0.count < Self.limit && $0.insert(warning).inserted }
        if isNew { FileHandle.standardError.write(Data("Appwrite: \(warning)\n".utf8)) }
    }
}
