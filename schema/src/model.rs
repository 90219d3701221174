//! What a project is made of.

mod column;
mod kind;

use serde::{Deserialize, Serialize};

pub use column::{Column, Index, Status};
pub(crate) use kind::name_on_wire;
pub use kind::{ColumnKind, RelationType, Relationship, Side};

/// A project: what this crate reads, compares and pushes of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Schema {
    /// The databases of tables.
    #[serde(default)]
    pub databases: Vec<Database>,
    /// The buckets of files.
    #[serde(default)]
    pub buckets: Vec<Bucket>,
    /// The teams.
    #[serde(default)]
    pub teams: Vec<Team>,
}

/// A database of tables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Database {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether clients may reach it.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Its tables.
    #[serde(default)]
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Table {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether clients may reach it.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether rows have permissions of their own.
    #[serde(default)]
    pub row_security: bool,
    /// Its permissions: `read("any")`.
    #[serde(default)]
    pub permissions: Vec<String>,
    /// Its columns, in the order in which they were made.
    #[serde(default)]
    pub columns: Vec<Column>,
    /// Its indexes.
    #[serde(default)]
    pub indexes: Vec<Index>,
}

/// A bucket of files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bucket {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether clients may reach it.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether files have permissions of their own.
    #[serde(default)]
    pub file_security: bool,
    /// Its permissions: `read("any")`.
    #[serde(default)]
    pub permissions: Vec<String>,
    /// The largest file in bytes; the server's own limit otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_file_size: Option<i64>,
    /// Which files it takes, by the end of their names; all if it is empty.
    #[serde(default)]
    pub allowed_file_extensions: Vec<String>,
    /// How it compresses files: `none`, `gzip` or `zstd`.
    #[serde(default = "none")]
    pub compression: String,
    /// Whether it encrypts files.
    #[serde(default = "yes")]
    pub encryption: bool,
    /// Whether it looks for viruses.
    #[serde(default = "yes")]
    pub antivirus: bool,
    /// Whether it makes previews of images.
    #[serde(default = "yes")]
    pub transformations: bool,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Team {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Schema {
    /// The database with this ID.
    pub fn database(&self, id: &str) -> Option<&Database> {
        self.databases.iter().find(|database| database.id == id)
    }

    /// Adds the other side of each two-way relationship where the schema has one side only. A side without a key gets the
    /// ID of its table as one, as the server would give it.
    pub fn add_other_sides(&mut self) {
        for database in &mut self.databases {
            let mut missing = Vec::new();
            for table in &mut database.tables {
                for column in &mut table.columns {
                    if let ColumnKind::Relationship(relationship) = &mut column.kind
                        && relationship.two_way
                    {
                        if relationship.two_way_key.is_empty() {
                            relationship.two_way_key.clone_from(&table.id);
                        }
                        let other = relationship.other_side(&table.id, &column.key);
                        missing.push((relationship.related_table.clone(), other));
                    }
                }
            }
            for (id, other) in missing {
                let table = database.tables.iter_mut().find(|table| table.id == id);
                if let Some(table) = table
                    && table.column(&other.key).is_none()
                {
                    table.columns.push(other);
                }
            }
        }
    }
}

impl Database {
    /// The table with this ID.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}

impl Table {
    /// The column with this key.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key == key)
    }

    /// The index with this key.
    pub fn index(&self, key: &str) -> Option<&Index> {
        self.indexes.iter().find(|index| index.key == key)
    }
}

fn yes() -> bool {
    true
}

fn none() -> String {
    "none".to_owned()
}
