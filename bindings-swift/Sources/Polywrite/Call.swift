import PolywriteNative

extension Client {
    /// Asks the server for a sign of life and marks the project as connected.
    public func ping() async throws -> String {
        try await send("client.ping", JSONText(), CallOptions()).text
    }

    /// Makes a call and returns what came back.
    func send(_ operation: String, _ parameters: JSONText, _ options: CallOptions) async throws -> Body {
        if watch != nil { return try await begin(operation, parameters, options, "") }
        return try await response {
            let call = try $0.call(operation: operation, parameters: parameters.object, options: options.text())
            return Started(call: call, watch: nil)
        }
    }

    /// Makes a call that does more, as the record of a command of the bridge says, and returns what came back.
    func begin(
        _ operation: String,
        _ parameters: JSONText,
        _ options: CallOptions,
        _ command: String,
        file: NativeFile? = nil,
        listener: (any Listener)? = nil
    ) async throws -> Body {
        try await response {
            try start($0, operation, parameters, options, command, file: file, listener: listener)
        }
    }

    /// Starts such a call; what is heard of this client's calls is heard of it.
    func start(
        _ native: NativeClient,
        _ operation: String,
        _ parameters: JSONText,
        _ options: CallOptions,
        _ command: String,
        file: NativeFile? = nil,
        listener: (any Listener)? = nil
    ) throws -> Started {
        let watch = watch.map { WatchListener($0, listener) }
        let call = try native.begin(
            operation: operation, parameters: parameters.object, options: options.text(),
            command: watch?.record(command) ?? command, file: file, listener: watch ?? listener)
        return Started(call: call, watch: watch)
    }

    /// Starts a call and waits for its response; cancelling the task cancels the call.
    func response(_ start: @Sendable (NativeClient) throws -> Started) async throws -> Body {
        try Task.checkCancellation()
        do {
            let started = try start(native())
            return Body(try await waiting(for: started) { try await started.call.response() })
        } catch {
            throw failure(error)
        }
    }

    /// Waits for what a call has; cancelling the task cancels the call. What is heard with its end is heard here.
    func waiting<Result: Sendable>(
        for started: Started, _ result: @Sendable () async throws -> Result
    ) async throws -> Result {
        let (call, watch) = (started.call, started.watch)
        defer { watch?.hearEnd(call.heard()) }
        return try await withTaskCancellationHandler(operation: result) { call.cancel() }
    }

    /// What a task sees of a failure: its own cancelling as `CancellationError`, all else as `AppwriteError`.
    func failure(_ error: any Error) -> any Error {
        let error = AppwriteError.of(error)
        return error.kind == .cancelled ? CancellationError() : error
    }
}

/// A call that runs, and what hears of it.
struct Started: Sendable {
    let call: NativeCall
    let watch: WatchListener?
}
