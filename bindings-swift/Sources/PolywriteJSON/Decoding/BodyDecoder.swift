import Foundation

/// Decodes the bodies of responses: as `JSONDecoder` does with its usual settings, in a fraction of its time, with dates
/// as Appwrite writes them, and with an empty list where an object belongs read as an empty object. A body
/// that is not JSON is an error even where Foundation's own decoder ends the program, as it does for a control character
/// in a key.
package enum BodyDecoder {
    /// Decodes a text.
    package static func decode<T: Decodable>(_ type: T.Type, from body: Data) throws -> T {
        try decode(type, from: PaddedText(copying: body))
    }

    /// Decodes a text in place. With `keepsDataApart` a model's member `data`, if there is one, holds the user's own data.
    package static func decode<T: Decodable>(
        _ type: T.Type, from text: PaddedText, keepsDataApart: Bool = false
    ) throws -> T {
        let tape = try JSONTape(text, keepsDataApart: keepsDataApart)
        return try ValueDecoder(tape: tape, index: 0).value(type)
    }
}

extension CodingUserInfoKey {
    /// Whether the user's own data goes under the key `data` and not between a model's fields.
    package static let keepsDataApart: CodingUserInfoKey =
        CodingUserInfoKey(rawValue: "keepsDataApart") ?? { preconditionFailure("every text makes a key") }()
}
