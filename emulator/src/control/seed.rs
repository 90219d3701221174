//! Seeds: what a project has from the start, as the parameters of the calls that make it.

use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use polywrite_api::Place;
use serde_json::{Map, Value, json};

use crate::{
    auth::Caller,
    call::Call,
    failure::Failure,
    functions,
    http::multipart::Upload,
    params::{self, Given},
    response::Body,
    services,
    state::State,
};

/// A seed as it was given: the text of a file of JSON or TOML, or what such a file says.
pub(super) fn understand(given: Value) -> Result<Value, Failure> {
    let Value::String(text) = given else { return Ok(given) };
    let is_json = text.trim_start().starts_with('{');
    let read = if is_json {
        serde_json::from_str(&text).map_err(|problem| problem.to_string())
    } else {
        toml::from_str(&text).map_err(|problem| problem.to_string())
    };
    read.map_err(|problem| {
        Failure::new(400, "general_argument_invalid", format!("the seed cannot be read: {problem}"))
    })
}

/// Makes what a seed describes, and returns the secrets of its keys by ID.
pub(crate) fn plant(state: &State, project: &str, seed: &Value) -> Result<Value, Failure> {
    match state.projects.find(project) {
        Some(own) => own.serve(|| plant_now(state, project, seed)),
        None => plant_now(state, project, seed),
    }
}

fn plant_now(state: &State, project: &str, seed: &Value) -> Result<Value, Failure> {
    let known = ["users", "teams", "databases", "buckets", "functions", "keys"];
    if !(seed.is_object() || seed.is_null()) {
        return Err(Failure::new(400, "general_argument_invalid", "a seed is an object"));
    }
    let unknown = seed.as_object().and_then(|seed| seed.keys().find(|name| !known.contains(&name.as_str())));
    if let Some(name) = unknown {
        let words = format!("a seed has {}, and no {name:?}", known.join(", "));
        return Err(Failure::new(400, "general_argument_invalid", words));
    }
    require_lists(seed)?;
    let planter = Planter { state, project };
    for user in list(seed, "users") {
        planter.user(user)?;
    }
    for team in list(seed, "teams") {
        planter.make("teams.create", "teamId", team, &["memberships"])?;
        for membership in list(team, "memberships") {
            planter.call("teams.createMembership", &with(membership, "teamId", &team["teamId"]))?;
        }
    }
    for database in list(seed, "databases") {
        planter.database(database)?;
    }
    for bucket in list(seed, "buckets") {
        planter.make("storage.createBucket", "bucketId", bucket, &["files"])?;
        for file in list(bucket, "files") {
            planter.file(&with(file, "bucketId", &bucket["bucketId"]))?;
        }
    }
    for function in list(seed, "functions") {
        planter.function(function)?;
    }
    let mut secrets = Map::new();
    for key in list(seed, "keys") {
        let made = planter.make("project.createKey", "keyId", key, &[])?;
        secrets.insert(text(&made, "$id").to_owned(), made["secret"].clone());
    }
    Ok(Value::from(secrets))
}

/// How much of a call's parameters an error shows, in characters.
const LONGEST: usize = 500;

/// What is a list of objects wherever a seed has it.
const LISTS: [&str; 11] = [
    "users",
    "teams",
    "memberships",
    "databases",
    "tables",
    "columns",
    "rows",
    "buckets",
    "files",
    "functions",
    "keys",
];

/// Refuses what is one object in place of a list, as TOML makes it of `[users]`.
fn require_lists(seed: &Value) -> Result<(), Failure> {
    for (name, value) in seed.as_object().into_iter().flatten() {
        if !LISTS.contains(&name.as_str()) || value.is_null() {
            continue;
        }
        let items = value.as_array().filter(|items| items.iter().all(Value::is_object));
        let items = items.ok_or_else(|| {
            let words =
                format!("`{name}` of a seed is a list of objects: in TOML each begins with [[…{name}]]");
            Failure::new(400, "general_argument_invalid", words)
        })?;
        // What rows have is theirs.
        if name != "rows" {
            items.iter().try_for_each(require_lists)?;
        }
    }
    Ok(())
}

fn list<'a>(given: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    given[name].as_array().into_iter().flatten()
}

fn text<'a>(given: &'a Value, name: &str) -> &'a str {
    given[name].as_str().unwrap_or_default()
}

fn with(given: &Value, name: &str, value: &Value) -> Value {
    let mut given = given.clone();
    given[name] = value.clone();
    given
}

fn without(given: &Value, names: &[&str]) -> Value {
    let fields = given.as_object().cloned().unwrap_or_default();
    fields.into_iter().filter(|(name, _)| !names.contains(&name.as_str())).collect()
}

struct Planter<'a> {
    state: &'a State,
    project: &'a str,
}

