import PolywriteJSON

/// How far a bulk write is.
public struct BulkProgress: Sendable, Hashable, Decodable {
    /// Rows that were taken from the source.
    public let taken: Int
    /// Rows that were written.
    public let written: Int
    /// Rows that could not be written.
    public let failed: Int
}

/// A row that was not written.
public struct BulkFailure: Sendable, Decodable {
    /// Its place among all rows, from 0.
    public let index: Int
    /// Its ID, where it could be read or made.
    public let id: String?
    /// Why.
    public let error: AppwriteError
}

/// What became of the rows: each one that was taken was written, or is among the failures.
public struct BulkReport: Sendable, Decodable {
    /// Rows that were written.
    public let written: Int
    /// Rows that were not, in the order of the source.
    public let failures: [BulkFailure]
    /// Whether the write ended before the source did: at the first failure where that was asked for, or at an error that
    /// every further call would have met too, such as a missing scope.
    public let stopped: Bool
}

extension AppwriteService {
    /// Does a bulk write by an operation, with rows of a sequence; `write` writes the parameters of its calls.
    @_spi(SDK) public func bulk<Rows: Sequence>(
        _ name: String,
        by operation: String,
        _ rows: Rows,
        _ options: (limit: Int?, concurrency: Int?, stopOnError: Bool),
        _ onProgress: ((BulkProgress) -> Void)?,
        isolation: isolated (any Actor)? = #isolation,
        _ write: (inout JSONText) throws -> Void
    ) async throws -> BulkReport {
        let opened = try await open(name, operation, options, JSONText(write))
        let bulk = BulkWrite(self, operation, opened, onProgress)
        do {
            for row in rows {
                guard try await bulk.take(row) else { break }
            }
            return try await bulk.finish()
        } catch {
            await bulk.forget()
            throw error
        }
    }

    /// The same with rows of an asynchronous sequence.
    @_spi(SDK) public func bulk<Rows: AsyncSequence>(
        _ name: String,
        by operation: String,
        _ rows: Rows,
        _ options: (limit: Int?, concurrency: Int?, stopOnError: Bool),
        _ onProgress: ((BulkProgress) -> Void)?,
        isolation: isolated (any Actor)? = #isolation,
        _ write: (inout JSONText) throws -> Void
    ) async throws -> BulkReport {
        let opened = try await open(name, operation, options, JSONText(write))
        let bulk = BulkWrite(self, operation, opened, onProgress)
        do {
            for try await row in rows {
                guard try await bulk.take(row) else { break }
            }
            return try await bulk.finish()
        } catch {
            await bulk.forget()
            throw error
        }
    }

    /// Opens a bulk write.
    private func open(
        _ name: String, _ operation: String, _ options: BulkWrite.Options, _ parameters: JSONText
    ) async throws -> BulkWrite.Opened {
        let record = try JSONText {
            try $0.member("limit", options.limit)
            try $0.member("concurrency", options.concurrency)
            try $0.member("stopOnError", options.stopOnError)
        }
        let command = "{\"write\":{\"name\":\"\(name)\",\"options\":\(record.object)}}"
        return try await step(operation, command, parameters).decode(BulkWrite.Opened.self)
    }
}

/// A bulk write on its way through the native layer.
final class BulkWrite {
    typealias Options = (limit: Int?, concurrency: Int?, stopOnError: Bool)

    struct Opened: Decodable, Sendable {
        let number: Int
        /// How many rows cross into the native layer together.
        let together: Int
    }

    private let service: any AppwriteService
    private let operation: String
    private let onProgress: ((BulkProgress) -> Void)?
    private let number: Int
    private let together: Int
    /// Rows that wait for company, as JSON.
    private var rows: [String] = []
    /// Why some of them could not be written as JSON, in the order of their places.
    private var failed: [(Int, String)] = []

    init(
        _ service: any AppwriteService, _ operation: String, _ opened: Opened,
        _ onProgress: ((BulkProgress) -> Void)?
    ) {
        (self.service, self.operation, self.onProgress) = (service, operation, onProgress)
        (number, together) = (opened.number, opened.together)
    }

    /// Takes a row, and waits while the calls on their way are enough; returns whether more are wanted.
    func take(_ row: Any, isolation: isolated (any Actor)? = #isolation) async throws -> Bool {
        var text = ""
        do {
            try JSONText.writing("row", to: &text) { try AnyValue.write(row, to: &$0) }
        } catch {
            text = "null"
            failed.append((rows.count, AppwriteError.of(error).message))
        }
        rows.append(text)
        return rows.count == together ? try await push() : true
    }

    /// Waits for all calls and returns what became of the rows.
    func finish(isolation: isolated (any Actor)? = #isolation) async throws -> BulkReport {
        if !rows.isEmpty { _ = try await push() }
        while try await goesOn("{\"settle\":{\"number\":\(number)}}") {}
        return try await service.step(operation, "{\"report\":{\"number\":\(number)}}").decode(BulkReport.self)
    }

    /// Gives the write up: calls that are on their way are cancelled.
    func forget(isolation: isolated (any Actor)? = #isolation) async { await service.forget(operation, number) }

    /// Hands the rows that wait over.
    private func push(isolation: isolated (any Actor)? = #isolation) async throws -> Bool {
        let list = "[\(rows.joined(separator: ","))]"
        let reasons = try failed.map { place, reason in
            var text = ""
            try AnyValue.write(reason, to: &text)
            return "[\(place),\(text)]"
        }
        (rows, failed) = ([], [])
        let push = "{\"push\":{\"number\":\(number),\"failed\":[\(reasons.joined(separator: ","))]}}"
        return try await goesOn(push, JSONText { $0.member("rows", json: list) })
    }

    /// Takes a step, reports how far the write is where that has changed, and returns whether it goes on.
    private func goesOn(
        _ command: String, _ parameters: JSONText = JSONText(), isolation: isolated (any Actor)? = #isolation
    ) async throws -> Bool {
        let state = try await service.step(operation, command, parameters).decode(State.self)
        if let progress = state.progress { onProgress?(progress) }
        return state.more
    }

    private struct State: Decodable, Sendable {
        let progress: BulkProgress?
        let more: Bool
    }
}
