import PolywriteJSON

/// A query: which rows, in which order, how many.
///
///     queries: [Query.equal("year", value: 1999), Query.orderDesc("title"), Query.limit(25)]
///
/// Values are texts, numbers, truth values, dates, UUIDs, enums, `JSON`, whatever else is `Encodable`, and lists of
/// them. A point is `[longitude, latitude]`, a line is a list of points, a polygon a list of lines. Totals such as `sum`
/// are called `alias` in the result if that is given.
///
/// A query that cannot be made, of a number that is not finite for instance, makes the call that it is given to throw,
/// and so does `text()`.
public struct Query: Sendable, Hashable {
    let made: Made

    /// A query of its text.
    public init(text: String) { made = .text(text) }

    init(refused reason: String) { made = .refused(reason) }

    init(_ method: String, _ attribute: String? = nil, _ values: [Any]? = nil) {
        made = .helper(method, attribute, values)
    }

    /// A list's elements become the values, or the one value.
    init(_ method: String, _ attribute: String, spread value: Any) {
        let elements: [Any]? = if let json = value as? JSON { json.array } else { value as? [Any] }
        made = .helper(method, attribute, elements ?? [value])
    }

    init(
        _ method: String, _ attribute: String? = nil, nested queries: [any QueryConvertible], after first: [String] = []
    ) {
        made = .helper(method, attribute, nested: queries, after: first)
    }

    /// What `make` makes of the number of rows before a page.
    init(before page: Int, of size: Int, _ make: (Int) -> Query) {
        let (before, isTooFar) = (page - 1).multipliedReportingOverflow(by: size)
        self = isTooFar ? Query(refused: "offset: page \(page) of \(size) rows is too far") : make(before)
    }

    /// The text for the server: `{"method":"limit","values":[25]}`. Throws an `AppwriteError` of the kind `argument` for
    /// a query that cannot be made.
    public func text() throws -> String {
        do {
            return try made.text()
        } catch let refused as Refused {
            throw AppwriteError.argument(refused.reason)
        }
    }
}

extension Query: CustomStringConvertible {
    /// The text for the server, or why there is none.
    public var description: String {
        switch made {
        case .text(let text): text
        case .refused(let reason): "Query that cannot be made: \(reason)"
        }
    }
}

extension Query: Encodable {
    /// As its text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch made {
        case .text(let text): try container.encode(text)
        case .refused(let reason):
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: reason))
        }
    }
}
