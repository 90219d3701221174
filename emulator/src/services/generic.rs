//! Services without code of their own: they keep what they are given, by path, and answer in the right shape.

use polywrite_api::{HttpMethod, Method, Place, Returns as Kind};
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
    services::public,
};

/// What a path means, by its form.
#[derive(Debug)]
pub(crate) struct Target {
    /// The collection the method is about, as a stored name; the whole path for things there are only one of.
    pub(crate) collection: String,
    /// The last fixed word of the collection's path: `functions`.
    pub(crate) noun: String,
    /// The ID in it, when the path leads to an item.
    pub(crate) id: Option<String>,
    /// Whether the path goes on behind the item, or is no collection at all.
    pub(crate) is_detail: bool,
}

/// Answers any method by its HTTP method, its path and its model.
pub(crate) fn answer(call: &Call) -> Handled {
    let target = target(call);
    require_parents(call, &target)?;
    match (call.method.http_method, &target.id) {
        (HttpMethod::Get, _) if call.state.schema.list_field(call.method).is_some() => list(call, &target),
        (HttpMethod::Get, Some(_)) => get(call, &target),
        (HttpMethod::Get, None) => singleton(call, &target),
        (HttpMethod::Post, None) => create(call, &target),
        (HttpMethod::Delete, Some(id)) if !target.is_detail => delete(call, &target, id),
        (HttpMethod::Delete, _) => delete_detail(call, &target),
        (_, Some(_)) => update(call, &target),
        (_, None) => update_singleton(call, &target),
    }
}

/// Finds the collection of a method: the longest part of its path below which items can be got or deleted by ID.
pub(crate) fn target(call: &Call) -> Target {
    let segments: Vec<&str> = call.method.path.split('/').filter(|segment| !segment.is_empty()).collect();
    let filled: Vec<String> = segments.iter().map(|segment| fill(call, segment)).collect();
    for length in (1..=segments.len()).rev() {
        if is_place(segments[length - 1]) || !has_items(call, &segments[..length]) {
            continue;
        }
        let position = segments[length..].iter().position(|segment| is_place(segment));
        let id = position.map(|position| filled[length + position].clone());
        let used = position.map_or(length, |position| length + position + 1);
        if id.is_none() && used < segments.len() && call.method.http_method != HttpMethod::Post {
            // `/functions/runtimes` is about none of the functions.
            break;
        }
        return Target {
            collection: call.collection(&format!("resources/{}", filled[..length].join("/"))),
            noun: segments[length - 1].to_owned(),
            is_detail: id.is_some() && used < segments.len(),
            id,
        };
    }
    Target {
        collection: call.collection("resources/singletons"),
        noun: filled.last().cloned().unwrap_or_default(),
        id: None,
        is_detail: true,
    }
}

fn is_place(segment: &str) -> bool {
    segment.starts_with('{')
}

fn fill(call: &Call, segment: &str) -> String {
    match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => call.text_or_empty(name).to_owned(),
        None => segment.to_owned(),
    }
}

/// Whether some method gets or deletes an item right below this path.
fn has_items(call: &Call, segments: &[&str]) -> bool {
    let prefix = format!("/{}/{{", segments.join("/"));
    call.state.schema.api.methods().any(|method| {
        matches!(method.http_method, HttpMethod::Get | HttpMethod::Delete)
            && method.path.strip_prefix(&prefix).is_some_and(|rest| !rest.contains('/'))
    })
}

/// A path through things that do not exist leads nowhere: the first missing one is the response.
pub(crate) fn require_parents(call: &Call, target: &Target) -> Result<(), Failure> {
    let segments: Vec<&str> = call.method.path.split('/').filter(|segment| !segment.is_empty()).collect();
    let filled: Vec<String> = segments.iter().map(|segment| fill(call, segment)).collect();
    for position in 1..segments.len() {
        if !is_place(segments[position]) || is_place(segments[position - 1]) {
            continue;
        }
        let parent = &segments[..position];
        let collection = call.collection(&format!("resources/{}", filled[..position].join("/")));
        let is_target = collection == target.collection && !target.is_detail;
        if is_target || !has_items(call, parent) || !creates_items(call, parent) {
            continue;
        }
        let collection = owned_elsewhere(call, parent).unwrap_or(collection);
        if call.state.store.get(&collection, &filled[position])?.is_none() {
            return Err(not_found(call, segments[position - 1]));
        }
    }
    Ok(())
}

fn creates_items(call: &Call, segments: &[&str]) -> bool {
    let path = format!("/{}", segments.join("/"));
    call.state
        .schema
        .api
        .methods()
        .any(|method| method.http_method == HttpMethod::Post && method.path == path)
}

