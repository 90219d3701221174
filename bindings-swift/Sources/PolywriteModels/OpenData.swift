import PolywriteJSON

/// Reads and writes the user's own data between the fields of a model.
@_spi(SDK) public enum OpenData {
    /// Wire names of a model's fields, which are none of the user's.
    public struct Known: Sendable {
        fileprivate let names: KnownNames

        public init(_ names: [String]) { self.names = KnownNames(names) }
    }

    public static func decode<T: Decodable>(
        _ type: T.Type, from decoder: any Decoder, except known: Known
    ) throws -> T {
        let known = known.names
        if let ours = decoder as? ValueDecoder, let apart = ours.apart(key) { return try apart.value(type) }
        guard type == [String: JSON].self || type == JSON.self else {
            if let dictionary = type as? any KeyedByText.Type {
                return try cast(dictionary.init(from: decoder, except: known), decoder)
            }
            // A type of the user's own asks for the keys that it knows.
            return try T(from: decoder)
        }
        let members = try Members(from: decoder, except: known).members
        return try cast(type == JSON.self ? JSON.object(members) : members, decoder)
    }

    public static func encode(_ data: some Encodable, to encoder: any Encoder) throws {
        guard encoder.userInfo[.keepsDataApart] != nil else { return try data.encode(to: encoder) }
        var members = encoder.container(keyedBy: PathKey.self)
        try members.encode(data, forKey: key)
    }

    private static let key = PathKey("data")

    private static func cast<T>(_ data: Any, _ decoder: any Decoder) throws -> T {
        guard let data = data as? T else {
            throw DecodingError.typeMismatch(
                T.self, .init(codingPath: decoder.codingPath, debugDescription: "the data is not a \(T.self)"))
        }
        return data
    }
}

/// A dictionary that takes every key there is.
private protocol KeyedByText {
    init(from decoder: any Decoder, except known: KnownNames) throws
}

extension Dictionary: KeyedByText where Key == String, Value: Decodable {
    fileprivate init(from decoder: any Decoder, except known: KnownNames) throws {
        let members = try decoder.container(keyedBy: PathKey.self)
        self.init()
        for key in members.allKeys where !known.contains(key.stringValue) {
            self[key.stringValue] = try members.decode(Value.self, forKey: key)
        }
    }
}

/// The members of an object. The server writes an empty object as an empty list, which is read as one.
struct Members: Decodable {
    let members: [String: JSON]

    init(from decoder: any Decoder) throws { try self.init(from: decoder, except: nil) }

    init(from decoder: any Decoder, except known: KnownNames?) throws {
        if let decoder = decoder as? ValueDecoder {
            members = try decoder.members(except: known)
            return
        }
        let container = try decoder.singleValueContainer()
        do {
            let all = try container.decode([String: JSON].self)
            members = known.map { known in all.filter { !known.contains($0.key) } } ?? all
        } catch {
            guard let list = try? container.decode([JSON].self), list.isEmpty else { throw error }
            members = [:]
        }
    }
}

// Synthesized decoding of a field that is a free-form object finds these, because they are closer than the library's.
extension KeyedDecodingContainer {
    @_spi(SDK) public func decode(_ type: [String: JSON].Type, forKey key: Key) throws -> [String: JSON] {
        try decode(Members.self, forKey: key).members
    }

    @_spi(SDK) public func decodeIfPresent(_ type: [String: JSON].Type, forKey key: Key) throws -> [String: JSON]? {
        try decodeIfPresent(Members.self, forKey: key)?.members
    }
}
