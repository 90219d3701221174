// Made by `polywrite types` from the tables of a project: change them, not this file.

import Foundation
import Polywrite
import PolywriteModels

/// One of `an_enumeration_with_a_long_identifier` of `a_table_with_a_quite_long_identifiers`.
public enum ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier: String, TableEnum {
  case theFirstOfQuiteALotOfValues = "the first of quite a lot of values"
  case itSTheSecond = "it's the \"second\""
  case theThirdOfQuiteALotOfValues = "the third of quite a lot of values"
}

/// One of `an_enumeration_with_a_long_id_array` of `a_table_with_a_quite_long_identifiers`.
public enum ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray: String, TableEnum {
  case x
}

/// A row of the table `a_table_with_a_quite_long_identifiers`.
public struct ATableWithAQuiteLongIdentifier: TableRecord {
  public typealias New = NewATableWithAQuiteLongIdentifier
  public typealias Changes = ATableWithAQuiteLongIdentifierChanges
  public static let databaseId = "a_database_with_a_very_long_identifier"
  public static let tableId = "a_table_with_a_quite_long_identifiers"
  public static let columns = ATableWithAQuiteLongIdentifierColumns()

  public var anEnumerationWithALongIdentifier:
    ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier?
  public var anEnumerationWithALongIdArray:
    [ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray]
  public var aBigIntegerWithALongIdentifier: [Int]
  public var aPolygonWithAVeryLongIdentifier: [[GeoPoint]]?
  public var datesWithAQuiteLongIdentifier: [Date]
  /// There where it is selected.
  public var theOthersWithALongIdentifier: [Row<AnotherTableWithALongIdentifier>]?
  /// There where it is selected.
  public var theParentWithALongIdentifier: Related<Row<AnotherTableWithALongIdentifier>>?

  enum CodingKeys: String, CodingKey {
    case anEnumerationWithALongIdentifier = "an_enumeration_with_a_long_identifier"
    case anEnumerationWithALongIdArray = "an_enumeration_with_a_long_id_array"
    case aBigIntegerWithALongIdentifier = "a_big_integer_with_a_long_identifier"
    case aPolygonWithAVeryLongIdentifier = "a_polygon_with_a_very_long_identifier"
    case datesWithAQuiteLongIdentifier = "dates_with_a_quite_long_identifier"
    case theOthersWithALongIdentifier = "the_others_with_a_long_identifier"
    case theParentWithALongIdentifier = "the_parent_with_a_long_identifier"
  }
}

/// The columns of `a_table_with_a_quite_long_identifiers`, for queries.
public struct ATableWithAQuiteLongIdentifierColumns: TableColumns {
  public let anEnumerationWithALongIdentifier = TableColumn<
    ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier
  >(
    "an_enumeration_with_a_long_identifier"
  )
  public let anEnumerationWithALongIdArray = TableColumn<
    ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray
  >(
    "an_enumeration_with_a_long_id_array"
  )
  public let aBigIntegerWithALongIdentifier = TableColumn<Int>(
    "a_big_integer_with_a_long_identifier"
  )
  public let aPolygonWithAVeryLongIdentifier = TableColumn<[[GeoPoint]]>(
    "a_polygon_with_a_very_long_identifier"
  )
  public let datesWithAQuiteLongIdentifier = TableColumn<Date>("dates_with_a_quite_long_identifier")
  public let theOthersWithALongIdentifier = RelatedColumns<AnotherTableWithALongIdentifier>(
    "the_others_with_a_long_identifier"
  )
  public let theParentWithALongIdentifier = RelatedColumns<AnotherTableWithALongIdentifier>(
    "the_parent_with_a_long_identifier"
  )
}

/// What a new row of `a_table_with_a_quite_long_identifiers` is made of.
public struct NewATableWithAQuiteLongIdentifier: Encodable, Sendable {
  /// Default: "the first of quite a lot of values".
  public var anEnumerationWithALongIdentifier:
    ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier?
  public var anEnumerationWithALongIdArray:
    [ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray]?
  public var aBigIntegerWithALongIdentifier: [Int]?
  public var aPolygonWithAVeryLongIdentifier: [[GeoPoint]]?
  public var datesWithAQuiteLongIdentifier: [Date]?
  public var theOthersWithALongIdentifier: [RowLink<NewAnotherTableWithALongIdentifier>]?
  public var theParentWithALongIdentifier: RowLink<NewAnotherTableWithALongIdentifier>?

