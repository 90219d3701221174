import Foundation

/// A group of calls, made by one client.
public protocol AppwriteService: Sendable {
    /// Makes the calls.
    var client: Client { get }
    /// Settings of every call made here.
    var options: CallOptions { get }

    /// The service with settings for its calls.
    init(_ client: Client, options: CallOptions)
}

extension AppwriteService {
<<<<<<< HEAD
    /// Makes a call and decodes its response.
=======
    /// The same service with other settings for the calls made through the result:
    /// `try await tablesDB.with(timeout: .seconds(2)).listRows(…)`.
    ///
    /// - Parameters:
    ///   - timeout: How long one attempt may wait for the response to begin.
    ///   - retries: How often a failed attempt is repeated where that is safe; 0 for never.
    ///   - deadline: How long a call may take in all: connecting, every attempt, the waits between them and the whole
    ///     body, of uploads and downloads too.
    ///   - maxResponseBytes: The largest response that is read into memory, in bytes after decompression. Downloads into
    ///     files and streams are not bounded.
    ///   - headers: Headers that win over the client's.
    public func with(
        timeout: Duration? = nil, retries: Int? = nil, deadline: Duration? = nil, maxResponseBytes: Int? = nil,
        headers: [String: String] = [:]
    ) -> Self {
        Self(
            client,
            options: CallOptions(
                timeout: timeout ?? options.timeout,
                retries: retries ?? options.retries,
                deadline: deadline ?? options.deadline,
                maxResponseBytes: maxResponseBytes ?? options.maxResponseBytes,
                headers: options.headers.merging(headers) { $1 }
            ))
    }

    /// Makes a call and decodes its response.
>>>>>>> e5db397 (Plain words in Python's and Swift's facades)
    func call<Answer: Decodable>(_ operation: String, _ parameters: JSONText) async throws -> Answer {
        try await client.send(operation, parameters, options).decode(Answer.self)
    }

    /// Makes a call whose response has no body.
    func run(_ operation: String, _ parameters: JSONText) async throws {
        _ = try await client.send(operation, parameters, options)
    }

    /// Makes a call whose response is text, or the target of a redirect.
    func text(_ operation: String, _ parameters: JSONText) async throws -> String {
        try await client.send(operation, parameters, options).text
    }

    /// Makes a call whose response is bytes.
    func bytes(_ operation: String, _ parameters: JSONText) async throws -> Data {
        try await client.send(operation, parameters, options).data
    }
}
