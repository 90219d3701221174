// The setters that no entry of api/ describes. A setting that cannot work, such as a key on a client with a session, is
// refused: the client keeps what it had, and every call after that fails with the reason before anything is sent.
// `validate()` asks for it.
extension Client {
    /// One more header for every call; it replaces the one of that name.
    @discardableResult
    public func addHeader(key: String, value: String) -> Client {
        configure { try $0.member("headers", any: [key: value]) }
    }

    /// Hands what the server warns about to `handler`, from a queue of its own, with every response that carries it. Of
    /// more than 256 that wait for a slow handler the later ones are left out. By default each different warning is
    /// written once to the standard error.
    @discardableResult
    public func onWarning(_ handler: @escaping @Sendable (String) -> Void) -> Client {
        change { $0.onWarning(all: true, listener: WarningHandler(handler)) }
    }
}