  public init(
    anEnumerationWithALongIdentifier:
      ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier? = nil,
    anEnumerationWithALongIdArray: [ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray]? =
      nil,
    aBigIntegerWithALongIdentifier: [Int]? = nil,
    aPolygonWithAVeryLongIdentifier: [[GeoPoint]]? = nil,
    datesWithAQuiteLongIdentifier: [Date]? = nil,
    theOthersWithALongIdentifier: [RowLink<NewAnotherTableWithALongIdentifier>]? = nil,
    theParentWithALongIdentifier: RowLink<NewAnotherTableWithALongIdentifier>? = nil
  ) {
    self.anEnumerationWithALongIdentifier = anEnumerationWithALongIdentifier
    self.anEnumerationWithALongIdArray = anEnumerationWithALongIdArray
    self.aBigIntegerWithALongIdentifier = aBigIntegerWithALongIdentifier
    self.aPolygonWithAVeryLongIdentifier = aPolygonWithAVeryLongIdentifier
    self.datesWithAQuiteLongIdentifier = datesWithAQuiteLongIdentifier
    self.theOthersWithALongIdentifier = theOthersWithALongIdentifier
    self.theParentWithALongIdentifier = theParentWithALongIdentifier
  }

  enum CodingKeys: String, CodingKey {
    case anEnumerationWithALongIdentifier = "an_enumeration_with_a_long_identifier"
    case anEnumerationWithALongIdArray = "an_enumeration_with_a_long_id_array"
    case aBigIntegerWithALongIdentifier = "a_big_integer_with_a_long_identifier"
    case aPolygonWithAVeryLongIdentifier = "a_polygon_with_a_very_long_identifier"
    case datesWithAQuiteLongIdentifier = "dates_with_a_quite_long_identifier"
    case theOthersWithALongIdentifier = "the_others_with_a_long_identifier"
    case theParentWithALongIdentifier = "the_parent_with_a_long_identifier"
  }
}

/// What can change in a row of `a_table_with_a_quite_long_identifiers`.
public struct ATableWithAQuiteLongIdentifierChanges: Encodable, Sendable {
  public var anEnumerationWithALongIdentifier:
    ColumnChange<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier?>?
  public var anEnumerationWithALongIdArray:
    ColumnChange<[ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray]>?
  public var aBigIntegerWithALongIdentifier: ColumnChange<[Int]>?
  public var aPolygonWithAVeryLongIdentifier: ColumnChange<[[GeoPoint]]?>?
  public var datesWithAQuiteLongIdentifier: ColumnChange<[Date]>?
  public var theOthersWithALongIdentifier:
    ColumnChange<[RowLink<NewAnotherTableWithALongIdentifier>]>?
  public var theParentWithALongIdentifier:
    ColumnChange<RowLink<NewAnotherTableWithALongIdentifier>?>?

  public init(
    anEnumerationWithALongIdentifier: ColumnChange<
      ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier?
    >? = nil,
    anEnumerationWithALongIdArray: ColumnChange<
      [ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray]
    >? = nil,
    aBigIntegerWithALongIdentifier: ColumnChange<[Int]>? = nil,
    aPolygonWithAVeryLongIdentifier: ColumnChange<[[GeoPoint]]?>? = nil,
    datesWithAQuiteLongIdentifier: ColumnChange<[Date]>? = nil,
    theOthersWithALongIdentifier: ColumnChange<[RowLink<NewAnotherTableWithALongIdentifier>]>? =
      nil,
    theParentWithALongIdentifier: ColumnChange<RowLink<NewAnotherTableWithALongIdentifier>?>? = nil
  ) {
    self.anEnumerationWithALongIdentifier = anEnumerationWithALongIdentifier
    self.anEnumerationWithALongIdArray = anEnumerationWithALongIdArray
    self.aBigIntegerWithALongIdentifier = aBigIntegerWithALongIdentifier
    self.aPolygonWithAVeryLongIdentifier = aPolygonWithAVeryLongIdentifier
    self.datesWithAQuiteLongIdentifier = datesWithAQuiteLongIdentifier
    self.theOthersWithALongIdentifier = theOthersWithALongIdentifier
    self.theParentWithALongIdentifier = theParentWithALongIdentifier
  }

  enum CodingKeys: String, CodingKey {
    case anEnumerationWithALongIdentifier = "an_enumeration_with_a_long_identifier"
    case anEnumerationWithALongIdArray = "an_enumeration_with_a_long_id_array"
    case aBigIntegerWithALongIdentifier = "a_big_integer_with_a_long_identifier"
    case aPolygonWithAVeryLongIdentifier = "a_polygon_with_a_very_long_identifier"
    case datesWithAQuiteLongIdentifier = "dates_with_a_quite_long_identifier"
    case theOthersWithALongIdentifier = "the_others_with_a_long_identifier"
    case theParentWithALongIdentifier = "the_parent_with_a_long_identifier"
  }
}

