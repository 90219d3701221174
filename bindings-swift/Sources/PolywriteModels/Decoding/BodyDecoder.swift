import Foundation

/// Decodes the bodies of answers: as `JSONDecoder` does with its usual settings, in a fraction of its time, with dates
/// as Appwrite writes them, and with an empty list where an object belongs read as an empty object. What is no JSON is
/// an error even where Foundation's own decoder ends the program, as it does for a control character in a key.
package enum BodyDecoder {
    package static func decode<T: Decodable>(_ type: T.Type, from body: Data) throws -> T {
        let tape = try body.withUnsafeBytes { try JSONTape($0) }
        return try ValueDecoder(tape: tape, index: 0).value(type)
    }
}
