mod generated;

use std::fmt;

/// Where events come from: the text that a subscription names it by.
///
/// ```
/// use polywrite::Channel;
///
/// assert_eq!(Channel::rows("library", "films", "").as_str(), "tablesdb.library.tables.films.rows");
/// assert_eq!(Channel::create(Channel::files(None, None)).as_str(), "files.create");
/// assert_eq!(Channel::from("rows.create").as_str(), "rows.create");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Channel(String);

impl Channel {
    /// Only events of an action: `create`, `update`, `upsert` or `delete`.
    #[must_use]
    pub fn action(self, action: &str) -> Self {
        Self(format!("{}.{action}", self.0))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Channel {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