/// A row of the table `another_table_with_a_long_identifiers`.
public struct AnotherTableWithALongIdentifier: TableRecord {
  public typealias New = NewAnotherTableWithALongIdentifier
  public typealias Changes = AnotherTableWithALongIdentifierChanges
  public static let databaseId = "a_database_with_a_very_long_identifier"
  public static let tableId = "another_table_with_a_long_identifiers"
  public static let columns = AnotherTableWithALongIdentifierColumns()

  public var _1st: Int
  /// There where it is selected.
  public var theBackReferenceWithALongName: [Row<ATableWithAQuiteLongIdentifier>]?

  enum CodingKeys: String, CodingKey {
    case _1st = "1st"
    case theBackReferenceWithALongName = "the_back_reference_with_a_long_name"
  }
}

/// The columns of `another_table_with_a_long_identifiers`, for queries.
public struct AnotherTableWithALongIdentifierColumns: TableColumns {
  public let _1st = TableColumn<Int>("1st")
  public let theBackReferenceWithALongName = RelatedColumns<ATableWithAQuiteLongIdentifier>(
    "the_back_reference_with_a_long_name"
  )
}

/// What a new row of `another_table_with_a_long_identifiers` is made of.
public struct NewAnotherTableWithALongIdentifier: Encodable, Sendable {
  public var _1st: Int
  public var theBackReferenceWithALongName: [RowLink<NewATableWithAQuiteLongIdentifier>]?

  public init(
    _1st: Int,
    theBackReferenceWithALongName: [RowLink<NewATableWithAQuiteLongIdentifier>]? = nil
  ) {
    self._1st = _1st
    self.theBackReferenceWithALongName = theBackReferenceWithALongName
  }

  enum CodingKeys: String, CodingKey {
    case _1st = "1st"
    case theBackReferenceWithALongName = "the_back_reference_with_a_long_name"
  }
}

/// What can change in a row of `another_table_with_a_long_identifiers`.
public struct AnotherTableWithALongIdentifierChanges: Encodable, Sendable {
  public var _1st: ColumnChange<Int>?
  public var theBackReferenceWithALongName:
    ColumnChange<[RowLink<NewATableWithAQuiteLongIdentifier>]>?

  public init(
    _1st: ColumnChange<Int>? = nil,
    theBackReferenceWithALongName: ColumnChange<[RowLink<NewATableWithAQuiteLongIdentifier>]>? = nil
  ) {
    self._1st = _1st
    self.theBackReferenceWithALongName = theBackReferenceWithALongName
  }

  enum CodingKeys: String, CodingKey {
    case _1st = "1st"
    case theBackReferenceWithALongName = "the_back_reference_with_a_long_name"
  }
}

/// A row of the table `queries`.
public struct ADatabaseWithAVeryLongIdentifierQuery: TableRecord {
  public typealias New = NewADatabaseWithAVeryLongIdentifierQuery
  public typealias Changes = ADatabaseWithAVeryLongIdentifierQueryChanges
  public static let databaseId = "a_database_with_a_very_long_identifier"
  public static let tableId = "queries"
  public static let columns = ADatabaseWithAVeryLongIdentifierQueryColumns()
}

/// The columns of `queries`, for queries.
public struct ADatabaseWithAVeryLongIdentifierQueryColumns: TableColumns {}

/// What a new row of `queries` is made of.
public struct NewADatabaseWithAVeryLongIdentifierQuery: Encodable, Sendable {
  public init() {}
}

/// What can change in a row of `queries`.
public struct ADatabaseWithAVeryLongIdentifierQueryChanges: Encodable, Sendable {
  public init() {}
}

/// A row of the table `records`.
public struct RecordRow: TableRecord {
  public typealias New = NewRecordRow
  public typealias Changes = RecordRowChanges
  public static let databaseId = "other"
  public static let tableId = "records"
  public static let columns = RecordRowColumns()

  public var self_: [Bool]
  public var type: String?
  public var modelName: String?
  public var json: String?

  enum CodingKeys: String, CodingKey {
    case self_ = "self"
    case type
    case modelName = "model_name"
    case json
  }
}

/// The columns of `records`, for queries.
public struct RecordRowColumns: TableColumns {
  public let self_ = TableColumn<Bool>("self")
  public let type = TableColumn<String>("type")
  public let modelName = TableColumn<String>("model_name")
  public let json = TableColumn<String>("json")
}

/// What a new row of `records` is made of.
public struct NewRecordRow: Encodable, Sendable {
  public var self_: [Bool]
  public var type: String?
  public var modelName: String?
  public var json: String?

  public init(
    self_: [Bool],
    type: String? = nil,
    modelName: String? = nil,
    json: String? = nil
  ) {
    self.self_ = self_
    self.type = type
    self.modelName = modelName
    self.json = json
  }

