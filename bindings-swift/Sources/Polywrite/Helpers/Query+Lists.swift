// What comes back, in which order, and how much of it.
extension Query {
    /// Only these attributes come back.
    public static func select(_ attributes: [String]) -> String {
        HelperText("select").values(attributes)
    }

    /// Smallest first.
    public static func orderAsc(_ attribute: String) -> String {
        HelperText("orderAsc", attribute).bare
    }

    /// Greatest first.
    public static func orderDesc(_ attribute: String) -> String {
        HelperText("orderDesc", attribute).bare
    }

    /// In any order.
    public static func orderRandom() -> String {
        HelperText("orderRandom").bare
    }

    /// The page that ends before the row with this ID.
    public static func cursorBefore(_ id: String) -> String {
        HelperText("cursorBefore").values([id])
    }

    /// The page that begins after the row with this ID.
    public static func cursorAfter(_ id: String) -> String {
        HelperText("cursorAfter").values([id])
    }

    /// No more rows than this.
    public static func limit(_ limit: Int) -> String {
        HelperText("limit").values([limit])
    }

    /// Without this many rows at the beginning.
    public static func offset(_ offset: Int) -> String {
        HelperText("offset").values([offset])
    }

    /// Every row once. Appwrite Cloud only.
    public static func distinct() -> String {
        HelperText("distinct").bare
    }
}
