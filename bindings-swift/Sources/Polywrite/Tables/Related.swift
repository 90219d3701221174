/// A related row in a row: `movie.author?.data.name`. Rows that lead to each other may contain each other, so it is kept
/// apart from the row that it belongs to.
@dynamicMemberLookup
public struct Related<Content: Codable & Sendable>: Codable, Sendable {
    private indirect enum Kept: Sendable { case one(Content) }
    private let kept: Kept

    /// The related row.
    public var row: Content {
        switch kept {
        case .one(let content): content
        }
    }

    /// The related row as a part of another one, as tests make them.
    public init(_ row: Content) { kept = .one(row) }

    public init(from decoder: any Decoder) throws { self.init(try Content(from: decoder)) }

    public func encode(to encoder: any Encoder) throws { try row.encode(to: encoder) }

    /// What the related row has.
    public subscript<Member>(dynamicMember member: KeyPath<Content, Member>) -> Member { row[keyPath: member] }
}

/// A related row of a row that is written: one that is there, by its ID, or a new one.
public indirect enum RowLink<New: Encodable & Sendable>: Encodable, Sendable {
    /// The row with this ID.
    case id(String)
    /// A row that is made with the one that it is related to.
    case new(New)

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .id(let id): try id.encode(to: encoder)
        case .new(let row): try row.encode(to: encoder)
        }
    }
}

/// A row with its ID, as bulk writes take it.
struct IdentifiedRow<New: Encodable>: Encodable {
    let id: String
    let row: New

    private enum CodingKeys: String, CodingKey { case id = "$id" }

    func encode(to encoder: any Encoder) throws {
        try row.encode(to: encoder)
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(id, forKey: .id)
    }
}
