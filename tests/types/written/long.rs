// Made by `polywrite types` from the tables of a project: change them, not this file.

#![allow(clippy::all, dead_code, missing_docs, unreachable_pub)]

use polywrite::models::Row;
use polywrite::services::{Table, TablesDB};
use polywrite::table::{Change, Column, Geometry, Held, IntoChange, Link, Record, Relation};
use polywrite::{Client, TransactionCall};
use serde::{Deserialize, Serialize};

/// One of `an_enumeration_with_a_long_identifier` of `a_table_with_a_quite_long_identifiers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier {
    #[serde(rename = "the first of quite a lot of values")]
    TheFirstOfQuiteALotOfValues,
    #[serde(rename = "it's the \"second\"")]
    ItSTheSecond,
    #[serde(rename = "the third of quite a lot of values")]
    TheThirdOfQuiteALotOfValues,
}

impl Held for ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier {}

/// One of `an_enumeration_with_a_long_id_array` of `a_table_with_a_quite_long_identifiers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub enum ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray {
    #[serde(rename = "x")]
    X,
}

impl Held for ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray {}

/// A row of the table `a_table_with_a_quite_long_identifiers`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ATableWithAQuiteLongIdentifier {
    pub an_enumeration_with_a_long_identifier:
        Option<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier>,
    pub an_enumeration_with_a_long_id_array:
        Vec<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray>,
    pub a_big_integer_with_a_long_identifier: Vec<i64>,
    pub a_polygon_with_a_very_long_identifier: Option<Vec<Vec<[f64; 2]>>>,
    pub dates_with_a_quite_long_identifier: Vec<String>,
    /// There where it is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub the_others_with_a_long_identifier: Option<Vec<Row<AnotherTableWithALongIdentifier>>>,
    /// There where it is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub the_parent_with_a_long_identifier: Option<Box<Row<AnotherTableWithALongIdentifier>>>,
}

impl ATableWithAQuiteLongIdentifier {
    /// The column `an_enumeration_with_a_long_identifier`, for queries.
    pub const AN_ENUMERATION_WITH_A_LONG_IDENTIFIER: Column<
        Self,
        ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier,
    > = Column::new("an_enumeration_with_a_long_identifier");
    /// The column `an_enumeration_with_a_long_id_array`, for queries.
    pub const AN_ENUMERATION_WITH_A_LONG_ID_ARRAY: Column<
        Self,
        ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray,
    > = Column::new("an_enumeration_with_a_long_id_array");
    /// The column `a_big_integer_with_a_long_identifier`, for queries.
    pub const A_BIG_INTEGER_WITH_A_LONG_IDENTIFIER: Column<Self, i64> =
        Column::new("a_big_integer_with_a_long_identifier");
    /// The column `a_polygon_with_a_very_long_identifier`, for queries.
    pub const A_POLYGON_WITH_A_VERY_LONG_IDENTIFIER: Column<Self, Geometry> =
        Column::new("a_polygon_with_a_very_long_identifier");
    /// The column `dates_with_a_quite_long_identifier`, for queries.
    pub const DATES_WITH_A_QUITE_LONG_IDENTIFIER: Column<Self, String> =
        Column::new("dates_with_a_quite_long_identifier");
    /// The column `the_others_with_a_long_identifier`, for queries.
    pub const THE_OTHERS_WITH_A_LONG_IDENTIFIER: Relation<Self, AnotherTableWithALongIdentifier> =
        Relation::new("the_others_with_a_long_identifier");
    /// The column `the_parent_with_a_long_identifier`, for queries.
    pub const THE_PARENT_WITH_A_LONG_IDENTIFIER: Relation<Self, AnotherTableWithALongIdentifier> =
        Relation::new("the_parent_with_a_long_identifier");
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for ATableWithAQuiteLongIdentifier {
    type New = NewATableWithAQuiteLongIdentifier;
    type Changes = ATableWithAQuiteLongIdentifierChanges;
    const DATABASE_ID: &'static str = "a_database_with_a_very_long_identifier";
    const TABLE_ID: &'static str = "a_table_with_a_quite_long_identifiers";
}

/// What a new row of `a_table_with_a_quite_long_identifiers` is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewATableWithAQuiteLongIdentifier {
    /// Default: "the first of quite a lot of values".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub an_enumeration_with_a_long_identifier:
        Option<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub an_enumeration_with_a_long_id_array:
        Option<Vec<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a_big_integer_with_a_long_identifier: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a_polygon_with_a_very_long_identifier: Option<Vec<Vec<[f64; 2]>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates_with_a_quite_long_identifier: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub the_others_with_a_long_identifier: Option<Vec<Link<NewAnotherTableWithALongIdentifier>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub the_parent_with_a_long_identifier: Option<Link<NewAnotherTableWithALongIdentifier>>,
}

