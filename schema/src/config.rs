//! Appwrite's own file `appwrite.config.json`, read as it is.

use std::path::{Component, Path};

use serde_json::{Map, Value};

use crate::{
    error::{Error, Result},
    model::{Database, Schema},
    text, wire,
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

/// Reads the file, and the files that its `includes` names.
///
/// # Errors
/// [`Error::File`] for a file that cannot be read, [`Error::Invalid`] for one that says what cannot be.
pub fn read(path: &Path) -> Result<Config> {
    whole(path).map_err(|error| error.within(path))
}

fn whole(path: &Path) -> Result<Config> {
    let Value::Object(mut parts) = json("JSON", path)? else {
        return Err(Error::invalid("JSON", "this is not an object"));
    };
    let includes = parts.remove("includes");
    for (part, file) in includes.as_ref().and_then(Value::as_object).into_iter().flatten() {
        let file = file.as_str().unwrap_or_default();
        parts.insert(part.clone(), json(file, &included(path, file)?)?);
    }
    // What it says of functions, sites and messaging is not a part of a schema.
    let mut schema = Schema {
        databases: databases(&mut parts)?,
        buckets: list(&mut parts, "buckets")?.into_iter().map(wire::bucket).collect::<Result<_>>()?,
        teams: list(&mut parts, "teams")?.into_iter().map(wire::team).collect::<Result<_>>()?,
    };
    schema.add_other_sides();
    let text = |name: &str| parts.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Config { project: text("projectId"), endpoint: text("endpoint"), schema })
}

/// The databases with their tables. Older files name databases and their collections: the same things by older names, which
/// mean nothing beside the newer ones.
fn databases(parts: &mut Map<String, Value>) -> Result<Vec<Database>> {
    let mut databases: Vec<Database> = Vec::new();
    for section in ["tablesDB", "databases"] {
        let newer = databases.len();
        for fields in list(parts, section)? {
            let database = wire::database(fields)?;
            if !databases[..newer].iter().any(|known| known.id == database.id) {
                databases.push(database);
            }
        }
    }
    for section in ["tables", "collections"] {
        let newer = databases.clone();
        for fields in list(parts, section)? {
            let id = fields.get("databaseId").and_then(Value::as_str).unwrap_or_default().to_owned();
            let table = wire::table(&id, fields)?;
            let known = databases.iter().position(|database| database.id == id);
            let place = known.unwrap_or_else(|| {
                databases.push(Database { name: id.clone(), id, enabled: true, tables: Vec::new() });
                databases.len() - 1
            });
            if newer.get(place).is_none_or(|newer| newer.table(&table.id).is_none()) {
                databases[place].tables.push(table);
            }
        }
    }
    Ok(databases)
}

/// What the file says, which errors name by its place.
fn json(place: &str, path: &Path) -> Result<Value> {
    serde_json::from_str(&text::read(path)?).map_err(|cause| Error::invalid(place, cause.to_string()))
}

/// Where an included file is: inside the folder of the file that names it.
fn included(path: &Path, file: &str) -> Result<std::path::PathBuf> {
    let outside = |part: Component<'_>| !matches!(part, Component::Normal(_) | Component::CurDir);
    if file.is_empty() || Path::new(file).components().any(outside) {
        let message = format!("it includes `{file}`, which must be a file inside its own folder");
        return Err(Error::invalid("includes", message));
    }
    Ok(path.parent().unwrap_or(Path::new("")).join(file))
}

fn list(parts: &mut Map<String, Value>, name: &str) -> Result<Vec<Map<String, Value>>> {
    wire::list("the file", parts, [name, name])
}