/// Collections that services with code of their own keep under their own names.
fn owned_elsewhere(call: &Call, segments: &[&str]) -> Option<String> {
    let name = match segments {
        ["users"] => "users",
        ["teams"] => "teams",
        ["storage", "buckets"] => "buckets",
        ["tablesdb" | "databases" | "documentsdb" | "vectorsdb"] => "databases",
        _ => return None,
    };
    Some(call.collection(name))
}

/// The item the method is about, or 404 in the resource's own words.
pub(crate) fn find(call: &Call, target: &Target) -> Result<Value, Failure> {
    let id = target.id.as_deref().unwrap_or_default();
    let found = call.state.store.get(&target.collection, id)?;
    found.ok_or_else(|| not_found(call, &target.noun))
}

/// A new resource of the method's model, from its parameters.
pub(crate) fn draft(call: &Call) -> (String, Value) {
    let id = call.new_id(id_param(call.method).unwrap_or_default());
    let now = clock::now();
    let mut given = call.params.clone();
    given.insert("$id".to_owned(), json!(id));
    given.insert("$createdAt".to_owned(), json!(now));
    given.insert("$updatedAt".to_owned(), json!(now));
    if let Some(permissions) = given.remove("permissions") {
        given.insert("$permissions".to_owned(), permissions);
    }
    (id, shape(call, &given))
}

/// The parameter that names a new resource: the first of the body, when it is an ID that must be given.
fn id_param(method: &Method) -> Option<&str> {
    let first = method.params.values().find(|param| param.place == Place::Body)?;
    (first.required && first.name.ends_with("Id")).then_some(first.name.as_str())
}

/// Adds a document; a taken ID is a conflict (409).
pub(crate) fn add(call: &Call, target: &Target, id: &str, document: &Value) -> Result<(), Failure> {
    if call.state.store.insert(&target.collection, id, document)? {
        Ok(())
    } else {
        Err(conflict(call, &target.noun))
    }
}

