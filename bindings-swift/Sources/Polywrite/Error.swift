import Foundation
import PolywriteJSON
import PolywriteNative

/// Why a call failed: what was asked, what came back, how often it was tried. Never holds a credential.
public struct AppwriteError: Error, Sendable {
    /// One attempt that failed.
    public struct Attempt: Sendable, Decodable {
        /// What went wrong.
        public let kind: Kind
        /// The HTTP status; nil without a response.
        public let status: Int?
        /// What happened.
        public let message: String
        /// How long it took, in milliseconds.
        public let elapsed: Int
        /// How long was waited before the next one, in milliseconds; nil for the last.
        public let wait: Int?
    }

    /// What went wrong, as far as a caller would act on it.
    public let kind: Kind
    /// What happened, in the server's words where it said something.
    public let message: String
    /// The HTTP status; nil without a response.
    public let code: Int?
    /// Appwrite's own name for the error, such as `row_not_found`; nil when it gave none.
    public let type: String?
    /// The body of the response as text, empty without one.
    public let response: String
    /// The operation that failed, such as `tablesDB.listRows`.
    public let operation: String?
    /// The attempts that failed, in order; the last one is the error's own reason.
    public let attempts: [Attempt]
    /// What to do about it, where that is known.
    public let hint: String?
    /// One line: the operation, what happened, status and type, number of attempts, hint.
    public let description: String

    /// An error of the Swift files themselves, which knows no more than this.
    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
        description = message
        operation = nil
        response = ""
        hint = nil
        code = nil
        type = nil
        attempts = []
    }

    /// An argument that is refused before anything is sent.
    static func argument(_ message: String) -> AppwriteError { AppwriteError(.argument, message) }
}

extension AppwriteError.Kind {
    /// A kind that this version does not know counts as the server's refusal.
    public init(from decoder: any Decoder) throws {
        self = Self(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .api
    }
}

extension AppwriteError: Decodable {
    private enum Key: String, CodingKey {
        case kind, message, code, type, response, operation, attempts, hint, line
    }

    /// Reads the core's error record.
    public init(from decoder: any Decoder) throws {
        let record = try decoder.container(keyedBy: Key.self)
        kind = try record.decode(Kind.self, forKey: .kind)
        message = try record.decode(String.self, forKey: .message)
        let status = try record.decodeIfPresent(Int.self, forKey: .code) ?? 0
        code = status == 0 ? nil : status
        let name = try record.decodeIfPresent(String.self, forKey: .type) ?? ""
        type = name.isEmpty ? nil : name
        response = try record.decodeIfPresent(String.self, forKey: .response) ?? ""
        operation = try record.decodeIfPresent(String.self, forKey: .operation)
        attempts = (try? record.decode([Attempt].self, forKey: .attempts)) ?? []
        hint = try record.decodeIfPresent(String.self, forKey: .hint)
        description = try record.decodeIfPresent(String.self, forKey: .line) ?? message
    }

    /// What the native layer threw, as an error of this type.
    static func of(_ error: any Error) -> AppwriteError {
        if let error = error as? AppwriteError { return error }
        guard case .Failed(let record)? = error as? NativeError else {
            return AppwriteError(.internal, "the native library failed: \(error)")
        }
        return of(record: record)
    }

    /// The error of a record of the core's.
    static func of(record: String) -> AppwriteError {
        (try? BodyDecoder.decode(AppwriteError.self, from: Data(record.utf8)))
            ?? AppwriteError(.internal, "the native library failed: \(record)")
    }
}

extension AppwriteError: LocalizedError, CustomStringConvertible {
    public var errorDescription: String? { description }
}
