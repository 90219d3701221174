//! The ways to write many rows.

use crate::operation::Operation;

/// What a bulk write does with its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkKind {
    /// Creates them.
    Create,
    /// Creates them, or changes those that are there.
    Upsert,
    /// Changes all of them in the same way; a row is its ID.
    Update,
    /// Deletes them; a row is its ID.
    Delete,
}

impl BulkKind {
    /// Whether a row is given whole, and not by its ID.
    pub fn takes_rows(self) -> bool {
        matches!(self, Self::Create | Self::Upsert)
    }
}

/// A way to write many rows: which operation does it.
#[derive(Debug)]
pub struct BulkOperation {
    /// Service and method, as in `tablesDB.bulkCreateRows`.
    pub id: &'static str,
    /// What it does with its rows.
    pub kind: BulkKind,
    /// The operation that writes a list of rows.
    pub operation: &'static Operation,
    /// The operation that lists rows.
    pub list: &'static Operation,
    /// The parameter with the rows, or with the queries that pick them.
    pub parameter: &'static str,
}
