extension AppwriteService {
    /// Waits until something is ready, which an operation reads; `write` writes the parameters of its calls.
    @_spi(SDK) public func ready<Resource: Decodable>(
        _ wait: String,
        by operation: String,
        _ timeout: Duration?,
        _ onStatus: (@Sendable (String) -> Void)?,
        _ write: (inout JSONText) throws -> Void
    ) async throws -> Resource {
        let parameters = try JSONText(write)
        let record = try JSONText {
            try $0.member("id", wait)
            try $0.member("timeout", timeout?.milliseconds)
            try $0.member("reports", onStatus != nil)
        }
        let command = "{\"wait\":\(record.object)}"
        return try await reporting(operation, parameters, command, onStatus).decode(Resource.self)
    }
}
