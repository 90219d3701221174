import Foundation

/// A query about rows of one table, which knows its columns.
///
///     cinema.movies.listRows([.equal(\.year, 1984), .orderDesc(\.title), .limit(25)])
///
/// It takes values of the type that a column holds. `Query` says what each query means.
public struct TableQuery<Record: TableRecord>: QueryConvertible {
    public let query: Query

    /// A column of the table.
    public typealias Column<Value> = KeyPath<Record.Columns, TableColumn<Value>>

    private init(_ query: Query) { self.query = query }

    private init<Value>(_ make: (String) -> Query, _ column: Column<Value>) {
        query = make(Record.columns[keyPath: column].key)
    }

    private init<Value>(_ make: (String, Any) -> Query, _ column: Column<Value>, _ value: Any) {
        query = make(Record.columns[keyPath: column].key, value)
    }
}

// Values.
extension TableQuery {
    /// Rows whose column equals the value.
    public static func equal<Value: ColumnValue>(_ column: Column<Value>, _ value: Value) -> Self {
        Self(Query.equal, column, value)
    }

    /// Rows whose column equals any of several values.
    public static func equal<Value: ColumnValue>(_ column: Column<Value>, anyOf values: [Value]) -> Self {
        Self(Query.equal, column, values)
    }

    /// Rows whose column differs from the value.
    public static func notEqual<Value: ColumnValue>(_ column: Column<Value>, _ value: Value) -> Self {
        Self(Query.notEqual, column, value)
    }

    /// Rows whose column is below the value.
    public static func lessThan<Value: ColumnValue>(_ column: Column<Value>, _ value: Value) -> Self {
        Self(Query.lessThan, column, value)
    }

    /// Rows whose column is the value or below it.
    public static func lessThanEqual<Value: ColumnValue>(_ column: Column<Value>, _ value: Value) -> Self {
        Self(Query.lessThanEqual, column, value)
    }

    /// Rows whose column is above the value.
    public static func greaterThan<Value: ColumnValue>(_ column: Column<Value>, _ value: Value) -> Self {
        Self(Query.greaterThan, column, value)
    }

    /// Rows whose column is the value or above it.
    public static func greaterThanEqual<Value: ColumnValue>(_ column: Column<Value>, _ value: Value) -> Self {
        Self(Query.greaterThanEqual, column, value)
    }

    /// Rows whose column lies between two values, both included.
    public static func between<Value: ColumnValue>(_ column: Column<Value>, _ start: Value, _ end: Value) -> Self {
        Self({ Query.between($0, start: start, end: end) }, column)
    }

    /// Rows whose column lies outside of two values.
    public static func notBetween<Value: ColumnValue>(_ column: Column<Value>, _ start: Value, _ end: Value) -> Self {
        Self({ Query.notBetween($0, start: start, end: end) }, column)
    }

    /// Rows whose text or list contains the value.
    public static func contains<Value: ColumnValue>(_ column: Column<Value>, _ value: Value) -> Self {
        Self(Query.contains, column, value)
    }

    /// Rows whose text or list does not contain the value.
    public static func notContains<Value: ColumnValue>(_ column: Column<Value>, _ value: Value) -> Self {
        Self(Query.notContains, column, value)
    }

    /// Rows whose list has at least one of the values.
    public static func containsAny<Value: ColumnValue>(_ column: Column<Value>, _ values: [Value]) -> Self {
        Self(Query.containsAny, column, values)
    }

    /// Rows whose list has every one of the values.
    public static func containsAll<Value: ColumnValue>(_ column: Column<Value>, _ values: [Value]) -> Self {
        Self(Query.containsAll, column, values)
    }

    /// Rows whose column is null.
    public static func isNull<Value>(_ column: Column<Value>) -> Self { Self(Query.isNull, column) }

    /// Rows whose column has a value.
    public static func isNotNull<Value>(_ column: Column<Value>) -> Self { Self(Query.isNotNull, column) }
}

// Texts.
extension TableQuery {
    /// Rows whose column begins with the text.
    public static func startsWith(_ column: Column<String>, _ text: String) -> Self {
        Self(Query.startsWith, column, text)
    }

    /// Rows whose column does not begin with the text.
    public static func notStartsWith(_ column: Column<String>, _ text: String) -> Self {
        Self(Query.notStartsWith, column, text)
    }

