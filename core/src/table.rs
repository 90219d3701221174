//! Tables whose columns have types: what the files of `polywrite types` are made of.
//!
//! A [`Column`] knows which rows have it and what it holds, so a query about it compares it with nothing else, and a list
//! of one table takes no query about another one.

mod change;
mod column;
mod compared;
mod held;
mod query;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use change::{Change, IntoChange, Link};
pub use column::{Column, Geometry, Relation};
pub use compared::ComparedTo;
pub use held::Held;
pub use query::TableQuery;

/// The row of a table: where the table is, what new rows are made of, and what can change.
pub trait Record: DeserializeOwned {
    /// What a new row is made of.
    type New: Serialize;
    /// What can change in a row.
    type Changes: Serialize;
    /// ID of the database.
    const DATABASE_ID: &'static str;
    /// ID of the table.
    const TABLE_ID: &'static str;
}