/// Writes the parameters given into a document's fields of the same names.
pub(crate) fn merge(call: &Call, document: &mut Value) {
    let Some(fields) = document.as_object_mut() else { return };
    for (name, value) in &call.params {
        let name = if name == "permissions" { "$permissions" } else { name.as_str() };
        let is_path = call.method.params.get(name).is_some_and(|param| param.place == Place::Path);
        if !is_path && fields.contains_key(name) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    fields.insert("$updatedAt".to_owned(), json!(clock::now()));
}

fn list(call: &Call, target: &Target) -> Handled {
    let Some((name, _)) = call.state.schema.list_field(call.method) else { return Err(Failure::server()) };
    if target.id.is_some() && !target.is_detail {
        return singleton(call, target);
    }
    let documents = if target.is_detail { Vec::new() } else { call.state.store.all(&target.collection)? };
    let noun = title(&singular(&target.noun));
    let page = call.page(&noun, documents)?;
    let items: Vec<Value> = page.documents.iter().map(public).collect();
    let given = Map::from_iter([("total".to_owned(), json!(page.total)), (name.to_owned(), json!(items))]);
    Ok(Response::ok(shape(call, &given)))
}

fn get(call: &Call, target: &Target) -> Handled {
    let document = find(call, target)?;
    if !target.is_detail {
        return Ok(Response::ok(public(&document)));
    }
    singleton(call, target)
}

/// Something there is only one of: as last written, else plausible.
fn singleton(call: &Call, target: &Target) -> Handled {
    match call.method.returns {
        Kind::Bytes => return Ok(Response::bytes("application/octet-stream", "")),
        Kind::Text => return Ok(Response::bytes("text/plain; charset=UTF-8", "")),
        Kind::Redirect => {
            let location = call.text("success").unwrap_or("http://localhost").to_owned();
            return Ok(
                Response { status: 301, ..Response::bytes("text/html", "") }.with("location", location)
            );
        }
        _ => {}
    }
    let stored = call.state.store.get(&singletons(call), &call.path)?.unwrap_or_else(|| json!({}));
    let mut given = stored.as_object().cloned().unwrap_or_default();
    if let Some(id) = &target.id {
        given.entry("$id").or_insert_with(|| json!(id));
    } else if !target.noun.is_empty() {
        given.entry("$id").or_insert_with(|| json!(target.noun));
    }
    Ok(Response::ok(shape(call, &given)))
}

fn create(call: &Call, target: &Target) -> Handled {
    let (id, document) = draft(call);
    if !target.is_detail && call.method.returns != Kind::Empty {
        add(call, target, &id, &document)?;
    }
    if call.method.returns == Kind::Empty {
        return Ok(Response::empty());
    }
    let status = if call.method.upload.is_some() { 202 } else { 201 };
    Ok(Response::json(status, public(&document)))
}

fn update(call: &Call, target: &Target) -> Handled {
    let id = target.id.clone().unwrap_or_default();
    let stored = call.state.store.get(&target.collection, &id)?;
    let mut document = match stored {
        Some(document) => document,
        // PUT of something new creates it.
        None if call.method.http_method == HttpMethod::Put && !target.is_detail => {
            let given = Map::from_iter([("$id".to_owned(), json!(id))]);
            shape(call, &given)
        }
        None => return Err(not_found(call, &target.noun)),
    };
    merge(call, &mut document);
    call.state.store.put(&target.collection, &id, &document)?;
    if call.method.returns == Kind::Empty {
        return Ok(Response::empty());
    }
    let given = document.as_object().cloned().unwrap_or_default();
    Ok(Response::ok(public(&shape(call, &given))))
}

fn update_singleton(call: &Call, target: &Target) -> Handled {
    let mut stored = call.state.store.get(&singletons(call), &call.path)?.unwrap_or_else(|| json!({}));
    for (name, value) in &call.params {
        stored[name] = value.clone();
    }
    call.state.store.put(&singletons(call), &call.path, &stored)?;
    if call.method.returns == Kind::Empty {
        return Ok(Response::empty());
    }
    singleton(call, target)
}

fn delete(call: &Call, target: &Target, id: &str) -> Handled {
    if !call.state.store.remove(&target.collection, id)? {
        return Err(not_found(call, &target.noun));
    }
    call.state.store.remove_tree(&format!("{}/{id}", target.collection))?;
    Ok(Response::empty())
}

fn delete_detail(call: &Call, target: &Target) -> Handled {
    if target.id.is_some() && !target.collection.ends_with("singletons") {
        find(call, target)?;
    }
    call.state.store.remove(&singletons(call), &call.path)?;
    match call.method.returns {
        Kind::Empty => Ok(Response::empty()),
        _ => singleton(call, target),
    }
}

fn singletons(call: &Call) -> String {
    call.collection("resources/singletons")
}

/// The given values as the method's model.
fn shape(call: &Call, given: &Map<String, Value>) -> Value {
    call.state.schema.answer(call.method, given)
}

/// 404 with the type that the definition's error list has for the resource.
pub(crate) fn not_found(call: &Call, noun: &str) -> Failure {
    let singular = singular(noun);
    let kind = error_type(call, &format!("{}_not_found", snake(&singular)), "document_not_found");
    Failure::new(404, kind, format!("{} with the requested ID could not be found.", title(&singular)))
}

/// 409 with the type that the definition's error list has for the resource.
pub(crate) fn conflict(call: &Call, noun: &str) -> Failure {
    let singular = singular(noun);
    let kind = error_type(call, &format!("{}_already_exists", snake(&singular)), "document_already_exists");
    let title = title(&singular);
    Failure::new(
        409,
        kind,
        format!(
            "{title} with the requested ID already exists. Try again with a different ID or use ID.unique() to generate a unique ID."
        ),
    )
}

fn error_type(call: &Call, wanted: &str, otherwise: &str) -> String {
    let errors = &call.state.schema.api.errors;
    if errors.contains_key(wanted) {
        return wanted.to_owned();
    }
    let suffix = format!("_{wanted}");
    let longer = errors.keys().find(|kind| kind.ends_with(&suffix));
    longer.cloned().unwrap_or_else(|| otherwise.to_owned())
}

/// `policies` → `policy`, `indexes` → `index`, `keys` → `key`.
fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["xes", "sses", "ches"] {
        if noun.ends_with(ending) {
            return noun[..noun.len() - 2].to_owned();
        }
    }
    noun.strip_suffix('s').unwrap_or(noun).to_owned()
}

/// `dev-keys` → `dev_keys`.
fn snake(noun: &str) -> String {
    noun.replace('-', "_").to_lowercase()
}

/// `dev-key` → `Dev key`.
fn title(noun: &str) -> String {
    let mut text = noun.replace(['-', '_'], " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{singular, title};

    #[test]
    fn nouns() {
        assert_eq!(singular("policies"), "policy");
        assert_eq!(singular("indexes"), "index");
        assert_eq!(singular("databases"), "database");
        assert_eq!(title("dev-key"), "Dev key");
    }
}
