// What comes back, in which order, and how much of it.
extension Query {
    /// Only these attributes come back.
    public static func select(_ attributes: [String]) -> Query {
        Query("select", nil, attributes)
    }

    /// Smallest first.
    public static func orderAsc(_ attribute: String) -> Query {
        Query("orderAsc", attribute)
    }

    /// Greatest first.
    public static func orderDesc(_ attribute: String) -> Query {
        Query("orderDesc", attribute)
    }

    /// In any order.
    public static func orderRandom() -> Query {
        Query("orderRandom")
    }

    /// The page that ends before the row with this ID.
    public static func cursorBefore(_ id: String) -> Query {
        Query("cursorBefore", nil, [id])
    }

    /// The page that begins after the row with this ID.
    public static func cursorAfter(_ id: String) -> Query {
        Query("cursorAfter", nil, [id])
    }

    /// No more rows than this.
    public static func limit(_ limit: Int) -> Query {
        Query("limit", nil, [limit])
    }

    /// Without this many rows at the beginning.
    public static func offset(_ offset: Int) -> Query {
        Query("offset", nil, [offset])
    }

    /// Every row once. Appwrite Cloud only.
    public static func distinct() -> Query {
        Query("distinct")
    }
}
