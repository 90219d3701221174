//! The schema of a project as its server has it.

use polywrite::{CallOptions, Client, Operation, Params, iterate, operation};
use serde_json::{Map, Value};

use crate::{
    error::{Error, Result},
    model::{Bucket, Database, Schema, Team},
    wire,
};

/// What of a server is read.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// The IDs of the databases; empty for all.
    pub databases: Vec<String>,
    /// Whether buckets are read.
    pub buckets: bool,
    /// Whether teams are read.
    pub teams: bool,
}

/// Databases with their tables, and buckets and teams if the parts name them.
///
/// # Errors
/// A call's own; [`Error::Invalid`] for a column of a kind that this version does not know.
pub async fn read(client: &Client, parts: &Parts) -> Result<Schema> {
    let mut schema = Schema::default();
    let is_wanted = |id: &str| parts.databases.is_empty() || parts.databases.iter().any(|known| known == id);
    schema.databases = some_databases(client, is_wanted).await?;
    if parts.buckets {
        schema.buckets = buckets(client).await?;
    }
    if parts.teams {
        schema.teams = teams(client).await?;
    }
    Ok(schema)
}

/// The databases with their tables.
///
/// # Errors
/// As [`read`].
pub async fn databases(client: &Client) -> Result<Vec<Database>> {
    some_databases(client, |_| true).await
}

/// What has a part in the schema: databases that it does not name come without their tables, and what it names none of is
/// not read at all.
pub(crate) async fn for_schema(client: &Client, wanted: &Schema) -> Result<Schema> {
    let mut live = Schema::default();
    if !wanted.databases.is_empty() {
        live.databases = some_databases(client, |id| wanted.database(id).is_some()).await?;
    }
    if !wanted.buckets.is_empty() {
        live.buckets = buckets(client).await?;
    }
    if !wanted.teams.is_empty() {
        live.teams = teams(client).await?;
    }
    Ok(live)
}

/// The databases, and the tables of those whose IDs are wanted.
async fn some_databases(client: &Client, with_tables: impl Fn(&str) -> bool) -> Result<Vec<Database>> {
    let mut databases = Vec::new();
    for fields in all(client, "tablesDB.list", Params::new()).await? {
        let mut database = wire::database(fields)?;
        if with_tables(&database.id) {
            let params = Params::new().with("databaseId", &database.id);
            for fields in all(client, "tablesDB.listTables", params).await? {
                database.tables.push(wire::table(&database.id, fields)?);
            }
        }
        databases.push(database);
    }
    Ok(databases)
}

/// The buckets.
///
/// # Errors
/// As [`read`].
pub async fn buckets(client: &Client) -> Result<Vec<Bucket>> {
    all(client, "storage.listBuckets", Params::new()).await?.into_iter().map(wire::bucket).collect()
}

/// The teams.
///
/// # Errors
/// As [`read`].
pub async fn teams(client: &Client) -> Result<Vec<Team>> {
    all(client, "teams.list", Params::new()).await?.into_iter().map(wire::team).collect()
}

/// The operation of a name.
pub(crate) fn known(id: &str) -> Result<&'static Operation> {
    operation(id).ok_or_else(|| Error::invalid(id, "the API has no such operation"))
}

/// A whole list, page after page.
async fn all(client: &Client, id: &str, params: Params) -> Result<Vec<Map<String, Value>>> {
    let operation = known(id)?;
    let mut pages = iterate(client, operation, params, None, CallOptions::default())?;
    let mut items = Vec::new();
    while let Some(response) = pages.next().await? {
        let mut page: Map<String, Value> = response.json()?;
        let name = operation.list.map(|list| list.items).unwrap_or_default();
        items.append(&mut wire::list(id, &mut page, [name, name])?);
    }
    Ok(items)
}
