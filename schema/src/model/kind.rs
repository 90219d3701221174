//! The kinds of columns.

use serde::{Deserialize, Serialize};

use super::Column;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "Appwrite's own names of kinds and their settings")]
pub enum ColumnKind {
    Boolean,
    Integer {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
    #[serde(rename = "bigint")]
    BigInteger {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
    /// A server says `double`.
    #[serde(alias = "double")]
    Float {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
    },
    Varchar {
        size: i64,
        /// `None` if the server does not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypt: Option<bool>,
    },
    /// Older than [`Varchar`](Self::Varchar) and [`Text`](Self::Text), which took its place.
    String {
        size: i64,
        /// `None` if the server does not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypt: Option<bool>,
    },
    Text {
        /// `None` if the server does not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypt: Option<bool>,
    },
    Mediumtext {
        /// `None` if the server does not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypt: Option<bool>,
    },
    Longtext {
        /// `None` if the server does not say it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypt: Option<bool>,
    },
    Email,
    Url,
    Ip,
    Enum {
        elements: Vec<String>,
    },
    Datetime,
    Point,
    /// A server says `linestring`.
    #[serde(alias = "linestring")]
    Line,
    Polygon,
    Relationship(Relationship),
}

/// What links the rows of two tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relationship {
    /// The ID of the other table, of the same database.
    pub related_table: String,
    /// How many rows may stand on each side, seen from the parent.
    pub relation_type: RelationType,
    /// Whether the other table has a column for it too.
    #[serde(default)]
    pub two_way: bool,
    /// The key of the column in the other table.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub two_way_key: String,
    /// What becomes of related rows when a row is deleted: `cascade`, `restrict` or `setNull`.
    #[serde(default = "restrict")]
    pub on_delete: String,
    /// On which side this column is: the relationship was made from the parent's.
    #[serde(default)]
    pub side: Side,
}

/// How many rows may stand on each side of a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum RelationType {
    OneToOne,
    OneToMany,
    ManyToOne,
    ManyToMany,
}

/// A side of a relationship.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// From which it was made.
    #[default]
    Parent,
    /// The other one.
    Child,
}

impl Relationship {
    /// Whether a row of this side has a list of rows.
    pub fn is_many(&self) -> bool {
        match self.relation_type {
            RelationType::OneToOne => false,
            RelationType::OneToMany => self.side == Side::Parent,
            RelationType::ManyToOne => self.side == Side::Child,
            RelationType::ManyToMany => true,
        }
    }

    /// The column on the other side of the two-way relationship that the column `key` of `table` is.
    pub fn other_side(&self, table: &str, key: &str) -> Column {
        let side = if self.side == Side::Parent { Side::Child } else { Side::Parent };
        let relationship =
            Self { related_table: table.to_owned(), two_way_key: key.to_owned(), side, ..self.clone() };
        Column {
            key: self.two_way_key.clone(),
            kind: ColumnKind::Relationship(relationship),
            required: false,
            array: false,
            default: None,
            previous_key: None,
            status: None,
        }
    }
}

impl ColumnKind {
    /// Its name, as the paths of the API and the files of this crate have it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer { .. } => "integer",
            Self::BigInteger { .. } => "bigint",
            Self::Float { .. } => "float",
            Self::Varchar { .. } => "varchar",
            Self::String { .. } => "string",
            Self::Text { .. } => "text",
            Self::Mediumtext { .. } => "mediumtext",
            Self::Longtext { .. } => "longtext",
            Self::Email => "email",
            Self::Url => "url",
            Self::Ip => "ip",
            Self::Enum { .. } => "enum",
            Self::Datetime => "datetime",
            Self::Point => "point",
            Self::Line => "line",
            Self::Polygon => "polygon",
            Self::Relationship(_) => "relationship",
        }
    }

    /// The relationship, if it is one.
    pub fn relationship(&self) -> Option<&Relationship> {
        match self {
            Self::Relationship(relationship) => Some(relationship),
            _ => None,
        }
    }

    /// Leaves out what means the same as nothing: bounds that are the ends of the numbers, which servers fill in.
    pub(crate) fn simplify(&mut self) {
        match self {
            Self::Integer { min, max } | Self::BigInteger { min, max } => {
                *min = min.filter(|min| *min != i64::MIN);
                *max = max.filter(|max| *max != i64::MAX);
            }
            Self::Float { min, max } => {
                *min = min.filter(|min| *min != f64::MIN);
                *max = max.filter(|max| *max != f64::MAX);
            }
            _ => {}
        }
    }
}

impl Column {
    /// Leaves out what means the same as nothing.
    pub(crate) fn simplify(&mut self) {
        self.kind.simplify();
        self.default = self.default.take().filter(|default| !default.is_null());
    }
}

/// The kind's name of a column as a server or Appwrite's own file describes it: by its format, where it has one.
pub(crate) fn name_on_wire<'a>(kind: &'a str, format: &'a str) -> &'a str {
    match (kind, format) {
        ("double", _) => "float",
        ("linestring", _) => "line",
        ("string", format) if !format.is_empty() => format,
        (kind, _) => kind,
    }
}

/// What a server does unless the call says otherwise.
fn restrict() -> String {
    "restrict".to_owned()
}
