//! Tests: every method called once, and a sample of every model decoded.

use super::services::DATA;
use super::{names, samples, types};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Content, Method, Param, Place, Returns, Service, Type};
use serde::Serialize;
use serde_json::{Map, Value, json};

const FOLDER: &str = "bindings-swift/Tests/PolywriteTests/generated";

#[derive(Serialize)]
struct CallsFile {
    header: String,
    name: String,
    calls: Vec<Call>,
}

#[derive(Serialize)]
struct Call {
    id: String,
    name: String,
    returned: String,
    arguments: String,
}

#[derive(Serialize)]
struct ModelsFile {
    header: String,
    models: Vec<ModelCase>,
}

#[derive(Serialize)]
struct ModelCase {
    name: String,
    kind: String,
}

/// A file of calls per service, and beside them what must cross the wire, as data.
pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for service in api.services.values() {
        let text = templates.render("calls.swift", calls(api, service))?;
        files.push(File::new(format!("{FOLDER}/{}Calls.swift", service.class), text));
    }
    let services: Vec<&str> = api.services.values().map(|service| service.class.as_str()).collect();
    let text =
        templates.render("all_calls.swift", json!({ "header": header("services"), "services": services }))?;
    files.push(File::new(format!("{FOLDER}/AllCalls.swift"), text));

    let cases = api.models.keys().chain(api.unions.keys());
    let models: Vec<ModelCase> =
        cases.map(|name| ModelCase { name: name.clone(), kind: types::model(api, name, DATA) }).collect();
    let text = templates.render("all_models.swift", ModelsFile { header: header("models"), models })?;
    files.push(File::new(format!("{FOLDER}/AllModels.swift"), text));

    files.push(File::new(format!("{FOLDER}/expected.json"), serde_json::to_string_pretty(&expected(api))?));
    Ok(files)
}

fn calls(api: &Api, service: &Service) -> CallsFile {
    CallsFile {
        header: header(&format!("services/{}.toml", service.name)),
        name: service.class.clone(),
        calls: service
            .methods
            .values()
            .map(|method| Call {
                id: method.id.clone(),
                name: names::identifier(&method.name),
                returned: returned(api, method),
                arguments: arguments(api, method),
            })
            .collect(),
    }
}

/// The arguments on the line of the call, or as many to each of the next lines as it takes.
fn arguments(api: &Api, method: &Method) -> String {
    let head = format!("{}try await service.{}()", returned(api, method), names::identifier(&method.name));
    let each = method
        .arguments()
        .map(|param| format!("{}: {}", names::label(&param.name), argument(api, param)))
        .collect::<Vec<_>>();
    let line = each.join(", ");
    if 12 + head.len() + line.len() <= types::WIDTH {
        return line;
    }
    format!("\n                {}", types::filled(each, 16).join("\n                "))
}

/// Says which of the overloads is called.
fn returned(api: &Api, method: &Method) -> String {
    match &method.returns {
        Returns::Empty => String::new(),
        Returns::Bytes => "let _: Data = ".into(),
        Returns::Model(name) => format!("let _: {} = ", types::model(api, name, DATA)),
        _ => "_ = ".into(),
    }
}

fn argument(api: &Api, param: &Param) -> String {
    match &param.kind {
        Type::File => "file".into(),
        kind => literal(kind, &samples::value(api, kind, &param.name)),
    }
}

fn literal(kind: &Type, value: &Value) -> String {
    match kind {
        Type::Array(inner) if types::is_any(kind) => format!("[{}]", literal(inner, value)),
        _ if types::is_any(kind) => r#"["key": "value"]"#.into(),
        _ => types::literal(kind, value),
    }
}

/// Request and answer of every method, and a sample of every model.
fn expected(api: &Api) -> Value {
    let calls: Map<String, Value> = api
        .services
        .values()
        .flat_map(|service| service.methods.values())
        .map(|method| (method.id.clone(), exchange(api, method)))
        .collect();
    let models: Map<String, Value> = api
        .models
        .values()
        .map(|model| (model.name.clone(), samples::model(api, model)))
        .chain(api.unions.keys().map(|name| (name.clone(), samples::union(api, name))))
        .collect();
    json!({ "calls": calls, "models": models })
}

fn exchange(api: &Api, method: &Method) -> Value {
    let value = |param: &Param| match param.source {
        Some(_) => json!("the-project"),
        None => samples::value(api, &param.kind, &param.name),
    };
    let mut path = method.self_hosted_path.as_ref().unwrap_or(&method.path).clone();
    let mut query = Vec::new();
    let mut body = Map::new();
    for param in method.params.values() {
        let sent = value(param);
        match param.place {
            Place::Path => {
                path =
                    path.replace(&format!("{{{}}}", param.name), sent.as_str().unwrap_or(&sent.to_string()));
            }
            Place::Query => flatten(&param.name, &sent, &mut query),
            Place::Body if param.kind == Type::File => {}
            Place::Body => drop(body.insert(param.name.clone(), sent)),
        }
    }
    json!({
        "method": method.http_method.as_str(),
        "template": method.self_hosted_path.as_ref().unwrap_or(&method.path),
        "path": path,
        "query": query,
        "body": if method.content == Content::Json { Value::Object(body) } else { Value::Null },
        "response": match &method.returns {
            Returns::Model(name) => json!({ "model": name }),
            Returns::Union(name) => json!({ "model": name }),
            Returns::Json => json!({ "json": { "key": "value" } }),
            Returns::Redirect => json!({ "location": "https://example.com/next" }),
            Returns::Empty => Value::Null,
            Returns::Bytes | Returns::Text => json!({ "text": "some text" }),
        },
    })
}

/// How a value stands in a query string: lists by index, objects by key, truth as a digit.
fn flatten(name: &str, value: &Value, query: &mut Vec<Value>) {
    match value {
        Value::Array(values) => {
            values
                .iter()
                .enumerate()
                .for_each(|(index, value)| flatten(&format!("{name}[{index}]"), value, query));
        }
        Value::Object(values) => {
            values.iter().for_each(|(key, value)| flatten(&format!("{name}[{key}]"), value, query));
        }
        Value::Bool(value) => query.push(json!([name, if *value { "1" } else { "0" }])),
        Value::String(text) => query.push(json!([name, text])),
        other => query.push(json!([name, other.to_string()])),
    }
}
