//! The same things by their old and their new names: tables and collections, columns and attributes, rows and documents.

use serde_json::Value;

use crate::{call::Call, failure::Failure};

/// How one of the twin services calls things.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// `tablesDB`, as messages say it.
    pub(super) service: &'static str,
    /// The `type` of its databases.
    pub(super) kind: &'static str,
    /// `table` or `collection`.
    pub(super) table: &'static str,
    /// `column` or `attribute`.
    pub(super) column: &'static str,
    /// `row` or `document`.
    pub(super) row: &'static str,
    /// Whether rows have columns that must be made first.
    pub(super) has_schema: bool,
}

const TABLES: Words = Words {
    service: "tablesDB",
    kind: "tablesdb",
    table: "table",
    column: "column",
    row: "row",
    has_schema: true,
};

const COLLECTIONS: Words = Words {
    service: "databases",
    kind: "legacy",
    table: "collection",
    column: "attribute",
    row: "document",
    has_schema: true,
};

impl Words {
    /// The words of the service a call is for.
    pub(super) fn of(call: &Call) -> Self {
        match call.method.service.as_str() {
            "tablesDB" => TABLES,
            "documentsDB" => {
                Self { service: "documentsDB", kind: "documentsdb", has_schema: false, ..COLLECTIONS }
            }
            "vectorsDB" => Self { service: "vectorsDB", kind: "vectorsdb", has_schema: false, ..COLLECTIONS },
            _ => COLLECTIONS,
        }
    }

    /// `tables`, `collections`.
    pub(super) fn tables(&self) -> String {
        format!("{}s", self.table)
    }

    /// `columns`, `attributes`.
    pub(super) fn columns(&self) -> String {
        format!("{}s", self.column)
    }

    /// `rows`, `documents`.
    pub(super) fn rows(&self) -> String {
        format!("{}s", self.row)
    }

    /// `rowSecurity`, `documentSecurity`.
    pub(super) fn security(&self) -> String {
        format!("{}Security", self.row)
    }

    /// `$tableId`, `$collectionId`.
    pub(super) fn table_field(&self) -> String {
        format!("${}Id", self.table)
    }

    /// The ID of the call's table.
    pub(super) fn table_id<'a>(&self, call: &'a Call) -> &'a str {
        call.text_or_empty(self.table_param())
    }

    /// `tableId`, `collectionId`.
    pub(super) fn table_param(&self) -> &'static str {
        if self.table == "table" { "tableId" } else { "collectionId" }
    }

    /// The ID of the call's row.
    pub(super) fn row_id<'a>(&self, call: &'a Call) -> &'a str {
        call.text_or_empty(self.row_param())
    }

    /// `rowId`, `documentId`.
    pub(super) fn row_param(&self) -> &'static str {
        if self.row == "row" { "rowId" } else { "documentId" }
    }

    /// The rows of a bulk call.
    pub(super) fn bulk<'a>(&self, call: &'a Call) -> &'a [Value] {
        call.list(if self.row == "row" { "rows" } else { "documents" })
    }

    /// 404 for a database.
    pub(super) fn database_not_found(id: &str) -> Failure {
        Failure::new(
            404,
            "database_not_found",
            format!("Database with the requested ID '{id}' could not be found."),
        )
    }

    /// 404 for a table.
    pub(super) fn table_not_found(&self, id: &str) -> Failure {
        let title = capital(self.table);
        Failure::new(
            404,
            format!("{}_not_found", self.table),
            format!("{title} with the requested ID '{id}' could not be found."),
        )
    }

    /// 404 for a column.
    pub(super) fn column_not_found(&self, key: &str) -> Failure {
        let title = capital(self.column);
        Failure::new(
            404,
            format!("{}_not_found", self.column),
            format!("{title} with the requested key '{key}' could not be found."),
        )
    }

    /// 404 for an index.
    pub(super) fn index_not_found(&self, key: &str) -> Failure {
        let kind = if self.column == "column" { "column_index_not_found" } else { "index_not_found" };
        Failure::new(404, kind, format!("Index with the requested key '{key}' could not be found."))
    }

    /// 404 for a row.
    pub(super) fn row_not_found(&self, id: &str) -> Failure {
        let title = capital(self.row);
        Failure::new(
            404,
            format!("{}_not_found", self.row),
            format!("{title} with the requested ID '{id}' could not be found."),
        )
    }

    /// 409 for a row whose ID, or value in a unique index, is taken.
    pub(super) fn row_conflict(&self, id: &str) -> Failure {
        Failure::new(
            409,
            format!("{}_already_exists", self.row),
            format!(
                "{} with the requested ID '{id}' already exists. Try again with a different ID or use ID.unique() \
                 to generate a unique ID.",
                capital(self.row)
            ),
        )
    }

    /// 400 for data that does not fit the columns.
    pub(super) fn invalid_structure(&self, problem: &str) -> Failure {
        Failure::new(
            400,
            format!("{}_invalid_structure", self.row),
            format!("Invalid document structure: {problem}"),
        )
    }
}

/// A word with a capital.
pub(super) fn capital(word: &str) -> String {
    let mut text = word.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
