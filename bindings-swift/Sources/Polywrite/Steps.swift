// Work that takes several commands. The native layer decides everything; see bridge/src/step.rs.
extension AppwriteService {
    /// Takes a step of such work.
    func step(_ operation: String, _ command: String, _ parameters: JSONText = JSONText()) async throws -> Body {
        try await client.begin(operation, parameters, options, command)
    }

    /// Takes a step to its end, even when the task is cancelled.
    func finalStep(_ operation: String, _ command: String) async throws -> Body {
        try await Task { try await step(operation, command) }.value
    }

    /// Forgets work that has come to nothing.
    func forget(_ operation: String, _ number: Int) async {
        _ = try? await finalStep(operation, "{\"forget\":{\"number\":\(number)}}")
    }
}
