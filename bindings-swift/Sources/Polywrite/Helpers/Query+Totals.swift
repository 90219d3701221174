// Totals over many rows. `alias` names the result; empty leaves that to the server.
extension Query {
    /// How many rows have the attribute; `*` counts all. Appwrite Cloud only.
    public static func count(_ attribute: String = "*", alias: String = "") -> Query {
        Query("count", attribute, alias: alias)
    }

    /// How many different values there are. Appwrite Cloud only.
    public static func countDistinct(_ attribute: String, alias: String = "") -> Query {
        Query("countDistinct", attribute, alias: alias)
    }

    /// The sum. Appwrite Cloud only.
    public static func sum(_ attribute: String, alias: String = "") -> Query {
        Query("sum", attribute, alias: alias)
    }

    /// The mean. Appwrite Cloud only.
    public static func avg(_ attribute: String, alias: String = "") -> Query {
        Query("avg", attribute, alias: alias)
    }

    /// The smallest value. Appwrite Cloud only.
    public static func min(_ attribute: String, alias: String = "") -> Query {
        Query("min", attribute, alias: alias)
    }

    /// The greatest value. Appwrite Cloud only.
    public static func max(_ attribute: String, alias: String = "") -> Query {
        Query("max", attribute, alias: alias)
    }

    /// The standard deviation, as the database defines it. Appwrite Cloud only.
    public static func stddev(_ attribute: String, alias: String = "") -> Query {
        Query("stddev", attribute, alias: alias)
    }

    /// The standard deviation of a whole population. Appwrite Cloud only.
    public static func stddevPop(_ attribute: String, alias: String = "") -> Query {
        Query("stddevPop", attribute, alias: alias)
    }

    /// The standard deviation estimated from a sample. Appwrite Cloud only.
    public static func stddevSamp(_ attribute: String, alias: String = "") -> Query {
        Query("stddevSamp", attribute, alias: alias)
    }

    /// The variance, as the database defines it. Appwrite Cloud only.
    public static func variance(_ attribute: String, alias: String = "") -> Query {
        Query("variance", attribute, alias: alias)
    }

    /// The variance of a whole population. Appwrite Cloud only.
    public static func varPop(_ attribute: String, alias: String = "") -> Query {
        Query("varPop", attribute, alias: alias)
    }

    /// The variance estimated from a sample. Appwrite Cloud only.
    public static func varSamp(_ attribute: String, alias: String = "") -> Query {
        Query("varSamp", attribute, alias: alias)
    }

    /// All bits that every value has. Appwrite Cloud only.
    public static func bitAnd(_ attribute: String, alias: String = "") -> Query {
        Query("bitAnd", attribute, alias: alias)
    }

    /// All bits that any value has. Appwrite Cloud only.
    public static func bitOr(_ attribute: String, alias: String = "") -> Query {
        Query("bitOr", attribute, alias: alias)
    }

    /// All bits that an odd number of values has. Appwrite Cloud only.
    public static func bitXor(_ attribute: String, alias: String = "") -> Query {
        Query("bitXor", attribute, alias: alias)
    }

    /// One result for each value of these attributes. Appwrite Cloud only.
    public static func groupBy(_ attributes: [String]) -> Query {
        Query("groupBy", nil, attributes)
    }

    /// Only groups that fit all of the queries. Appwrite Cloud only.
    public static func having(_ queries: [any QueryConvertible]) -> Query {
        Query("having", nested: queries)
    }
}
