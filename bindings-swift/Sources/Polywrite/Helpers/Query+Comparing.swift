// Which rows: conditions on attributes.
extension Query {
    /// The attribute has this value, or one of them.
    public static func equal(_ attribute: String, value: Any) -> Query {
        Query("equal", attribute, spread: value)
    }

    /// The attribute has another value.
    public static func notEqual(_ attribute: String, value: Any) -> Query {
        Query("notEqual", attribute, spread: value)
    }

    /// The attribute matches a regular expression.
    public static func regex(_ attribute: String, pattern: String) -> Query {
        Query("regex", attribute, [pattern])
    }

    /// The attribute is smaller.
    public static func lessThan(_ attribute: String, value: Any) -> Query {
        Query("lessThan", attribute, spread: value)
    }

    /// The attribute is smaller or the same.
    public static func lessThanEqual(_ attribute: String, value: Any) -> Query {
        Query("lessThanEqual", attribute, spread: value)
    }

    /// The attribute is greater.
    public static func greaterThan(_ attribute: String, value: Any) -> Query {
        Query("greaterThan", attribute, spread: value)
    }

    /// The attribute is greater or the same.
    public static func greaterThanEqual(_ attribute: String, value: Any) -> Query {
        Query("greaterThanEqual", attribute, spread: value)
    }

    /// The attribute has no value.
    public static func isNull(_ attribute: String) -> Query {
        Query("isNull", attribute)
    }

    /// The attribute has a value.
    public static func isNotNull(_ attribute: String) -> Query {
        Query("isNotNull", attribute)
    }

    /// The attributes are there.
    public static func exists(_ attributes: [String]) -> Query {
        Query("exists", nil, attributes)
    }

    /// The attributes are not there.
    public static func notExists(_ attributes: [String]) -> Query {
        Query("notExists", nil, attributes)
    }

    /// The attribute lies between two values, both included.
    public static func between(_ attribute: String, start: Any, end: Any) -> Query {
        Query("between", attribute, [start, end])
    }

    /// The text begins so.
    public static func startsWith(_ attribute: String, value: Any) -> Query {
        Query("startsWith", attribute, spread: value)
    }

    /// The text ends so.
    public static func endsWith(_ attribute: String, value: Any) -> Query {
        Query("endsWith", attribute, spread: value)
    }

    /// The text holds these words, by a full-text index.
    public static func search(_ attribute: String, value: Any) -> Query {
        Query("search", attribute, spread: value)
    }

    /// The text or list holds this value, or one of them.
    public static func contains(_ attribute: String, value: Any) -> Query {
        Query("contains", attribute, spread: value)
    }

    /// The list holds one of these values.
    public static func containsAny(_ attribute: String, value: Any) -> Query {
        Query("containsAny", attribute, spread: value)
    }

    /// The list holds all of these values.
    public static func containsAll(_ attribute: String, value: Any) -> Query {
        Query("containsAll", attribute, spread: value)
    }

    /// The text or list holds none of these values.
    public static func notContains(_ attribute: String, value: Any) -> Query {
        Query("notContains", attribute, spread: value)
    }

    /// The text holds none of these words.
    public static func notSearch(_ attribute: String, value: Any) -> Query {
        Query("notSearch", attribute, spread: value)
    }

    /// The attribute lies outside of two values.
    public static func notBetween(_ attribute: String, start: Any, end: Any) -> Query {
        Query("notBetween", attribute, [start, end])
    }

    /// The text begins otherwise.
    public static func notStartsWith(_ attribute: String, value: Any) -> Query {
        Query("notStartsWith", attribute, spread: value)
    }

    /// The text ends otherwise.
    public static func notEndsWith(_ attribute: String, value: Any) -> Query {
        Query("notEndsWith", attribute, spread: value)
    }

    /// Created before a date.
    public static func createdBefore(_ value: Any) -> Query {
        Query("lessThan", "$createdAt", spread: value)
    }

    /// Created after a date.
    public static func createdAfter(_ value: Any) -> Query {
        Query("greaterThan", "$createdAt", spread: value)
    }

    /// Created between two dates.
    public static func createdBetween(_ start: Any, _ end: Any) -> Query {
        Query("between", "$createdAt", [start, end])
    }

    /// Last changed before a date.
    public static func updatedBefore(_ value: Any) -> Query {
        Query("lessThan", "$updatedAt", spread: value)
    }

    /// Last changed after a date.
    public static func updatedAfter(_ value: Any) -> Query {
        Query("greaterThan", "$updatedAt", spread: value)
    }

    /// Last changed between two dates.
    public static func updatedBetween(_ start: Any, _ end: Any) -> Query {
        Query("between", "$updatedAt", [start, end])
    }

    /// At least one of the queries holds.
    public static func or(_ queries: [any QueryConvertible]) -> Query {
        Query("or", nested: queries)
    }

    /// All of the queries hold.
    public static func and(_ queries: [any QueryConvertible]) -> Query {
        Query("and", nested: queries)
    }

    /// An element of the list fits all of the queries.
    public static func elemMatch(_ attribute: String, queries: [any QueryConvertible]) -> Query {
        Query("elemMatch", attribute, nested: queries)
    }

    /// A related row fits all of the queries. Appwrite Cloud only.
    public static func relationship(_ attribute: String, queries: [any QueryConvertible]) -> Query {
        Query("relationship", attribute, nested: queries)
    }
}
