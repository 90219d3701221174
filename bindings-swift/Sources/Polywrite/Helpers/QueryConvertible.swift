/// What can be handed on as a query: a `Query`, the text of one, or a type of your own that makes one.
public protocol QueryConvertible: Sendable {
    /// The query.
    var query: Query { get }
}

extension Query: QueryConvertible {
    public var query: Query { self }
}

extension String: QueryConvertible {
    /// The query that this is the text of.
    public var query: Query { Query(text: self) }
}