  enum CodingKeys: String, CodingKey {
    case self_ = "self"
    case type
    case modelName = "model_name"
    case json
  }
}

/// What can change in a row of `records`.
public struct RecordRowChanges: Encodable, Sendable {
  public var self_: ColumnChange<[Bool]>?
  public var type: ColumnChange<String?>?
  public var modelName: ColumnChange<String?>?
  public var json: ColumnChange<String?>?

  public init(
    self_: ColumnChange<[Bool]>? = nil,
    type: ColumnChange<String?>? = nil,
    modelName: ColumnChange<String?>? = nil,
    json: ColumnChange<String?>? = nil
  ) {
    self.self_ = self_
    self.type = type
    self.modelName = modelName
    self.json = json
  }

  enum CodingKeys: String, CodingKey {
    case self_ = "self"
    case type
    case modelName = "model_name"
    case json
  }
}

/// A row of the table `transaction`.
public struct Transaction: TableRecord {
  public typealias New = NewTransaction
  public typealias Changes = TransactionChanges
  public static let databaseId = "other"
  public static let tableId = "transaction"
  public static let columns = TransactionColumns()

  public var `import`: Bool
}

/// The columns of `transaction`, for queries.
public struct TransactionColumns: TableColumns {
  public let `import` = TableColumn<Bool>("import")
}

/// What a new row of `transaction` is made of.
public struct NewTransaction: Encodable, Sendable {
  public var `import`: Bool

  public init(
    `import`: Bool
  ) {
    self.`import` = `import`
  }
}

/// What can change in a row of `transaction`.
public struct TransactionChanges: Encodable, Sendable {
  public var `import`: ColumnChange<Bool>?

  public init(
    `import`: ColumnChange<Bool>? = nil
  ) {
    self.`import` = `import`
  }
}

/// A row of the table `6b011d18ad1c6f4389d7`.
public struct NamedTable: TableRecord {
  public typealias New = NewNamedTable
  public typealias Changes = NamedTableChanges
  public static let databaseId = "other"
  public static let tableId = "6b011d18ad1c6f4389d7"
  public static let columns = NamedTableColumns()
}

/// The columns of `6b011d18ad1c6f4389d7`, for queries.
public struct NamedTableColumns: TableColumns {}

/// What a new row of `6b011d18ad1c6f4389d7` is made of.
public struct NewNamedTable: Encodable, Sendable {
  public init() {}
}

/// What can change in a row of `6b011d18ad1c6f4389d7`.
public struct NamedTableChanges: Encodable, Sendable {
  public init() {}
}

/// A row of the table `queries`.
public struct OtherQuery: TableRecord {
  public typealias New = NewOtherQuery
  public typealias Changes = OtherQueryChanges
  public static let databaseId = "other"
  public static let tableId = "queries"
  public static let columns = OtherQueryColumns()
}

/// The columns of `queries`, for queries.
public struct OtherQueryColumns: TableColumns {}

/// What a new row of `queries` is made of.
public struct NewOtherQuery: Encodable, Sendable {
  public init() {}
}

/// What can change in a row of `queries`.
public struct OtherQueryChanges: Encodable, Sendable {
  public init() {}
}

/// The database `a_database_with_a_very_long_identifier`.
public struct ADatabaseWithAVeryLongIdentifier: TableDatabase {
  public let service: TablesDB

  /// The tables, with their calls made by `service`.
  public init(_ service: TablesDB) {
    self.service = service
  }

  /// The table `a_table_with_a_quite_long_identifiers`.
  public var aTableWithAQuiteLongIdentifiers: TypedTable<ATableWithAQuiteLongIdentifier> {
    TypedTable(service)
  }

  /// The table `another_table_with_a_long_identifiers`.
  public var anotherTableWithALongIdentifiers: TypedTable<AnotherTableWithALongIdentifier> {
    TypedTable(service)
  }

  /// The table `queries`.
  public var queries: TypedTable<ADatabaseWithAVeryLongIdentifierQuery> { TypedTable(service) }
}

/// The database `other`.
public struct Other: TableDatabase {
  public let service: TablesDB

  /// The tables, with their calls made by `service`.
  public init(_ service: TablesDB) {
    self.service = service
  }

  /// The table `records`.
  public var records: TypedTable<RecordRow> { TypedTable(service) }

  /// The table `transaction`.
  public var transactionTable: TypedTable<Transaction> { TypedTable(service) }

  /// The table `6b011d18ad1c6f4389d7`.
  public var namedTables: TypedTable<NamedTable> { TypedTable(service) }

  /// The table `queries`.
  public var queries: TypedTable<OtherQuery> { TypedTable(service) }
}
