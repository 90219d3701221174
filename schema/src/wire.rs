//! What a server and Appwrite's own file say, as this crate has it: both describe a project with the same fields.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    error::{Error, Result},
    model::{Bucket, Column, Database, Index, Status, Table, Team, name_on_wire},
};

type Fields = Map<String, Value>;

/// A database without its tables.
#[derive(Deserialize)]
pub(crate) struct WireDatabase {
    #[serde(rename = "$id")]
    id: String,
    name: Option<String>,
    enabled: Option<bool>,
}

/// A table, or the collection that older files call it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireTable {
    #[serde(rename = "$id")]
    id: String,
    /// Only Appwrite's file needs it.
    #[serde(default)]
    pub(crate) database_id: String,
    name: Option<String>,
    enabled: Option<bool>,
    #[serde(alias = "documentSecurity")]
    row_security: Option<bool>,
    #[serde(rename = "$permissions")]
    permissions: Option<Vec<String>>,
    #[serde(default, alias = "attributes")]
    columns: Vec<Fields>,
    #[serde(default)]
    indexes: Vec<Fields>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireIndex {
    key: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(alias = "attributes")]
    columns: Vec<String>,
    orders: Option<Vec<Option<String>>>,
    lengths: Option<Vec<Option<i64>>>,
}

/// A bucket.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireBucket {
    #[serde(rename = "$id")]
    id: String,
    name: Option<String>,
    enabled: Option<bool>,
    file_security: Option<bool>,
    #[serde(rename = "$permissions")]
    permissions: Option<Vec<String>>,
    maximum_file_size: Option<i64>,
    allowed_file_extensions: Option<Vec<String>>,
    compression: Option<String>,
    encryption: Option<bool>,
    antivirus: Option<bool>,
    transformations: Option<bool>,
}

/// A team.
#[derive(Deserialize)]
pub(crate) struct WireTeam {
    #[serde(rename = "$id")]
    id: String,
    name: Option<String>,
}

impl WireDatabase {
    pub(crate) fn read(self) -> Database {
        let name = self.name.unwrap_or_else(|| self.id.clone());
        Database { id: self.id, name, enabled: self.enabled.unwrap_or(true), tables: Vec::new() }
    }
}

impl WireTable {
    /// The table; `database` is the ID of its database.
    pub(crate) fn read(self, database: &str) -> Result<Table> {
        let place = format!("{database}.{}", self.id);
        let columns = self.columns.into_iter().map(|fields| column(&place, fields));
        let indexes = self.indexes.into_iter().map(|fields| index(&place, fields));
        Ok(Table {
            name: self.name.unwrap_or_else(|| self.id.clone()),
            id: self.id,
            enabled: self.enabled.unwrap_or(true),
            row_security: self.row_security.unwrap_or(false),
            permissions: self.permissions.unwrap_or_default(),
            columns: columns.collect::<Result<_>>()?,
            indexes: indexes.collect::<Result<_>>()?,
        })
    }
}

impl WireBucket {
    pub(crate) fn read(self) -> Bucket {
        Bucket {
            name: self.name.unwrap_or_else(|| self.id.clone()),
            id: self.id,
            enabled: self.enabled.unwrap_or(true),
            file_security: self.file_security.unwrap_or(false),
            permissions: self.permissions.unwrap_or_default(),
            maximum_file_size: self.maximum_file_size,
            allowed_file_extensions: self.allowed_file_extensions.unwrap_or_default(),
            compression: self.compression.unwrap_or_else(|| "none".to_owned()),
            encryption: self.encryption.unwrap_or(true),
            antivirus: self.antivirus.unwrap_or(true),
            transformations: self.transformations.unwrap_or(true),
        }
    }
}

impl WireTeam {
    pub(crate) fn read(self) -> Team {
        let name = self.name.unwrap_or_else(|| self.id.clone());
        Team { id: self.id, name }
    }
}

/// The column that these fields describe, in the table `place`.
pub(crate) fn column(place: &str, mut fields: Fields) -> Result<Column> {
    fields.retain(|_, value| !value.is_null());
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let place = format!("{place}.{}", text("key"));
    let name = name_on_wire(text("type"), text("format")).to_owned();
    let status = status(&fields);
    fields.insert("type".to_owned(), Value::from(name));
    if let Some(related) = fields.remove("relatedCollection") {
        fields.entry("relatedTable").or_insert(related);
    }
    let mut column: Column = read(&place, Value::Object(fields))?;
    column.simplify();
    column.status = status;
    Ok(column)
}

/// The index that these fields describe, in the table `place`.
pub(crate) fn index(place: &str, fields: Fields) -> Result<Index> {
    let place = format!("{place}.{}", fields.get("key").and_then(Value::as_str).unwrap_or_default());
    let status = status(&fields);
    let index: WireIndex = read(&place, Value::Object(fields))?;
    let orders = index.orders.unwrap_or_default().into_iter();
    let lengths: Vec<i64> =
        index.lengths.unwrap_or_default().into_iter().map(Option::unwrap_or_default).collect();
    Ok(Index {
        key: index.key,
        kind: index.kind,
        columns: index.columns,
        orders: orders.map(|order| order.unwrap_or_default().to_lowercase()).collect(),
        lengths: if lengths.iter().all(|length| *length == 0) { Vec::new() } else { lengths },
        status,
    })
}

/// Only what was made has a date; Appwrite's file has none.
fn status(fields: &Fields) -> Option<Status> {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let created = fields.get("$createdAt").and_then(Value::as_str)?.to_owned();
    Some(Status { word: text("status"), error: text("error"), created })
}

pub(crate) fn read<T: DeserializeOwned>(place: &str, value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|cause| Error::invalid(place, cause.to_string()))
}
