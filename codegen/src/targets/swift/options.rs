//! What one call may set differently.

use super::names::label;
use super::types::filled;
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, CallOption, OwnKind, OwnOption, Replaced, Unit};
use serde_json::{Value, json};

const FOLDER: &str = "bindings-swift/Sources/Polywrite/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let own = api.client.own.values().map(of_own_option);
    let options: Vec<Value> = api.client.options.values().map(of_option).chain(own).collect();
    let parameters = options.iter().map(|option| {
        let text = |key: &str| option[key].as_str().unwrap_or_default().to_owned();
        format!("{}: {}? = nil", text("field"), text("kind"))
    });
    let parameters = parameters.chain(["headers: [String: String] = [:]".to_owned()]);
    let arguments = api
        .client
        .options
        .keys()
        .chain(api.client.own.keys())
        .map(|name| label(name))
        .chain(["headers".to_owned()]);
    let arguments = arguments.map(|name| format!("{name}: {name}"));
    let context = json!({
        "header": header("client.toml"),
        "options": options,
        "parameters": filled(parameters, 8),
        "arguments": filled(arguments, 12),
    });
    Ok(File::new(format!("{FOLDER}/CallOptions.swift"), templates.render("call_options.swift", context)?))
}

fn of_option(option: &CallOption) -> Value {
    let field = label(&option.name);
    let (kind, value) = match &option.of {
        Replaced::Header(_) => ("String", field.clone()),
        Replaced::Limit(limit) if limit.unit == Unit::Milliseconds => {
            ("Duration", format!("{field}?.milliseconds"))
        }
        Replaced::Limit(_) => ("Int", field.clone()),
    };
    json!({
        "name": option.name, "field": field, "kind": kind, "value": value, "about": docs::of_option(option, ""),
    })
}

fn of_own_option(option: &OwnOption) -> Value {
    let field = label(&option.name);
    let kind = match option.kind {
        OwnKind::Range => "String",
    };
    json!({
        "name": option.name, "field": field, "kind": kind, "value": field, "about": docs::of_own_option(option),
    })
}
