import Foundation

/// A text with zeros behind its end: the parser stops at them without asking for the end at each byte.
package final class PaddedText {
    /// Zeros that follow the text.
    package static let padding = 8

    let start: UnsafePointer<UInt8>
    let count: Int
    /// What frees the memory; nil when that is this object itself.
    private let owner: AnyObject?

    /// A copy of a text.
    package init(copying text: Data) {
        count = text.count
        owner = nil
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count + Self.padding)
        memory.initialize(repeating: 0, count: text.count + Self.padding)
        text.copyBytes(to: memory, count: text.count)
        start = UnsafePointer(memory)
    }

    /// A text in the memory of `owner`, which has zeros behind it and neither moves nor changes as long as `owner` lives.
    package init(_ text: UnsafeRawBufferPointer, ownedBy owner: AnyObject) {
        guard let base = text.baseAddress else { preconditionFailure("the text has no memory") }
        start = base.assumingMemoryBound(to: UInt8.self)
        count = text.count
        self.owner = owner
        let padding = UnsafeBufferPointer(start: start + count, count: Self.padding)
        precondition(padding.allSatisfy { $0 == 0 }, "zeros must follow the text")
    }

    deinit {
        if owner == nil { start.deallocate() }
    }
}
