//! Appwrite's own file `appwrite.config.json`, read as it is.

use std::{
    fs,
    path::{Component, Path},
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    error::{Error, Result},
    model::{Database, Schema},
    wire::{self, WireBucket, WireDatabase, WireTable, WireTeam},
};

/// What the file says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The ID of its project.
    pub project: Option<String>,
    /// The endpoint of its server.
    pub endpoint: Option<String>,
    /// What the project is made of. Columns that the file wants to rename have a
    /// [`previous_key`](crate::model::Column::previous_key).
    pub schema: Schema,
}

/// The top of the file. What it says of functions, sites and messaging is not a part of a schema.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Root {
    project_id: Option<String>,
    endpoint: Option<String>,
    #[serde(default)]
    includes: Map<String, Value>,
    #[serde(flatten)]
    parts: Map<String, Value>,
}

/// Reads the file, and the files that its `includes` names.
///
/// # Errors
/// [`Error::File`] for a file that cannot be read, [`Error::Invalid`] for one that says what cannot be.
pub fn read(path: &Path) -> Result<Config> {
    let root: Root = wire::read(&path.display().to_string(), json(path)?)?;
    let mut parts = root.parts;
    for (part, file) in root.includes {
        let file = file.as_str().unwrap_or_default();
        parts.insert(part, json(&included(path, file)?)?);
    }
    let mut databases = Vec::new();
    // Older files name databases and their collections: the same things by older names.
    let mut found: Vec<WireDatabase> = list(&mut parts, "tablesDB")?;
    found.append(&mut list(&mut parts, "databases")?);
    for database in found {
        let database = database.read();
        if !databases.iter().any(|known: &Database| known.id == database.id) {
            databases.push(database);
        }
    }
    let mut found: Vec<WireTable> = list(&mut parts, "tables")?;
    found.append(&mut list(&mut parts, "collections")?);
    for table in found {
        let id = table.database_id.clone();
        let table = table.read(&id)?;
        let known = databases.iter().position(|database| database.id == id);
        let place = known.unwrap_or_else(|| {
            databases.push(Database { name: id.clone(), id, enabled: true, tables: Vec::new() });
            databases.len() - 1
        });
        if databases[place].table(&table.id).is_none() {
            databases[place].tables.push(table);
        }
    }
    let buckets: Vec<WireBucket> = list(&mut parts, "buckets")?;
    let teams: Vec<WireTeam> = list(&mut parts, "teams")?;
    let mut schema = Schema {
        databases,
        buckets: buckets.into_iter().map(WireBucket::read).collect(),
        teams: teams.into_iter().map(WireTeam::read).collect(),
    };
    schema.add_other_sides();
    Ok(Config { project: root.project_id, endpoint: root.endpoint, schema })
}

fn json(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).map_err(|cause| Error::File { path: path.to_owned(), cause })?;
    serde_json::from_str(&text).map_err(|cause| Error::invalid(path.display().to_string(), cause.to_string()))
}

/// Where an included file is: inside the folder of the file that names it.
fn included(path: &Path, file: &str) -> Result<std::path::PathBuf> {
    let outside = |part: Component<'_>| !matches!(part, Component::Normal(_) | Component::CurDir);
    if file.is_empty() || Path::new(file).components().any(outside) {
        let message = format!("it includes `{file}`, which must be a file inside its own folder");
        return Err(Error::invalid(path.display().to_string(), message));
    }
    Ok(path.parent().unwrap_or(Path::new("")).join(file))
}

fn list<T: DeserializeOwned>(parts: &mut Map<String, Value>, name: &str) -> Result<Vec<T>> {
    match parts.remove(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(value) => wire::read(name, value),
    }
}
