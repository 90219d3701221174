import Foundation
import PolywriteNative

/// A group of calls, made by one client.
public protocol AppwriteService: Sendable {
    /// Makes the calls.
    var client: Client { get }
    /// Settings of every call made here.
    var options: CallOptions { get }

    /// The service with settings for its calls.
    init(_ client: Client, options: CallOptions)
}

// With `@_spi(SDK)` stands what packages of `polywrite build` are made of, whose services describe operations of their own.
// Not for programs; within a minor version it stays as it is.
extension AppwriteService {
    /// Makes a call and decodes its response.
    @_spi(SDK) public func call<Response: Decodable>(
        _ operation: String, _ parameters: JSONText
    ) async throws -> Response {
        try await client.send(operation, parameters, options).decode(Response.self)
    }

    /// Makes a call whose response has no body.
    @_spi(SDK) public func run(_ operation: String, _ parameters: JSONText) async throws {
        _ = try await client.send(operation, parameters, options)
    }

    /// Makes a call whose response is text, or the target of a redirect.
    @_spi(SDK) public func text(_ operation: String, _ parameters: JSONText) async throws -> String {
        try await client.send(operation, parameters, options).text
    }

    /// Makes a call whose response is bytes.
    @_spi(SDK) public func bytes(_ operation: String, _ parameters: JSONText) async throws -> Data {
        try await client.send(operation, parameters, options).data
    }

    /// Makes a call that does more, as the record of a command says, and reports how far it is.
    func reporting<News: Sendable & Decodable>(
        _ operation: String,
        _ parameters: JSONText,
        _ command: String,
        file: NativeFile? = nil,
        _ onNews: (@Sendable (News) -> Void)?
    ) async throws -> Body {
        try await ProgressNews.reporting(onNews) { news in
            let listener = news.map { NewsListener(news: $0) }
            return try await client.begin(
                operation, parameters, options, command, file: file, listener: listener)
        }
    }
}
