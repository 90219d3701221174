import Foundation

/// A row of a table: where the table is, what new rows are made of, what can change, and which columns there are. Files
/// that `polywrite types` writes have one for each table.
public protocol TableRecord: Codable, Sendable {
    /// What a new row is made of.
    associatedtype New: Encodable & Sendable
    /// What can change in a row.
    associatedtype Changes: Encodable & Sendable
    /// The columns, for queries.
    associatedtype Columns: TableColumns

    /// ID of the database.
    static var databaseId: String { get }
    /// ID of the table.
    static var tableId: String { get }
    /// The columns, for queries.
    static var columns: Columns { get }
}

/// The columns of a table.
public protocol TableColumns: Sendable {}

extension TableColumns {
    /// The row's own ID.
    public var rowId: TableColumn<String> { TableColumn("$id") }
    /// When the row was created.
    public var rowCreatedAt: TableColumn<Date> { TableColumn("$createdAt") }
    /// When the row was last changed.
    public var rowUpdatedAt: TableColumn<Date> { TableColumn("$updatedAt") }
}

/// A column; `Value` is what it holds, or what each element of its list is.
public struct TableColumn<Value>: Sendable {
    /// Its key, for queries of `Query`.
    public let key: String

    /// The column with this key.
    public init(_ key: String) { self.key = key }
}

/// A column that leads to rows of another table, and that table's columns behind it: `\.author.name`.
@dynamicMemberLookup
public struct RelatedColumns<Record: TableRecord>: Sendable {
    /// Its key, for queries of `Query`.
    public let key: String

    /// The column with this key.
    public init(_ key: String) { self.key = key }

    /// A column of the related rows.
    public subscript<Value>(dynamicMember column: KeyPath<Record.Columns, TableColumn<Value>>) -> TableColumn<Value> {
        TableColumn("\(key).\(Record.columns[keyPath: column].key)")
    }
}
