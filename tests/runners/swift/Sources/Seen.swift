import Foundation
import Polywrite

/// What the caller sees, as JSON text.
func seen(_ result: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
}

/// Bytes are marked.
func seen(_ result: Data) throws -> String { try seen(["@bytes": result.base64EncodedString()]) }

/// The record of an error.
func record(_ error: any Error) throws -> String {
    guard let error = error as? AppwriteError else { return try seen(["message": "\(error)"]) }
    let facts: JSON = [
        "kind": .string(error.kind.rawValue), "code": .int(error.code ?? 0), "type": .string(error.type ?? ""),
        "message": .string(error.message), "line": .string("\(error)"),
    ]
    return try seen(facts)
}
