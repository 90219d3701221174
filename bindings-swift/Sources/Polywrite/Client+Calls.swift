import Foundation
import PolywriteJSON
import PolywriteNative

extension Client {
    /// Asks the server for a sign of life and marks the project as connected.
    public func ping() async throws -> String { try await response { try $0.ping() }.text }

    /// Makes a call that this package has no method for, and returns the body of its response.
    ///
    /// - Parameters:
    ///   - method: The HTTP method, such as `GET`.
    ///   - path: Below the endpoint, as in `/users`, or a whole URL of the same server.
    ///   - headers: Headers that win over the client's.
    ///   - params: They go into the query of a GET or HEAD and into a JSON body otherwise.
    ///   - isolation: The caller's; `params` never leaves it.
    public func call(
        method: String, path: String, headers: [String: String] = [:], params: [String: Any?] = [:],
        isolation: isolated (any Actor)? = #isolation
    ) async throws -> Data {
        var parameters = JSONText()
        for (name, value) in params.sorted(by: { $0.key < $1.key }) {
            if let value {
                try parameters.member(name, any: value)
            } else {
                try parameters.nullable(name, String?.none)
            }
        }
        let object = parameters.object
        return try await response {
            try $0.request(method: method, path: path, headers: headers, parameters: object)
        }.data
    }

    /// Makes a call and returns what came back.
    func send(_ operation: String, _ parameters: JSONText, _ options: CallOptions) async throws -> Body {
        try await response {
            try $0.call(operation: operation, parameters: parameters.object, options: options.text())
        }
    }

    /// Starts a call and waits for its response; cancelling the task cancels the call.
    func response(_ start: @Sendable (NativeClient) throws -> NativeCall) async throws -> Body {
        try Task.checkCancellation()
        do {
            let call = try start(native())
            let body = try await withTaskCancellationHandler {
                try await call.answer()
            } onCancel: {
                call.cancel()
            }
            return Body(body)
        } catch {
            throw failure(error)
        }
    }

    /// What a task sees of a failure: its own cancelling as `CancellationError`, all else as `AppwriteError`.
    func failure(_ error: any Error) -> any Error {
        let error = AppwriteError.of(error)
        return error.kind == .cancelled ? CancellationError() : error
    }
}