    /// Rows whose column ends with the text.
    public static func endsWith(_ column: Column<String>, _ text: String) -> Self {
        Self(Query.endsWith, column, text)
    }

    /// Rows whose column does not end with the text.
    public static func notEndsWith(_ column: Column<String>, _ text: String) -> Self {
        Self(Query.notEndsWith, column, text)
    }

    /// Rows whose column matches a regular expression.
    public static func regex(_ column: Column<String>, _ pattern: String) -> Self {
        Self({ Query.regex($0, pattern: pattern) }, column)
    }

    /// Rows whose column contains the words; needs a full-text index.
    public static func search(_ column: Column<String>, _ words: String) -> Self {
        Self(Query.search, column, words)
    }

    /// Rows whose column does not contain the words; needs a full-text index.
    public static func notSearch(_ column: Column<String>, _ words: String) -> Self {
        Self(Query.notSearch, column, words)
    }
}

// Order, pages, related rows.
extension TableQuery {
    /// Sorts by the column, smallest first.
    public static func orderAsc<Value>(_ column: Column<Value>) -> Self { Self(Query.orderAsc, column) }

    /// Sorts by the column, largest first.
    public static func orderDesc<Value>(_ column: Column<Value>) -> Self { Self(Query.orderDesc, column) }

    /// Puts the rows in random order.
    public static func orderRandom() -> Self { Self(Query.orderRandom()) }

    /// The page that begins after the row with this ID.
    public static func cursorAfter(_ id: String) -> Self { Self(Query.cursorAfter(id)) }

    /// The page that ends before the row with this ID.
    public static func cursorBefore(_ id: String) -> Self { Self(Query.cursorBefore(id)) }

    /// Returns at most this many rows; without it, a list returns 25.
    public static func limit(_ limit: Int) -> Self { Self(Query.limit(limit)) }

    /// Skips this many rows; for long lists a cursor is faster.
    public static func offset(_ offset: Int) -> Self { Self(Query.offset(offset)) }

    /// Rows that match at least one of these queries.
    public static func or(_ queries: [Self]) -> Self { Self(Query.or(queries)) }

    /// Rows that match all of these queries.
    public static func and(_ queries: [Self]) -> Self { Self(Query.and(queries)) }

    /// Returns all columns of the rows, and all of the row or rows that this column leads to.
    public static func selectAll<Other>(_ column: KeyPath<Record.Columns, RelatedColumns<Other>>) -> Self {
        Self(Query.select(["*", "\(Record.columns[keyPath: column].key).*"]))
    }
}

// Geometries.
extension TableQuery {
    /// Rows whose geometry shares a point with this one.
    public static func intersects<Value: Geometry>(_ column: Column<Value>, _ geometry: some Geometry) -> Self {
        Self({ Query.intersects($0, values: geometry.coordinates) }, column)
    }

    /// Rows whose geometry crosses this one.
    public static func crosses<Value: Geometry>(_ column: Column<Value>, _ geometry: some Geometry) -> Self {
        Self({ Query.crosses($0, values: geometry.coordinates) }, column)
    }

    /// Rows whose geometry overlaps this one in part.
    public static func overlaps<Value: Geometry>(_ column: Column<Value>, _ geometry: some Geometry) -> Self {
        Self({ Query.overlaps($0, values: geometry.coordinates) }, column)
    }

    /// Rows whose geometry touches this one at its edge only.
    public static func touches<Value: Geometry>(_ column: Column<Value>, _ geometry: some Geometry) -> Self {
        Self({ Query.touches($0, values: geometry.coordinates) }, column)
    }

    /// Rows whose point is nearer than this to a geometry: in metres, or in the unit of the coordinates.
    public static func distanceLessThan<Value: Geometry>(
        _ column: Column<Value>, _ geometry: some Geometry, _ distance: Double, meters: Bool = true
    ) -> Self {
        let shape = geometry.coordinates
        return Self({ Query.distanceLessThan($0, values: shape, distance: distance, meters: meters) }, column)
    }

    /// Rows whose point is farther than this from a geometry: in metres, or in the unit of the coordinates.
    public static func distanceGreaterThan<Value: Geometry>(
        _ column: Column<Value>, _ geometry: some Geometry, _ distance: Double, meters: Bool = true
    ) -> Self {
        let shape = geometry.coordinates
        return Self({ Query.distanceGreaterThan($0, values: shape, distance: distance, meters: meters) }, column)
    }
}