/// What can change in a row of `a_table_with_a_quite_long_identifiers`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ATableWithAQuiteLongIdentifierChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    an_enumeration_with_a_long_identifier:
        Option<Change<Option<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    an_enumeration_with_a_long_id_array:
        Option<Change<Vec<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    a_big_integer_with_a_long_identifier: Option<Change<Vec<i64>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    a_polygon_with_a_very_long_identifier: Option<Change<Option<Vec<Vec<[f64; 2]>>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dates_with_a_quite_long_identifier: Option<Change<Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    the_others_with_a_long_identifier:
        Option<Change<Vec<Link<NewAnotherTableWithALongIdentifier>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    the_parent_with_a_long_identifier:
        Option<Change<Option<Link<NewAnotherTableWithALongIdentifier>>>>,
}

impl ATableWithAQuiteLongIdentifierChanges {
    /// Changes `an_enumeration_with_a_long_identifier`.
    #[must_use]
    pub fn an_enumeration_with_a_long_identifier(
        mut self,
        value: impl IntoChange<Option<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdentifier>>,
    ) -> Self {
        self.an_enumeration_with_a_long_identifier = Some(value.into_change());
        self
    }

    /// Changes `an_enumeration_with_a_long_id_array`.
    #[must_use]
    pub fn an_enumeration_with_a_long_id_array(
        mut self,
        value: impl IntoChange<Vec<ATableWithAQuiteLongIdentifierAnEnumerationWithALongIdArray>>,
    ) -> Self {
        self.an_enumeration_with_a_long_id_array = Some(value.into_change());
        self
    }

    /// Changes `a_big_integer_with_a_long_identifier`.
    #[must_use]
    pub fn a_big_integer_with_a_long_identifier(
        mut self,
        value: impl IntoChange<Vec<i64>>,
    ) -> Self {
        self.a_big_integer_with_a_long_identifier = Some(value.into_change());
        self
    }

    /// Changes `a_polygon_with_a_very_long_identifier`.
    #[must_use]
    pub fn a_polygon_with_a_very_long_identifier(
        mut self,
        value: impl IntoChange<Option<Vec<Vec<[f64; 2]>>>>,
    ) -> Self {
        self.a_polygon_with_a_very_long_identifier = Some(value.into_change());
        self
    }

    /// Changes `dates_with_a_quite_long_identifier`.
    #[must_use]
    pub fn dates_with_a_quite_long_identifier(
        mut self,
        value: impl IntoChange<Vec<String>>,
    ) -> Self {
        self.dates_with_a_quite_long_identifier = Some(value.into_change());
        self
    }

    /// Changes `the_others_with_a_long_identifier`.
    #[must_use]
    pub fn the_others_with_a_long_identifier(
        mut self,
        value: impl IntoChange<Vec<Link<NewAnotherTableWithALongIdentifier>>>,
    ) -> Self {
        self.the_others_with_a_long_identifier = Some(value.into_change());
        self
    }

    /// Changes `the_parent_with_a_long_identifier`.
    #[must_use]
    pub fn the_parent_with_a_long_identifier(
        mut self,
        value: impl IntoChange<Option<Link<NewAnotherTableWithALongIdentifier>>>,
    ) -> Self {
        self.the_parent_with_a_long_identifier = Some(value.into_change());
        self
    }
}

/// A row of the table `another_table_with_a_long_identifiers`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct AnotherTableWithALongIdentifier {
    #[serde(rename = "1st")]
    pub _1st: i64,
    /// There where it is selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub the_back_reference_with_a_long_name: Option<Vec<Row<ATableWithAQuiteLongIdentifier>>>,
}

