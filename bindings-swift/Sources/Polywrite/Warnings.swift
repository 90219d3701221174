import Foundation
import PolywriteNative

/// Hands warnings to a function of the caller's, one after the other on a queue of its own: the thread that they come
/// from makes other calls, too.
final class WarningHandler: Listener {
    private let handler: @Sendable (String) -> Void
    private let queue = DispatchQueue(label: "polywrite.warnings")
    private let waiting = Locked(0)
    /// Warnings that wait for a slow handler; what comes beyond them is left out.
    private static let limit = 256

    init(_ handler: @escaping @Sendable (String) -> Void) { self.handler = handler }

    func receive(text: String) {
        let hasRoom = waiting.withLock { waiting in
            guard waiting < Self.limit else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { return }
        queue.async { [handler, waiting] in
            handler(text)
            waiting.withLock { $0 -= 1 }
        }
    }
}

/// Writes warnings to the standard error.
final class WarningWriter: Listener {
    func receive(text: String) { FileHandle.standardError.write(Data("Appwrite: \(text)\n".utf8)) }
}