impl Planter<'_> {
    /// Makes something that has an ID, and a name, which is the ID if none is given.
    fn make(&self, operation: &str, id: &str, given: &Value, children: &[&str]) -> Result<Value, Failure> {
        let mut params = without(given, children);
        if params["name"].is_null() {
            params["name"] = params[id].clone();
        }
        self.call(operation, &params)
    }

    fn user(&self, user: &Value) -> Result<(), Failure> {
        self.call("users.create", &without(user, &["labels", "prefs", "emailVerification"]))?;
        for (field, operation) in [
            ("labels", "users.updateLabels"),
            ("prefs", "users.updatePrefs"),
            ("emailVerification", "users.updateEmailVerification"),
        ] {
            if !user[field].is_null() {
                self.call(operation, &json!({"userId": user["userId"], field: user[field]}))?;
            }
        }
        Ok(())
    }

    fn database(&self, database: &Value) -> Result<(), Failure> {
        self.make("tablesDB.create", "databaseId", database, &["tables"])?;
        let tables: Vec<Value> = list(database, "tables")
            .map(|table| with(table, "databaseId", &database["databaseId"]))
            .collect();
        let is_relationship = |column: &&Value| column["type"] == "relationship";
        for table in &tables {
            // Relationships lead to tables that may come later.
            let plain = list(table, "columns").filter(|column| !is_relationship(column)).cloned().collect();
            let table = with(table, "columns", &Value::Array(plain));
            self.make("tablesDB.createTable", "tableId", &table, &["rows"])?;
        }
        for table in &tables {
            for column in list(table, "columns").filter(is_relationship) {
                let mut params =
                    with(&without(column, &["relationType"]), "databaseId", &table["databaseId"]);
                params["tableId"] = table["tableId"].clone();
                params["type"] = column["relationType"].clone();
                self.call("tablesDB.createRelationshipColumn", &params)?;
            }
        }
        for table in &tables {
            for row in list(table, "rows") {
                self.row(table, row)?;
            }
        }
        Ok(())
    }

    /// A row as a response shows it.
    fn row(&self, table: &Value, row: &Value) -> Result<(), Failure> {
        let id = if row["$id"].is_null() { json!("unique()") } else { row["$id"].clone() };
        let mut params = json!({
            "databaseId": table["databaseId"], "tableId": table["tableId"], "rowId": id,
            "data": without(row, &["$id", "$permissions"]),
        });
        if !row["$permissions"].is_null() {
            params["permissions"] = row["$permissions"].clone();
        }
        self.call("tablesDB.createRow", &params).map(drop)
    }

    /// A function with its variables; one that has a `path` runs the code there.
    fn function(&self, function: &Value) -> Result<(), Failure> {
        let made = self.make("functions.create", "functionId", function, &["path", "variables"])?;
        for (name, value) in function["variables"].as_object().into_iter().flatten() {
            self.call(
                "functions.createVariable",
                &json!({"functionId": made["$id"], "variableId": "unique()", "key": name, "value": value}),
            )?;
        }
        let Some(path) = function["path"].as_str() else { return Ok(()) };
        let _writing = self.state.writing();
        functions::attach(self.state, self.project, text(&made, "$id"), path)
    }

    /// A file, with its content as `text` or `base64`.
    fn file(&self, file: &Value) -> Result<(), Failure> {
        let content = match (file["text"].as_str(), file["base64"].as_str()) {
            (Some(text), _) => Bytes::from(text.to_owned()),
            (None, Some(encoded)) => {
                STANDARD.decode(encoded).map_err(|problem| Failure::argument("base64", problem))?.into()
            }
            (None, None) => Bytes::new(),
        };
        let name = if file["name"].is_null() { text(file, "fileId") } else { text(file, "name") };
        let upload = Upload { name: name.to_owned(), content };
        let params = without(file, &["text", "base64", "name"]);
        self.send("storage.createFile", &params, Some(upload)).map(drop)
    }

    fn call(&self, operation: &str, params: &Value) -> Result<Value, Failure> {
        self.send(operation, params, None)
    }

    /// Makes a call as a key would that may do everything.
    fn send(&self, operation: &str, params: &Value, upload: Option<Upload>) -> Result<Value, Failure> {
        let method = self.state.schema.method(operation).ok_or_else(Failure::route)?;
        let named = |failure: Failure| {
            let shown = params::shown(method, params.as_object().unwrap_or(&Map::new()));
            let shown: String = String::from_utf8_lossy(&shown).chars().take(LONGEST).collect();
            let message = format!("{operation}: {}: {shown}", failure.message);
            Failure { message, ..failure }
        };
        let mut given = Given::default();
        for (name, value) in params.as_object().into_iter().flatten() {
            let Some(param) = method.params.get(name) else {
                return Err(named(Failure::argument(name, "there is no such parameter")));
            };
            let place = match param.place {
                Place::Path => &mut given.path,
                Place::Query => &mut given.query,
                Place::Body => &mut given.body,
            };
            place.insert(name.clone(), value.clone());
        }
        let call = Call {
            state: self.state,
            method,
            project: self.project.to_owned(),
            caller: Caller::own("seed"),
            params: params::check(&self.state.schema, method, &given).map_err(named)?,
            upload,
            headers: HeaderMap::new(),
            path: String::new(),
        };
        let response = services::dispatch(&call).map_err(named)?;
        Ok(if let Body::Json(body) = response.body { body } else { Value::Null })
    }
}
