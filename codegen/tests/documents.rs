//! Appwrite's documents become the definition that this repository has.
//!
//! The sentences of Appwrite's own OpenAPI documents are not ours, so they are not here. The test writes a document from
//! the definition and reads it back. Where `POLYWRITE_SPECS` names a folder with Appwrite's own, it reads those too.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use polywrite_api::{Api, Method, Param, Place, Returns, Type};
use polywrite_codegen::import::{self, Known};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Reads each document over the definition that the one before it made.
fn read(documents: &[String]) -> Api {
    let mut known: Option<Known> = None;
    for document in documents {
        known = Some(import::import(document, known.as_ref(), true).expect("sound").api.into());
    }
    known.expect("at least one document").api
}

/// The schema of a parameter's type, as far as the test compares it.
fn schema(kind: &Type) -> Value {
    match kind {
        Type::Integer | Type::BigInteger => json!({ "type": "integer" }),
        Type::Float => json!({ "type": "number" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Object => json!({ "type": "object" }),
        Type::Array(item) => json!({ "type": "array", "items": schema(item) }),
        _ => json!({ "type": "string" }),
    }
}

fn parameter(param: &Param, place: &str) -> Value {
    json!({ "name": param.name, "in": place, "required": param.required, "schema": schema(&param.kind) })
}

fn operation(method: &Method) -> Value {
    let mut operation = json!({
        "operationId": method.id, "tags": [method.service], "x-appwrite": { "method": method.name },
        "responses": match &method.returns {
            Returns::Model(name) => json!({ "200": { "content": { "application/json": {
                "schema": { "$ref": format!("#/components/schemas/{name}") } } } } }),
            _ => json!({ "204": { "description": "Nothing" } }),
        },
    });
    let placed = |place: Place, name: &str| -> Vec<Value> {
        method.params.values().filter(|it| it.place == place).map(|it| parameter(it, name)).collect()
    };
    operation["parameters"] = [placed(Place::Path, "path"), placed(Place::Query, "query")].concat().into();
    let body: Vec<&Param> = method.params.values().filter(|it| it.place == Place::Body).collect();
    if !body.is_empty() {
        let properties: Map<String, Value> =
            body.iter().map(|it| (it.name.clone(), schema(&it.kind))).collect();
        let required: Vec<&str> = body.iter().filter(|it| it.required).map(|it| it.name.as_str()).collect();
        operation["requestBody"] = json!({ "content": { "application/json": {
            "schema": { "type": "object", "properties": properties, "required": required } } } });
    }
    operation
}

/// The operations that a document can say: one for each method of a path, without files, with a model or nothing as
/// their response.
fn sayable(api: &Api) -> Vec<&Method> {
    let mut seen = std::collections::HashSet::new();
    api.methods()
        .filter(|it| it.upload.is_none() && it.service != "client" && it.alias_of.is_none())
        .filter(|it| it.params.values().all(|param| param.source.is_none()))
        .filter(|it| matches!(it.returns, Returns::Model(_) | Returns::Empty))
        .filter(|it| seen.insert((it.path.clone(), it.http_method)))
        .collect()
}

fn document(methods: &[&Method]) -> String {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for method in methods {
        let http_method = method.http_method.as_str().to_lowercase();
        let path = paths.entry(method.path.clone()).or_insert_with(|| json!({}));
        path[http_method] = operation(method);
        if let Returns::Model(name) = &method.returns {
            schemas.insert(name.clone(), json!({ "properties": { "total": { "type": "integer" } } }));
        }
    }
    json!({
        "openapi": "3.0.0", "info": { "version": "1.9.6" }, "servers": [{ "url": "https://cloud.example/v1" }],
        "components": { "schemas": schemas }, "paths": paths,
    })
    .to_string()
}

#[test]
fn a_document_of_the_definition_is_read_as_the_definition() {
    let ours = Api::embedded().expect("sound");
    let methods = sayable(&ours);
    assert!(methods.len() > 800, "{} methods", methods.len());
    let read = read(&[document(&methods), document(&methods)]);
    for method in methods {
        let same = read.method(&method.id).unwrap_or_else(|| panic!("{} is lost", method.id));
        assert_eq!(
            (same.http_method, &same.path, &same.returns),
            (method.http_method, &method.path, &method.returns),
            "{}",
            method.id
        );
        let params = |it: &Method| -> Vec<(String, bool, Place)> {
            let mut all: Vec<_> =
                it.params.values().map(|param| (param.name.clone(), param.required, param.place)).collect();
            all.sort_by(|one, other| one.0.cmp(&other.0));
            all
        };
        assert_eq!(params(same), params(method), "{}", method.id);
    }
}

#[test]
fn appwrites_own_documents_are_read_as_the_definition() {
    let Ok(folder) = std::env::var("POLYWRITE_SPECS") else { return };
    let text = |version: &str| {
        let path = Path::new(&folder).join(format!("open-api3-{version}-server.json"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let (older, newer) = (text("1.8.1"), text("1.9.6"));
    assert_eq!(read(std::slice::from_ref(&older)).methods().count(), 420);
    let (ours, theirs) = (Api::embedded().expect("sound"), read(&[older, newer]));
    assert_eq!(theirs.methods().count(), 615);
    // An operation of both the document and the built-in definition is the same.
    for method in theirs.methods() {
        let same = ours.method(&method.id).unwrap_or_else(|| panic!("{} is unknown", method.id));
        assert_eq!((same.http_method, &same.returns), (method.http_method, &method.returns), "{}", method.id);
        assert!(method.params.values().all(|param| param.source.is_none() || !method.project_header));
    }
}
