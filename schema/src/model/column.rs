//! Columns and indexes.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ColumnKind;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// Its key.
    pub key: String,
    /// What it holds.
    #[serde(flatten)]
    pub kind: ColumnKind,
    /// Whether each row must have a value.
    #[serde(default)]
    pub required: bool,
    /// Whether it holds a list of values.
    #[serde(default)]
    pub array: bool,
    /// What a row gets that gives no value; never `null`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The key that it had before: a wish to rename it, which no server sends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_key: Option<String>,
    /// How far the server is with it; only of a schema that was read from one.
    #[serde(skip)]
    pub status: Option<Status>,
}

/// An index of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Index {
    /// Its key.
    pub key: String,
    /// What it is for: `key`, `unique`, `fulltext`, `spatial`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The keys of its columns.
    pub columns: Vec<String>,
    /// How it sorts each column: `asc` or `desc`; empty if the server decides.
    #[serde(default)]
    pub orders: Vec<String>,
    /// How much of each column it has, in characters; empty if the server decides, which a 0 says as well.
    #[serde(default)]
    pub lengths: Vec<i64>,
    /// How far the server is with it; only of a schema that was read from one.
    #[serde(skip)]
    pub status: Option<Status>,
}

/// How far a server is with a column or an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// `available`, `processing`, `deleting`, `stuck` or `failed`.
    pub word: String,
    /// Why it failed; empty otherwise.
    pub error: String,
    /// When it was made. Another one under the same key has another date.
    pub created: String,
}
