// Totals over many rows. `alias` names the result; empty leaves that to the server.
extension Query {
    /// How many rows have the attribute; `*` counts all. Appwrite Cloud only.
    public static func count(_ attribute: String = "*", alias: String = "") -> String {
        alias.isEmpty ? HelperText("count", attribute).bare : HelperText("count", attribute).values([alias])
    }

    /// How many different values there are. Appwrite Cloud only.
    public static func countDistinct(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty
            ? HelperText("countDistinct", attribute).bare : HelperText("countDistinct", attribute).values([alias])
    }

    /// The sum. Appwrite Cloud only.
    public static func sum(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("sum", attribute).bare : HelperText("sum", attribute).values([alias])
    }

    /// The mean. Appwrite Cloud only.
    public static func avg(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("avg", attribute).bare : HelperText("avg", attribute).values([alias])
    }

    /// The smallest value. Appwrite Cloud only.
    public static func min(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("min", attribute).bare : HelperText("min", attribute).values([alias])
    }

    /// The greatest value. Appwrite Cloud only.
    public static func max(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("max", attribute).bare : HelperText("max", attribute).values([alias])
    }

    /// The standard deviation, as the database defines it. Appwrite Cloud only.
    public static func stddev(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("stddev", attribute).bare : HelperText("stddev", attribute).values([alias])
    }

    /// The standard deviation of a whole population. Appwrite Cloud only.
    public static func stddevPop(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("stddevPop", attribute).bare : HelperText("stddevPop", attribute).values([alias])
    }

    /// The standard deviation estimated from a sample. Appwrite Cloud only.
    public static func stddevSamp(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("stddevSamp", attribute).bare : HelperText("stddevSamp", attribute).values([alias])
    }

    /// The variance, as the database defines it. Appwrite Cloud only.
    public static func variance(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("variance", attribute).bare : HelperText("variance", attribute).values([alias])
    }

    /// The variance of a whole population. Appwrite Cloud only.
    public static func varPop(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("varPop", attribute).bare : HelperText("varPop", attribute).values([alias])
    }

    /// The variance estimated from a sample. Appwrite Cloud only.
    public static func varSamp(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("varSamp", attribute).bare : HelperText("varSamp", attribute).values([alias])
    }

    /// All bits that every value has. Appwrite Cloud only.
    public static func bitAnd(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("bitAnd", attribute).bare : HelperText("bitAnd", attribute).values([alias])
    }

    /// All bits that any value has. Appwrite Cloud only.
    public static func bitOr(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("bitOr", attribute).bare : HelperText("bitOr", attribute).values([alias])
    }

    /// All bits that an odd number of values has. Appwrite Cloud only.
    public static func bitXor(_ attribute: String, alias: String = "") -> String {
        alias.isEmpty ? HelperText("bitXor", attribute).bare : HelperText("bitXor", attribute).values([alias])
    }

    /// One result for each value of these attributes. Appwrite Cloud only.
    public static func groupBy(_ attributes: [String]) -> String {
        HelperText("groupBy").values(attributes)
    }

    /// Only groups that fit all of the queries. Appwrite Cloud only.
    public static func having(_ queries: [String]) -> String {
        HelperText("having").nested(queries)
    }
}
