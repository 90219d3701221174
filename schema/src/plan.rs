//! What a push would do.

mod show;

use std::fmt;

use polywrite::one_line;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{
    compare::Change,
    model::{Bucket, Column, Database, Index, Table, Team},
};

/// The steps from what a server has to what is wanted. Without steps, both are equal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// What is to be done.
    pub steps: Vec<Step>,
    /// What the server has besides and the schema does not name: it stays as it is.
    pub unnamed: Vec<Target>,
    /// What may be meant otherwise.
    pub hints: Vec<String>,
}

/// One thing that is to be done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// With what.
    pub target: Target,
    /// What differs. Of something that is made or dropped, nothing.
    pub changes: Vec<Change>,
    /// Whether data is lost.
    pub destroys: bool,
    /// Why, where the changes do not say it; empty otherwise.
    pub reason: String,
    /// What the server has.
    #[serde(skip)]
    pub live: Option<Thing>,
    /// What is wanted.
    #[serde(skip)]
    pub wanted: Option<Thing>,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Makes something.
    Make,
    /// Changes something in place.
    Change,
    /// Drops something and makes it anew, because it cannot be changed in place.
    Remake,
    /// Drops something.
    Drop,
    /// Waits for something that the server is still making.
    Await,
}

/// What a step is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names of Appwrite's things, and their IDs")]
pub enum Target {
    Database { database: String },
    Table { database: String, table: String },
    Column { database: String, table: String, key: String },
    Index { database: String, table: String, key: String },
    Bucket { bucket: String },
    Team { team: String },
}

/// One thing of a schema.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names of the types")]
pub enum Thing {
    Database(Database),
    Table(Table),
    Column(Column),
    Index(Index),
    Bucket(Bucket),
    Team(Team),
}

impl Plan {
    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The steps that lose data.
    pub fn destroying(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.destroys)
    }
}

impl Action {
    /// What it does: `make`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Make => "make",
            Self::Change => "change",
            Self::Remake => "remake",
            Self::Drop => "drop",
            Self::Await => "await",
        }
    }
}

impl Target {
    /// What it is: `column`.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Database { .. } => "database",
            Self::Table { .. } => "table",
            Self::Column { .. } => "column",
            Self::Index { .. } => "index",
            Self::Bucket { .. } => "bucket",
            Self::Team { .. } => "team",
        }
    }

    /// Its own ID or key.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Database { database: name }
            | Self::Table { table: name, .. }
            | Self::Column { key: name, .. }
            | Self::Index { key: name, .. }
            | Self::Bucket { bucket: name }
            | Self::Team { team: name } => name,
        }
    }

    /// The table that it is, or that it belongs to.
    pub fn table(&self) -> Option<(&str, &str)> {
        match self {
            Self::Table { database, table }
            | Self::Column { database, table, .. }
            | Self::Index { database, table, .. } => Some((database, table)),
            _ => None,
        }
    }
}

/// Where it stands: `main.films.year`. It is one line and moves no cursor, whatever a server calls its things.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self {
            Self::Database { database: id } | Self::Bucket { bucket: id } | Self::Team { team: id } => {
                id.clone()
            }
            Self::Table { database, table } => format!("{database}.{table}"),
            Self::Column { database, table, key } | Self::Index { database, table, key } => {
                format!("{database}.{table}.{key}")
            }
        };
        f.write_str(&one_line(place))
    }
}

/// Its fields, and `equal`: whether there are no steps.
impl Serialize for Plan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Plan", 4)?;
        fields.serialize_field("equal", &self.is_empty())?;
        fields.serialize_field("steps", &self.steps)?;
        fields.serialize_field("unnamed", &self.unnamed)?;
        fields.serialize_field("hints", &self.hints)?;
        fields.end()
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = [("kind", self.noun().to_owned()), ("place", self.to_string())];
        serializer.collect_map(fields)
    }
}
