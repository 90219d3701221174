import Foundation

// A setting that cannot work, such as a key on a client with a session, is refused: the client keeps what it had, and
// every call after that fails with the reason before anything is sent. `validate()` asks for it.
extension Client {
    /// Where the API is, such as `https://cloud.appwrite.io/v1`.
    @discardableResult
    public func setEndpoint(_ endpoint: String) -> Client { configure { try $0.member("endpoint", endpoint) } }

    /// Whether the server is self-hosted, when its address does not tell: few paths differ. By default every endpoint
    /// outside `appwrite.io` is.
    @discardableResult
    public func setSelfHosted(_ status: Bool = true) -> Client { configure { try $0.member("selfHosted", status) } }

    /// ID of the project that every call is about.
    @discardableResult
    public func setProject(_ project: String) -> Client { configure { try $0.member("project", project) } }

    /// API key; what it may do is up to its scopes. Never together with a session. Empty: none.
    @discardableResult
    public func setKey(_ key: String) -> Client { configure { try $0.member("key", key) } }

    /// Secret of a user's session; calls act as that user. Never together with a key. Empty: none.
    @discardableResult
    public func setSession(_ session: String) -> Client { configure { try $0.member("session", session) } }

    /// JSON web token of a user; calls act as that user until it expires. Empty: none.
    @discardableResult
    public func setJWT(_ jwt: String) -> Client { configure { try $0.member("jwt", jwt) } }

    /// OAuth2 access token, without the word Bearer. Empty: none.
    @discardableResult
    public func setBearer(_ token: String) -> Client { configure { try $0.member("bearer", token) } }

    /// Cookie header of an incoming request, to act as its user. Empty: none.
    @discardableResult
    public func setCookie(_ cookie: String) -> Client { configure { try $0.member("cookie", cookie) } }

    /// Development key: lifts rate limits of a self-hosted Appwrite. Empty: none.
    @discardableResult
    public func setDevKey(_ key: String) -> Client { configure { try $0.member("devKey", key) } }

    /// ID of the organization, for calls about an organization and not a project.
    @discardableResult
    public func setOrganization(_ id: String) -> Client { configure { try $0.member("organization", id) } }

    /// Language of texts in answers and e-mails, such as `de` or `pt-br`.
    @discardableResult
    public func setLocale(_ locale: String) -> Client { configure { try $0.member("locale", locale) } }

    /// User agent of the browser that a web server makes calls for.
    @discardableResult
    public func setForwardedUserAgent(_ agent: String) -> Client {
        configure { try $0.member("forwardedUserAgent", agent) }
    }

    /// Acts as the user with this ID; the caller must be allowed to impersonate.
    @discardableResult
    public func setImpersonateUserId(_ id: String) -> Client { configure { try $0.member("impersonateUserId", id) } }

    /// Acts as the user with this e-mail address; the caller must be allowed to impersonate.
    @discardableResult
    public func setImpersonateUserEmail(_ email: String) -> Client {
        configure { try $0.member("impersonateUserEmail", email) }
    }

    /// Acts as the user with this phone number; the caller must be allowed to impersonate.
    @discardableResult
    public func setImpersonateUserPhone(_ phone: String) -> Client {
        configure { try $0.member("impersonateUserPhone", phone) }
    }

    /// Accepts any certificate. For development only: prefer `setCACertificates`.
    @discardableResult
    public func setSelfSigned(_ status: Bool = true) -> Client { configure { try $0.member("selfSigned", status) } }

    /// Certificates to trust beside the system's, as PEM text.
    @discardableResult
    public func setCACertificates(_ pem: String) -> Client { configure { try $0.member("caCertificates", pem) } }

    /// Version of the answers' format; by default the newest that this version knows.
    @discardableResult
    public func setResponseFormat(_ version: String) -> Client {
        configure { try $0.member("responseFormat", version) }
    }

    /// One more header for every call; it replaces the one of that name.
    @discardableResult
    public func addHeader(key: String, value: String) -> Client {
        configure { try $0.member("headers", any: [key: value]) }
    }

    /// Proxy for every call, such as `http://user:password@proxy:8080`; by default the environment's.
    @discardableResult
    public func setProxy(_ url: String) -> Client { configure { try $0.member("proxy", url) } }

    /// Name of your program, for the user agent.
    @discardableResult
    public func setAppName(_ name: String) -> Client { configure { try $0.member("appName", name) } }

    /// How long one attempt may wait for the answer to begin (default 40 s), for connecting (10 s), and for the next
    /// bytes of a body (30 s). What is nil stays as it is.
    @discardableResult
    public func setTimeout(_ timeout: Duration? = nil, connect: Duration? = nil, idle: Duration? = nil) -> Client {
        configure {
            try $0.member("timeout", timeout?.milliseconds)
            try $0.member("connectTimeout", connect?.milliseconds)
            try $0.member("idleTimeout", idle?.milliseconds)
        }
    }

    /// How long a call may take in all: connecting, every attempt, the waits between them and the whole body, of uploads
    /// and downloads too. Nil, the default: no such limit.
    @discardableResult
    public func setDeadline(_ deadline: Duration?) -> Client {
        configure { try $0.nullable("deadline", deadline?.milliseconds) }
    }

    /// The largest response that is read into memory, in bytes after decompression; a larger one is an error of the kind
    /// `decode`. Downloads into files and streams are not bounded. Default 256 MiB.
    @discardableResult
    public func setMaxResponseBytes(_ count: Int) -> Client {
        configure { try $0.member("maxResponseBytes", count) }
    }

    /// How many connections to one server are open at the same time (default 256); further calls wait for one.
    @discardableResult
    public func setMaxConnections(_ count: Int) -> Client { configure { try $0.member("maxConnections", count) } }

    /// How often a failed attempt is repeated where that is safe (default 3, 0 for never), and how long is waited
    /// before: at most `delay` (0.25 s), doubled each time up to `maxDelay` (8 s). What is nil stays as it is.
    @discardableResult
    public func setRetries(_ count: Int? = nil, delay: Duration? = nil, maxDelay: Duration? = nil) -> Client {
        var policy: [String: Any] = [:]
        policy["max"] = count
        policy["baseDelay"] = delay?.milliseconds
        policy["maxDelay"] = maxDelay?.milliseconds
        return configure { try $0.member("retries", any: policy) }
    }

    /// Hands what the server warns about to `handler`, from a queue of its own, with every answer that carries it. Of
    /// more than 256 that wait for a slow handler the later ones are left out. By default each different warning is
    /// written once to the standard error.
    @discardableResult
    public func onWarning(_ handler: @escaping @Sendable (String) -> Void) -> Client {
        change { $0.onWarning(listener: WarningHandler(handler)) }
    }

    /// Never uses HTTP/2.
    @discardableResult
    public func setHTTP1Only(_ status: Bool = true) -> Client { configure { try $0.member("http1Only", status) } }
}
