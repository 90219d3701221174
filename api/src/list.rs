//! Lists that are longer than one response.

use indexmap::IndexMap;

/// How a method's list is read, page by page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The field of its model that holds the items.
    pub items: String,
    /// How one page leads to the next.
    pub paging: Paging,
}

/// How one page of a list leads to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paging {
    /// By a query with the last item's value of this field.
    Cursor(String),
    /// By a query with the number of items so far.
    Offset,
    /// By the parameters `limit` and `offset`.
    Parameters,
}

/// `lists.toml` as it is written.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    pub(crate) page_size: u64,
    #[serde(default)]
    pub(crate) cursors: IndexMap<String, String>,
    #[serde(default)]
    pub(crate) offsets: IndexMap<String, String>,
}

impl Default for Raw {
    fn default() -> Self {
        Self { page_size: 100, cursors: IndexMap::new(), offsets: IndexMap::new() }
    }
}
