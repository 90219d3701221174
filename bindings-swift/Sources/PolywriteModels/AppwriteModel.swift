import Foundation
import PolywriteJSON

/// A response, or a part of one: a user, a row, a list of either.
public protocol AppwriteModel: Codable, Sendable {}

extension AppwriteModel {
    /// The model as a dictionary, keyed by wire names such as `$id`; the user's own data stands under `data`. Null is
    /// `NSNull`, and fields that are nil are left out.
    ///
    /// Throws what the user's own data throws when it is encoded, and an `EncodingError` for a number that JSON cannot
    /// hold.
    public func toMap() throws -> [String: Any] {
        let encoder = AnyValue.encoder()
        encoder.userInfo[.keepsDataApart] = true
        let json = try BodyDecoder.decode(JSON.self, from: encoder.encode(self))
        return json.object?.mapValues(plain) ?? [:]
    }

    /// The model of such a dictionary; the user's own data may as well stand between the fields.
    ///
    /// Throws a `DecodingError` for what is missing or cannot be read.
    public static func from(map: [String: Any]) throws -> Self {
        var text = ""
        do {
            try AnyValue.write(map, to: &text)
        } catch let refused as Refused {
            let reason = "`\(refused.place.dropFirst())` \(refused.reason)"
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: reason))
        }
        return try BodyDecoder.decode(
            Self.self, from: PaddedText(copying: Data(text.utf8)), keepsDataApart: true)
    }
}

/// A value of JSON as `JSONSerialization` makes it.
private func plain(_ json: JSON) -> Any {
    switch json {
    case .array(let values): values.map(plain)
    case .object(let members): members.mapValues(plain)
    default: json.value ?? NSNull()
    }
}
