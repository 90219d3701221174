/// Makes query strings: which rows, in which order, how many.
///
///     queries: [Query.equal("year", value: 1999), Query.orderDesc("title"), Query.limit(25)]
public enum Query {
    /// The limit and offset of a page, counted from 1. Appwrite Cloud only.
    public static func page(_ page: Int, perPage: Int = 25) -> [String] {
        guard page >= 1, perPage >= 1 else {
            return [InvalidHelper.text("Query.page: page \(page) of \(perPage) rows must both be at least 1")]
        }
        let (before, isTooFar) = (page - 1).multipliedReportingOverflow(by: perPage)
        guard !isTooFar else {
            return [InvalidHelper.text("Query.page: page \(page) of \(perPage) rows is too far")]
        }
        return [limit(perPage), offset(before)]
    }
}
