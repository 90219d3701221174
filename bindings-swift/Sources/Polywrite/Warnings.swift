import Foundation
import PolywriteNative

/// Hands warnings to a function of the caller's.
final class WarningHandler: Listener {
    private let handler: @Sendable (String) -> Void
    private let deliveries = Deliveries(label: "polywrite.warnings")

    init(_ handler: @escaping @Sendable (String) -> Void) { self.handler = handler }

    func receive(text: String) { deliveries.deliver { [handler] in handler(text) } }
}

/// Writes warnings to the standard error.
final class WarningWriter: Listener {
    func receive(text: String) { FileHandle.standardError.write(Data("Appwrite: \(text)\n".utf8)) }
}
