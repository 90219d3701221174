//! From a call that has changed something to the changes that connections hear of.

use polywrite_api::HttpMethod;
use serde_json::{Map, Value};

use super::{
    committed::{self, Written},
    hub::Change,
    names::{channels, events},
};
use crate::{
    auth::{Caller, permission},
    call::Call,
    response::{Body, Response},
    services,
    state::State,
};

/// What was there before a call that deletes something or commits a transaction.
#[derive(Debug, Default)]
pub(crate) struct Before {
    deleted: Option<Value>,
    committed: Vec<Written>,
}

impl Before {
    /// Reads what a call will delete or commit, if anybody listens.
    pub(crate) fn of(call: &Call) -> Self {
        if !is_heard(call) {
            return Self::default();
        }
        Self { deleted: deleted(call), committed: committed::about_to_be(call) }
    }
}

/// Whether a call changes something that reaches a connection, a watcher, a webhook or a function.
fn is_heard(call: &Call) -> bool {
    call.method.http_method != HttpMethod::Get
        && (!call.state.hub.is_empty()
            || call.state.webhooks.has(call)
            || call.state.executions.listens(call))
}

fn deleted(call: &Call) -> Option<Value> {
    let reader = match call.method.name.as_str() {
        "deleteRow" => "getRow",
        "deleteDocument" => "getDocument",
        "deleteFile" => "getFile",
        "deleteTable" => "getTable",
        "deleteCollection" => "getCollection",
        "deleteMembership" => "getMembership",
        "deleteSession" => return session(call),
        "delete" => "get",
        _ => return None,
    };
    read(call, &format!("{}.{reader}", call.method.service), call.params.clone())
}

/// What a method reads for a key, which sees everything.
pub(super) fn read(call: &Call, method: &str, params: Map<String, Value>) -> Option<Value> {
    let read = Call {
        state: call.state,
        method: call.state.schema.method(method)?,
        project: call.project.clone(),
        caller: Caller::own(""),
        params,
        upload: None,
        headers: call.headers.clone(),
        path: call.path.clone(),
    };
    services::dispatch(&read).ok().and_then(json)
}

fn session(call: &Call) -> Option<Value> {
    let user_id = call.text("userId").unwrap_or(call.caller.user_id());
    let id = match call.text_or_empty("sessionId") {
        "current" => call.caller.session(),
        id => id,
    };
    let stored = call.state.store.get(&call.collection(&format!("sessions/{user_id}")), id).ok().flatten();
    stored.map(|session| services::public(&session))
}

fn json(response: Response) -> Option<Value> {
    match response.body {
        Body::Json(value) => Some(value),
        _ => None,
    }
}

/// Reports what a call has changed.
pub(crate) fn report(call: &Call, before: Before, response: &Response) {
    if !is_heard(call) {
        return;
    }
    let publish = |change: &Change| {
        call.state.hub.publish(call.state, &call.project, change);
        let events = known(&change.events);
        call.state.webhooks.send(call, &events, &change.payload);
        call.state.executions.start(call, &events, &change.payload);
    };
    for written in before.committed {
        publish(&written.change(call));
    }
    // What is staged in a transaction is a change when that is committed.
    if call.text("transactionId").is_some() {
        return;
    }
    let body = match &response.body {
        Body::Json(body) => body.clone(),
        _ => before.deleted.unwrap_or_default(),
    };
    for change in changes(call, body) {
        publish(&change);
    }
}

/// The names that webhooks and functions know: those of databases alone, and those of tables before those of collections.
fn known(events: &[String]) -> Vec<String> {
    let mut names: Vec<String> =
        events.iter().filter(|event| !event.starts_with("tablesdb.")).cloned().collect();
    for pair in names.chunks_mut(2).filter(|pair| pair[0].contains(".collections.")) {
        pair.reverse();
    }
    names
}

