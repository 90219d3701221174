// Rows of several tables in one result. Appwrite Cloud only.
extension Query {
    /// Compares columns of two tables: `=`, `!=`, `<`, `<=`, `>` or `>=`.
    public static func on(_ left: String, _ right: String, operator: String = "=") -> Query {
        Query("on", nil, [left, `operator`, right])
    }

    /// Only pairs of rows that belong together. Rows belong together when `left` compares to the other table's `right`.
    public static func join(
        _ table: String, left: String, right: String, operator: String = "=", alias: String = ""
    ) -> Query {
        Query("join", table, alias.isEmpty ? [left, `operator`, right] : [left, `operator`, right, alias])
    }

    /// Only pairs of rows that belong together. Rows belong together when all of the queries hold, `Query.on` among them.
    public static func join(_ table: String, on queries: [any QueryConvertible], alias: String = "") -> Query {
        Query("join", table, nested: queries, after: alias.isEmpty ? [] : [alias])
    }

    /// All rows of this table, with those that belong to them. Rows belong together when `left` compares to the other table's `right`.
    public static func leftJoin(
        _ table: String, left: String, right: String, operator: String = "=", alias: String = ""
    ) -> Query {
        Query("leftJoin", table, alias.isEmpty ? [left, `operator`, right] : [left, `operator`, right, alias])
    }

    /// All rows of this table, with those that belong to them. Rows belong together when all of the queries hold, `Query.on` among them.
    public static func leftJoin(_ table: String, on queries: [any QueryConvertible], alias: String = "") -> Query {
        Query("leftJoin", table, nested: queries, after: alias.isEmpty ? [] : [alias])
    }

    /// All rows of the other table, with those that belong to them. Rows belong together when `left` compares to the other table's `right`.
    public static func rightJoin(
        _ table: String, left: String, right: String, operator: String = "=", alias: String = ""
    ) -> Query {
        Query("rightJoin", table, alias.isEmpty ? [left, `operator`, right] : [left, `operator`, right, alias])
    }

    /// All rows of the other table, with those that belong to them. Rows belong together when all of the queries hold, `Query.on` among them.
    public static func rightJoin(_ table: String, on queries: [any QueryConvertible], alias: String = "") -> Query {
        Query("rightJoin", table, nested: queries, after: alias.isEmpty ? [] : [alias])
    }

    /// All rows of both tables, paired where they belong together. Rows belong together when `left` compares to the other table's `right`.
    public static func fullOuterJoin(
        _ table: String, left: String, right: String, operator: String = "=", alias: String = ""
    ) -> Query {
        Query("fullOuterJoin", table, alias.isEmpty ? [left, `operator`, right] : [left, `operator`, right, alias])
    }

    /// All rows of both tables, paired where they belong together. Rows belong together when all of the queries hold, `Query.on` among them.
    public static func fullOuterJoin(_ table: String, on queries: [any QueryConvertible], alias: String = "") -> Query {
        Query("fullOuterJoin", table, nested: queries, after: alias.isEmpty ? [] : [alias])
    }

    /// Every row with every row.
    public static func crossJoin(_ table: String, alias: String = "") -> Query {
        Query("crossJoin", table, alias: alias)
    }
}
