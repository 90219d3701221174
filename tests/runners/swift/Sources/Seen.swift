import Foundation
import Polywrite

/// What the caller sees, as JSON text.
func seen(_ answer: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
}

/// Bytes are marked.
func seen(_ answer: Data) throws -> String { try seen(["@bytes": answer.base64EncodedString()]) }

/// What an error says of itself.
func record(_ error: any Error) throws -> String {
    guard let error = error as? AppwriteError else { return try seen(["message": "\(error)"]) }
    let facts: JSON = [
        "kind": .string(error.kind.rawValue), "code": .int(error.code ?? 0), "type": .string(error.type ?? ""),
        "message": .string(error.message),
    ]
    return try seen(facts)
}