impl AnotherTableWithALongIdentifier {
    /// The column `1st`, for queries.
    pub const _1ST: Column<Self, i64> = Column::new("1st");
    /// The column `the_back_reference_with_a_long_name`, for queries.
    pub const THE_BACK_REFERENCE_WITH_A_LONG_NAME: Relation<Self, ATableWithAQuiteLongIdentifier> =
        Relation::new("the_back_reference_with_a_long_name");
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for AnotherTableWithALongIdentifier {
    type New = NewAnotherTableWithALongIdentifier;
    type Changes = AnotherTableWithALongIdentifierChanges;
    const DATABASE_ID: &'static str = "a_database_with_a_very_long_identifier";
    const TABLE_ID: &'static str = "another_table_with_a_long_identifiers";
}

/// What a new row of `another_table_with_a_long_identifiers` is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewAnotherTableWithALongIdentifier {
    #[serde(rename = "1st")]
    pub _1st: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub the_back_reference_with_a_long_name: Option<Vec<Link<NewATableWithAQuiteLongIdentifier>>>,
}

impl NewAnotherTableWithALongIdentifier {
    /// A row with what it must have.
    pub fn new(_1st: i64) -> Self {
        Self {
            _1st,
            the_back_reference_with_a_long_name: None,
        }
    }
}

/// What can change in a row of `another_table_with_a_long_identifiers`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AnotherTableWithALongIdentifierChanges {
    #[serde(rename = "1st", skip_serializing_if = "Option::is_none")]
    _1st: Option<Change<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    the_back_reference_with_a_long_name:
        Option<Change<Vec<Link<NewATableWithAQuiteLongIdentifier>>>>,
}

impl AnotherTableWithALongIdentifierChanges {
    /// Changes `1st`.
    #[must_use]
    pub fn _1st(mut self, value: impl IntoChange<i64>) -> Self {
        self._1st = Some(value.into_change());
        self
    }

    /// Changes `the_back_reference_with_a_long_name`.
    #[must_use]
    pub fn the_back_reference_with_a_long_name(
        mut self,
        value: impl IntoChange<Vec<Link<NewATableWithAQuiteLongIdentifier>>>,
    ) -> Self {
        self.the_back_reference_with_a_long_name = Some(value.into_change());
        self
    }
}

/// A row of the table `queries`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ADatabaseWithAVeryLongIdentifierQuery {}

impl ADatabaseWithAVeryLongIdentifierQuery {
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for ADatabaseWithAVeryLongIdentifierQuery {
    type New = NewADatabaseWithAVeryLongIdentifierQuery;
    type Changes = ADatabaseWithAVeryLongIdentifierQueryChanges;
    const DATABASE_ID: &'static str = "a_database_with_a_very_long_identifier";
    const TABLE_ID: &'static str = "queries";
}

/// What a new row of `queries` is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewADatabaseWithAVeryLongIdentifierQuery {}

/// What can change in a row of `queries`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ADatabaseWithAVeryLongIdentifierQueryChanges {}

/// A row of the table `records`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RecordRow {
    #[serde(rename = "self")]
    pub self_: Vec<bool>,
    pub r#type: Option<String>,
    pub model_name: Option<String>,
    pub json: Option<String>,
}

impl RecordRow {
    /// The column `self`, for queries.
    pub const SELF: Column<Self, bool> = Column::new("self");
    /// The column `type`, for queries.
    pub const TYPE: Column<Self, String> = Column::new("type");
    /// The column `model_name`, for queries.
    pub const MODEL_NAME: Column<Self, String> = Column::new("model_name");
    /// The column `json`, for queries.
    pub const JSON: Column<Self, String> = Column::new("json");
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for RecordRow {
    type New = NewRecordRow;
    type Changes = RecordRowChanges;
    const DATABASE_ID: &'static str = "other";
    const TABLE_ID: &'static str = "records";
}

/// What a new row of `records` is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewRecordRow {
    #[serde(rename = "self")]
    pub self_: Vec<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json: Option<String>,
}

impl NewRecordRow {
    /// A row with what it must have.
    pub fn new(self_: Vec<bool>) -> Self {
        Self {
            self_,
            r#type: None,
            model_name: None,
            json: None,
        }
    }
}

/// What can change in a row of `records`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RecordRowChanges {
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    self_: Option<Change<Vec<bool>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_name: Option<Change<Option<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    json: Option<Change<Option<String>>>,
}

impl RecordRowChanges {
    /// Changes `self`.
    #[must_use]
    pub fn self_(mut self, value: impl IntoChange<Vec<bool>>) -> Self {
        self.self_ = Some(value.into_change());
        self
    }

    /// Changes `type`.
    #[must_use]
    pub fn r#type(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.r#type = Some(value.into_change());
        self
    }

    /// Changes `model_name`.
    #[must_use]
    pub fn model_name(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.model_name = Some(value.into_change());
        self
    }

    /// Changes `json`.
    #[must_use]
    pub fn json(mut self, value: impl IntoChange<Option<String>>) -> Self {
        self.json = Some(value.into_change());
        self
    }
}

