//! The client's setters, and what its settings have to be.

use super::errors::INNER;
use super::text::docstring;
use crate::docs::{about, default_of};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Limit, Plain, PlainKind, Setting, Unit, names};
use serde_json::{Value, json};

/// Python names a file here, and not its content.
const FILE: &str = "caCertificates";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let client = &api.client;
    let plain = client.plain.values().map(of_plain);
    let headers = client.settings.values().map(of_header);
    let limits = client.limits.values().map(of_limit);
    let retries =
        client.retries.get("max").map(|limit| Limit { name: "retries".to_owned(), ..limit.clone() });
    let retries = retries.iter().map(of_limit);
    let settings: Vec<Value> = plain.chain(headers).chain(limits).chain(retries).collect();
    let context = json!({ "header": header("client.toml"), "settings": settings });
    Ok(vec![
        File::new(format!("{INNER}/settings.py"), templates.render("settings.py", &context)?),
        File::new(format!("{INNER}/client_settings.py"), templates.render("client_settings.py", &context)?),
    ])
}

fn of_plain(plain: &Plain) -> Value {
    let (kind, hint) = match plain.kind {
        _ if plain.name == FILE => ("file", "_types.Path"),
        PlainKind::Text => ("text", "str"),
        PlainKind::Switch => ("switch", "bool"),
    };
    let name = if plain.name == FILE { "ca_file".to_owned() } else { names::snake(&plain.name) };
    let text = match plain.name == FILE {
        true => {
            "Path of a file with certificates (PEM) to trust beside the system's. Default: none.".to_owned()
        }
        false => format!("{} Default: {}.", plain.about, plain.default),
    };
    json!({
        "wire": plain.name, "name": name, "setter": format!("set_{name}"), "kind": kind, "hint": hint,
        "about": docstring(&[text.clone()], 8), "line": argument(&name, &text),
        "only": null, "credential": false, "usual": (plain.kind == PlainKind::Switch).then_some("True"), "optional": false,
        // The name in PyPI appwrite.
        "argument": if plain.kind == PlainKind::Switch { "status" } else { name.as_str() },
    })
}

fn of_header(setting: &Setting) -> Value {
    let name = names::snake(&setting.name);
    let text = about(&setting.about, &setting.available);
    let only = setting.secret.then(|| {
        let maker = names::snake(&setting.setter.replacen("set", "with", 1));
        json!({ "name": maker, "about": docstring(&[format!("A client with only this credential. {text}")], 8) })
    });
    json!({
        "wire": setting.name, "name": name, "setter": names::snake(&setting.setter), "kind": "text", "hint": "str",
        "about": docstring(&[text.clone()], 8), "line": argument(&name, &text), "only": only,
        "credential": setting.credential, "usual": null, "optional": false,
        "argument": "value",
    })
}

fn of_limit(limit: &Limit) -> Value {
    let (kind, hint, unit) = match limit.unit {
        Unit::Milliseconds => ("seconds", "float", " In seconds."),
        Unit::Bytes | Unit::Connections => ("count", "int", ""),
        Unit::Attempts => ("attempts", "int", ""),
    };
    let name = names::snake(&limit.name);
    let text = format!("{}{unit} Default: {}.", limit.about, default_of(limit));
    json!({
        "wire": limit.name, "name": name, "setter": format!("set_{name}"), "kind": kind, "hint": hint,
        "about": docstring(&[text.clone()], 8), "line": argument(&name, &text), "usual": null, "only": null, "credential": false,
        "optional": limit.default.is_none(), "argument": "value",
    })
}

/// What the docstring of the constructor says about an argument.
fn argument(name: &str, text: &str) -> String {
    let lines = crate::docs::wrap(&format!("- `{name}`: {text}"), 112);
    lines.iter().map(|line| format!("        {line}\n")).collect()
}
