//! The client's settings: the patch, the table of those that travel as headers, credentials, and their setters.

use super::text::escaped;
use crate::docs::{self, grouped};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use indexmap::IndexMap;
use polywrite_api::{Api, Limit, Plain, PlainKind, Setting, Unit, names};
use serde_json::{Value, json};

pub(super) const SETTINGS: &str = "core/src/settings/generated";
pub(super) const CLIENT: &str = "core/src/client/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let client = &api.client;
    let headers: Vec<Value> = client.settings.values().map(of_header).collect();
    let mut variables: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for variable in client.environment.values() {
        variables.entry(&variable.setting).or_default().push(&variable.name);
    }
    let context = json!({
        "header": header("client.toml"),
        "variables": variables,
        "headers": headers,
        "plain": client.plain.values().map(of_plain).collect::<Vec<Value>>(),
        "limits": client.limits.values().map(of_limit).collect::<Vec<Value>>(),
        "retries": client.retries.values().map(of_limit).collect::<Vec<Value>>(),
    });
    Ok(vec![
        File::new(format!("{SETTINGS}/mod.rs"), templates.render("settings.rs", &context)?),
        File::new(format!("{CLIENT}/mod.rs"), templates.render("setters.rs", &context)?),
    ])
}

fn of_header(setting: &Setting) -> Value {
    json!({
        "name": setting.name, "field": names::snake(&setting.name), "variant": names::pascal(&setting.name),
        "header": setting.header, "prefix": setting.prefix, "credential": setting.credential,
        "secret": setting.secret, "kind": if setting.secret { "Secret" } else { "String" },
        "about": docs::about(&escaped(&setting.about), &setting.available),
    })
}

fn of_plain(plain: &Plain) -> Value {
    let kind = match (plain.kind, plain.secret) {
        (PlainKind::Switch, _) => "bool",
        (PlainKind::Text, true) => "Secret",
        (PlainKind::Text, false) => "String",
    };
    json!({
        "name": plain.name, "field": names::snake(&plain.name), "kind": kind, "about": escaped(&plain.about), "default": plain.default,
        "connection": plain.connection,
    })
}

fn of_limit(limit: &Limit) -> Value {
    let default = limit.default.map(|default| grouped(default, "_"));
    let (kind, value) = match limit.unit {
        Unit::Milliseconds => ("Duration", default.map(|millis| format!("Duration::from_millis({millis})"))),
        Unit::Attempts => ("u32", default),
        Unit::Bytes | Unit::Connections => ("u64", default),
    };
    json!({
        "name": limit.name, "field": names::snake(&limit.name), "constant": names::screaming_snake(&limit.name),
        "kind": kind, "value": value, "about": escaped(&limit.about), "default": docs::default_of(limit),
        "connection": limit.connection,
    })
}