/// A row of the table `transaction`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Transaction {
    pub import: bool,
}

impl Transaction {
    /// The column `import`, for queries.
    pub const IMPORT: Column<Self, bool> = Column::new("import");
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for Transaction {
    type New = NewTransaction;
    type Changes = TransactionChanges;
    const DATABASE_ID: &'static str = "other";
    const TABLE_ID: &'static str = "transaction";
}

/// What a new row of `transaction` is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewTransaction {
    pub import: bool,
}

impl NewTransaction {
    /// A row with what it must have.
    pub fn new(import: bool) -> Self {
        Self { import }
    }
}

/// What can change in a row of `transaction`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TransactionChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    import: Option<Change<bool>>,
}

impl TransactionChanges {
    /// Changes `import`.
    #[must_use]
    pub fn import(mut self, value: impl IntoChange<bool>) -> Self {
        self.import = Some(value.into_change());
        self
    }
}

/// A row of the table `6b011d18ad1c6f4389d7`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct NamedTable {}

impl NamedTable {
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for NamedTable {
    type New = NewNamedTable;
    type Changes = NamedTableChanges;
    const DATABASE_ID: &'static str = "other";
    const TABLE_ID: &'static str = "6b011d18ad1c6f4389d7";
}

/// What a new row of `6b011d18ad1c6f4389d7` is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewNamedTable {}

/// What can change in a row of `6b011d18ad1c6f4389d7`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NamedTableChanges {}

/// A row of the table `queries`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct OtherQuery {}

impl OtherQuery {
    /// The column `$id`, for queries.
    pub const ROW_ID: Column<Self, String> = Column::new("$id");
    /// The column `$createdAt`, for queries.
    pub const ROW_CREATED_AT: Column<Self, String> = Column::new("$createdAt");
    /// The column `$updatedAt`, for queries.
    pub const ROW_UPDATED_AT: Column<Self, String> = Column::new("$updatedAt");
}

impl Record for OtherQuery {
    type New = NewOtherQuery;
    type Changes = OtherQueryChanges;
    const DATABASE_ID: &'static str = "other";
    const TABLE_ID: &'static str = "queries";
}

/// What a new row of `queries` is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct NewOtherQuery {}

/// What can change in a row of `queries`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OtherQueryChanges {}

/// The database `a_database_with_a_very_long_identifier`.
#[derive(Debug)]
pub struct ADatabaseWithAVeryLongIdentifier {
    /// The table `a_table_with_a_quite_long_identifiers`.
    pub a_table_with_a_quite_long_identifiers: Table<ATableWithAQuiteLongIdentifier>,
    /// The table `another_table_with_a_long_identifiers`.
    pub another_table_with_a_long_identifiers: Table<AnotherTableWithALongIdentifier>,
    /// The table `queries`.
    pub queries: Table<ADatabaseWithAVeryLongIdentifierQuery>,
    service: TablesDB,
}

impl ADatabaseWithAVeryLongIdentifier {
    /// The tables, as the client may use them.
    pub fn new(client: &Client) -> Self {
        Self {
            a_table_with_a_quite_long_identifiers: Table::new(client),
            another_table_with_a_long_identifiers: Table::new(client),
            queries: Table::new(client),
            service: TablesDB::new(client),
        }
    }

    /// Does work with tables whose calls all belong to a transaction.
    pub fn transaction(&self) -> TransactionCall<Self> {
        self.service.transaction().serving(Self::new)
    }
}

/// The database `other`.
#[derive(Debug)]
pub struct Other {
    /// The table `records`.
    pub records: Table<RecordRow>,
    /// The table `transaction`.
    pub transaction: Table<Transaction>,
    /// The table `6b011d18ad1c6f4389d7`.
    pub named_tables: Table<NamedTable>,
    /// The table `queries`.
    pub queries: Table<OtherQuery>,
    service: TablesDB,
}

impl Other {
    /// The tables, as the client may use them.
    pub fn new(client: &Client) -> Self {
        Self {
            records: Table::new(client),
            transaction: Table::new(client),
            named_tables: Table::new(client),
            queries: Table::new(client),
            service: TablesDB::new(client),
        }
    }

    /// Does work with tables whose calls all belong to a transaction.
    pub fn transaction(&self) -> TransactionCall<Self> {
        self.service.transaction().serving(Self::new)
    }
}