fn changes(call: &Call, body: Value) -> Vec<Change> {
    let (service, name) = (call.method.service.as_str(), call.method.name.as_str());
    match service {
        "tablesDB" | "databases" => {
            definition(call, name, &body).map_or_else(|| rows(call, name, body), |change| vec![change])
        }
        "storage" => file(call, name, body).into_iter().collect(),
        "teams" => team(call, name, body).into_iter().collect(),
        "account" | "users" => user(call, service, name, body).into_iter().collect(),
        "functions" if name == "createExecution" => vec![execution(&call.project, "create", body)],
        "presences" => presence(name, body).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The action of a method that is named after it.
fn action(name: &str) -> Option<&'static str> {
    let known = [("create", "create"), ("upsert", "upsert"), ("update", "update"), ("delete", "delete")];
    let counted = [("increment", "update"), ("decrement", "update")];
    known.into_iter().chain(counted).find(|(prefix, _)| name.starts_with(prefix)).map(|(_, action)| action)
}

/// A database or a table; only consoles, webhooks and functions hear of one.
fn definition(call: &Call, name: &str, body: &Value) -> Option<Change> {
    let action = action(name)?;
    let id = |name: &str| call.text(name).filter(|id| *id != "unique()").or_else(|| body["$id"].as_str());
    let paths = match &name[action.len()..] {
        "" => vec![vec![("databases", id("databaseId")?)]],
        "Table" | "Collection" => {
            let (database, table) = (call.text_or_empty("databaseId"), id("tableId").or(id("collectionId"))?);
            vec![
                vec![("databases", database), ("collections", table)],
                vec![("databases", database), ("tables", table)],
            ]
        }
        _ => return None,
    };
    let channels = vec!["console".to_owned(), format!("projects.{}", call.project)];
    Some(Change {
        events: events(&paths, action, None),
        channels,
        readers: Vec::new(),
        payload: body.clone(),
    })
}

fn rows(call: &Call, name: &str, body: Value) -> Vec<Change> {
    let is_about_rows = ["Row", "Document"].iter().any(|noun| {
        let rest = name.trim_start_matches(|letter: char| letter.is_lowercase());
        [*noun, &format!("{noun}s"), &format!("{noun}Column"), &format!("{noun}Attribute")].contains(&rest)
    });
    let Some(action) = action(name).filter(|_| is_about_rows) else { return Vec::new() };
    let table_id = call.text("tableId").or_else(|| call.text("collectionId")).unwrap_or_default();
    let database_id = call.text_or_empty("databaseId");
    let many = ["rows", "documents"].iter().find_map(|name| body[*name].as_array().cloned());
    let rows = many.unwrap_or_else(|| vec![body]);
    rows.into_iter().map(|row| row_change(call, database_id, table_id, action, row)).collect()
}

pub(super) fn row_change(call: &Call, database: &str, table: &str, action: &str, row: Value) -> Change {
    let tables = call.collection(&format!("tables/{database}"));
    let definition = call.state.store.get(&tables, table).ok().flatten().unwrap_or_default();
    let id = row["$id"].as_str().unwrap_or_default();
    let paths = [
        vec![("tablesdb", database), ("tables", table), ("rows", id)],
        vec![("databases", database), ("collections", table), ("documents", id)],
        vec![("databases", database), ("tables", table), ("rows", id)],
    ];
    let mut plain = Vec::new();
    for (noun, first, second) in [
        ("documents", "databases", "collections"),
        ("rows", "databases", "tables"),
        ("rows", "tablesdb", "tables"),
    ] {
        let all = format!("{first}.{database}.{second}.{table}.{noun}");
        let one = format!("{all}.{id}");
        if !plain.contains(&noun.to_owned()) {
            plain.push(noun.to_owned());
        }
        plain.extend([all, one]);
    }
    let mut readers = permission::roles_for(&definition["$permissions"], "read");
    if definition["security"] == true {
        readers.extend(permission::roles_for(&row["$permissions"], "read"));
    }
    Change { events: events(&paths, action, None), channels: channels(plain, action), readers, payload: row }
}

fn file(call: &Call, name: &str, body: Value) -> Option<Change> {
    let action = action(name).filter(|_| name.ends_with("File"))?;
    // A file that comes in chunks is one when the last has come.
    if body["chunksUploaded"] != body["chunksTotal"] {
        return None;
    }
    let (bucket_id, id) = (call.text_or_empty("bucketId"), body["$id"].as_str()?.to_owned());
    let buckets = call.collection("buckets");
    let bucket = call.state.store.get(&buckets, bucket_id).ok().flatten().unwrap_or_default();
    let mut readers = permission::roles_for(&bucket["$permissions"], "read");
    if bucket["fileSecurity"] == true {
        readers.extend(permission::roles_for(&body["$permissions"], "read"));
    }
    let all = format!("buckets.{bucket_id}.files");
    let plain = vec!["files".to_owned(), all.clone(), format!("{all}.{id}")];
    let events = events(&[vec![("buckets", bucket_id), ("files", id.as_str())]], action, None);
    Some(Change { events, channels: channels(plain, action), readers, payload: body })
}

fn team(call: &Call, name: &str, body: Value) -> Option<Change> {
    let action = action(name)?;
    let team = call.text("teamId").or_else(|| body["$id"].as_str()).unwrap_or_default().to_owned();
    let team = if team == "unique()" { body["$id"].as_str()?.to_owned() } else { team };
    let readers = vec![format!("team:{team}")];
    if name.contains("Membership") {
        let id = body["$id"].as_str()?.to_owned();
        let plain = vec!["memberships".to_owned(), format!("memberships.{id}")];
        let events = events(&[vec![("teams", team.as_str()), ("memberships", id.as_str())]], action, None);
        return Some(Change { events, channels: channels(plain, action), readers, payload: body });
    }
    let detail = (name == "updatePrefs").then_some("prefs");
    let plain = vec!["teams".to_owned(), format!("teams.{team}")];
    let events = events(&[vec![("teams", team.as_str())]], action, detail);
    Some(Change { events, channels: channels(plain, action), readers, payload: body })
}

fn user(call: &Call, service: &str, name: &str, body: Value) -> Option<Change> {
    let action = action(name)?;
    let named = call.text("userId").filter(|_| service == "users" || call.caller.user().is_none());
    let id = named.map_or_else(|| call.caller.user_id().to_owned(), str::to_owned);
    let id = body["userId"].as_str().map_or(id, str::to_owned);
    let id = if id.is_empty() || id == "unique()" { body["$id"].as_str()?.to_owned() } else { id };
    let account = vec!["account".to_owned(), format!("account.{id}")];
    let readers = vec![format!("user:{id}")];
    if name.ends_with("Session") {
        let session = body["$id"].as_str()?.to_owned();
        let events = events(&[vec![("users", id.as_str()), ("sessions", session.as_str())]], action, None);
        return Some(Change { events, channels: account, readers, payload: body });
    }
    let rest = &name[action.len()..];
    let detail = ["Email", "Labels", "Name", "Password", "Phone", "Prefs", "Status"];
    let detail = detail.iter().find(|known| **known == rest).map(|known| known.to_lowercase());
    if detail.is_none() && !rest.is_empty() {
        return None;
    }
    let events = events(&[vec![("users", id.as_str())]], action, detail.as_deref());
    Some(Change { events, channels: channels(account, action), readers, payload: body })
}

/// Reports that an execution for which no caller waited has ended.
pub(crate) fn executed(state: &State, project: &str, execution: &Value) {
    let reported = [
        "$id",
        "$permissions",
        "deploymentId",
        "trigger",
        "status",
        "responseStatusCode",
        "responseHeaders",
        "requestPath",
        "requestMethod",
        "requestHeaders",
        "errors",
        "logs",
        "duration",
        "functionId",
    ];
    let payload = reported.iter().map(|name| ((*name).to_owned(), execution[*name].clone())).collect();
    state.hub.publish(state, project, &self::execution(project, "update", payload));
}

fn execution(project: &str, action: &str, body: Value) -> Change {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let (function, id) = (text("functionId"), text("$id"));
    let readers = permission::roles_for(&body["$permissions"], "read");
    let plain = vec!["executions".to_owned(), format!("executions.{id}"), format!("functions.{function}")];
    let events = events(&[vec![("functions", function.as_str()), ("executions", id.as_str())]], action, None);
    // Consoles hear of executions too.
    let mut all = vec!["console".to_owned(), format!("projects.{project}")];
    all.extend(channels(plain, action));
    Change { events, channels: all, readers, payload: body }
}

fn presence(name: &str, body: Value) -> Option<Change> {
    let action = action(name)?;
    let id = body["$id"].as_str()?.to_owned();
    let readers = permission::roles_for(&body["$permissions"], "read");
    let plain = vec!["presences".to_owned(), format!("presences.{id}")];
    let events = events(&[vec![("presences", id.as_str())]], action, None);
    Some(Change { events, channels: channels(plain, action), readers, payload: body })
}
