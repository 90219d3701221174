/// A service whose writes can happen together or not at all.
public protocol TransactionService: AppwriteService {
    /// The operation that begins a transaction.
    static var begins: String { get }
}

extension TransactionService {
    /// Calls `work` with a service whose calls all belong to a transaction, commits, and returns what `work` returned.
    /// When `work` throws or the task is cancelled, nothing is written.
    ///
    ///     let order = try await tablesDB.transaction { tx in
    ///         let book = try await tx.getRow(databaseId: "shop", tableId: "books", rowId: "momo")
    ///         …
    ///     }
    ///
    /// When somebody else has changed a row that `work` changed, or the time of the transaction is over, `work` is called
    /// again after a short wait: so it must be able to run twice. Its service refuses calls that cannot take part in a
    /// transaction, more writes than one takes, and all calls after the end. Reads see rows that were staged before,
    /// but not increments.
    ///
    /// - Parameters:
    ///   - attempts: How often the work is begun at most; a few times by default.
    ///   - ttl: Seconds until the server ends the transaction by itself, 60 to 3600; the server's default without.
    ///   - isolation: The caller's; `work` never leaves it.
    ///   - work: Makes the calls.
    public func transaction<Value: Sendable>(
        attempts: Int? = nil,
        ttl: Int? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ work: (Self) async throws -> Value
    ) async throws -> Value {
        let options = try JSONText {
            try $0.member("attempts", attempts)
            try $0.member("ttl", ttl)
        }
        var open: Int?
        do {
            while true {
                let again = open.map(String.init) ?? "null"
                let begin = "{\"begin\":{\"options\":\(options.object),\"again\":\(again)}}"
                let number = try await step(Self.begins, begin).decode(Int.self)
                open = number
                let service = Self(try client.within(number), options: self.options)
                let value: Value
                do {
                    value = try await work(service)
                    try Task.checkCancellation()
                } catch {
                    let rollBack = "{\"end\":{\"number\":\(number),\"commits\":false}}"
                    if try await finalStep(Self.begins, rollBack).decode(Bool.self) { continue }
                    throw error
                }
                let commit = "{\"end\":{\"number\":\(number),\"commits\":true}}"
                if try await !step(Self.begins, commit).decode(Bool.self) { return value }
            }
        } catch {
            // Cancelled while it was about to begin again, or while it committed, it is still there.
            if let open { await forget(Self.begins, open) }
            throw error
        }
    }
}
