//! What became of the rows of a bulk write.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::error::Error;

/// How far a bulk write is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BulkProgress {
    /// Rows that were taken from the source.
    pub taken: u64,
    /// Rows that were written.
    pub written: u64,
    /// Rows that could not be written.
    pub failed: u64,
}

/// A row that was not written.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct BulkFailure {
    /// Its place among all rows, from 0.
    pub index: u64,
    /// Its ID, where it could be read or made.
    pub id: Option<String>,
    /// Why. Rows that were refused together share the error.
    #[serde(serialize_with = "record")]
    pub error: Arc<Error>,
}

/// What became of the rows: each one that was taken was written, or is among the failures.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct BulkReport {
    /// Rows that were written.
    pub written: u64,
    /// Rows that were not, in the order of the source.
    pub failures: Vec<BulkFailure>,
    /// Whether the write ended before the source did: at the first failure where that was asked for, or at an error that
    /// every further call would have met too, such as a missing scope.
    pub stopped: bool,
}

fn record<S: Serializer>(error: &Arc<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    error.record().serialize(serializer)
}
