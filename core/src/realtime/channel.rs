use std::fmt;

/// Where events come from: the text that a subscription names it by.
///
/// ```
/// use polywrite::Channel;
///
/// assert_eq!(Channel::rows("library", "films", "").as_str(), "tablesdb.library.tables.films.rows");
/// assert_eq!(Channel::account().as_str(), "account");
/// assert_eq!(Channel::from("rows.create").as_str(), "rows.create");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Channel(String);

impl Channel {
    /// The account of the client's user: the user, and what belongs to it.
    pub fn account() -> Self {
        Self("account".to_owned())
    }

    /// Rows: all that the user may read, those of a table, or one; empty texts leave out what is not given.
    pub fn rows(database_id: &str, table_id: &str, row_id: &str) -> Self {
        Self::nested("tablesdb", database_id, "tables", table_id, "rows", row_id)
    }

    fn nested(first: &str, database: &str, second: &str, table: &str, last: &str, id: &str) -> Self {
        if table.is_empty() {
            return Self(last.to_owned());
        }
        Self(below(format!("{first}.{database}.{second}.{table}.{last}"), id))
    }

    /// Documents: all that the user may read, those of a collection, or one; empty texts leave out what is not given.
    pub fn documents(database_id: &str, collection_id: &str, document_id: &str) -> Self {
        Self::nested("databases", database_id, "collections", collection_id, "documents", document_id)
    }

    /// Files: all that the user may read, those of a bucket, or one; empty texts leave out what is not given.
    pub fn files(bucket_id: &str, file_id: &str) -> Self {
        if bucket_id.is_empty() {
            return Self("files".to_owned());
        }
        Self(below(format!("buckets.{bucket_id}.files"), file_id))
    }

    /// Teams: all that the user belongs to, or one.
    pub fn teams(team_id: &str) -> Self {
        Self(below("teams".to_owned(), team_id))
    }

    /// Memberships: all that the user has, or one.
    pub fn memberships(membership_id: &str) -> Self {
        Self(below("memberships".to_owned(), membership_id))
    }

    /// Executions: all that the user started, or one.
    pub fn executions(execution_id: &str) -> Self {
        Self(below("executions".to_owned(), execution_id))
    }

    /// Executions of a function.
    pub fn function(function_id: &str) -> Self {
        Self(below("functions".to_owned(), function_id))
    }

    /// Presences of users.
    pub fn presences() -> Self {
        Self("presences".to_owned())
    }

    /// Only events of an action: `create`, `update`, `upsert` or `delete`.
    #[must_use]
    pub fn action(self, action: &str) -> Self {
        Self(below(self.0, action))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn below(channel: String, id: &str) -> String {
    if id.is_empty() { channel } else { format!("{channel}.{id}") }
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
