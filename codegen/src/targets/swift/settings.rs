//! The client's setters, and the makers of clients with one credential only.

use super::names::label;
use super::types::WIDTH;
use crate::docs::{about, default_of};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Limit, Plain, PlainKind, Setting, Unit, names};
use serde_json::{Value, json};

const FOLDER: &str = "bindings-swift/Sources/Polywrite/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let client = &api.client;
    let (timeouts, limits): (Vec<&Limit>, Vec<&Limit>) =
        client.limits.values().partition(|it| is_timeout(it));
    let mut setters: Vec<Value> = client.plain.values().map(of_plain).collect();
    setters.extend(client.settings.values().map(of_header));
    setters.extend(limits.into_iter().map(of_limit));
    let context = json!({
        "header": header("client.toml"),
        "setters": setters,
        "makers": client.settings.values().filter(|it| it.secret).map(maker).collect::<Vec<Value>>(),
        "timeouts": several("setTimeout", timeouts.into_iter().map(|it| part(it, timeout_label(&it.name)))),
        "retries": several("setRetries", client.retries.values().map(|it| part(it, retry_label(&it.name)))),
    });
    Ok(File::new(format!("{FOLDER}/Client+Setters.swift"), templates.render("setters.swift", context)?))
}

fn of_plain(plain: &Plain) -> Value {
    let parameter = match plain.kind {
        PlainKind::Text => "_ value: String",
        PlainKind::Switch => "_ value: Bool = true",
    };
    let text = format!("{} Default: {}.", plain.about, plain.default);
    setter(&plain.setter, parameter, &format!("try $0.member(\"{}\", value)", plain.name), &text)
}

fn of_header(setting: &Setting) -> Value {
    let empty = if setting.credential { " Empty: none." } else { "" };
    let text = format!("{}{empty}", about(&setting.about, &setting.available));
    setter(&setting.setter, "_ value: String", &format!("try $0.member(\"{}\", value)", setting.name), &text)
}

/// A limit that is off by default is switched off by nil.
fn of_limit(limit: &Limit) -> Value {
    let optional = limit.default.is_none();
    let (kind, mark, write) =
        (kind(limit), if optional { "?" } else { "" }, if optional { "nullable" } else { "member" });
    let parameter = format!("_ value: {kind}{mark}");
    let body = format!("try $0.{write}(\"{}\", {})", limit.name, written(limit, "value", optional));
    let text = format!("{} Default: {}.", limit.about, default_of(limit));
    setter(&format!("set{}", names::pascal(&limit.name)), &parameter, &body, &text)
}

/// A setter as `swift format` would write it: on one line where it has the room.
fn setter(name: &str, parameter: &str, body: &str, about: &str) -> Value {
    let declaration = format!("    public func {name}({parameter}) -> Client {{");
    let line = format!("{declaration} configure {{ {body} }} }}");
    let code = if line.chars().count() <= WIDTH {
        line
    } else {
        format!("{declaration}\n        configure {{ {body} }}\n    }}")
    };
    json!({ "about": about, "code": code })
}

fn maker(setting: &Setting) -> Value {
    json!({
        "name": setting.setter.replacen("set", "with", 1),
        "setting": setting.name,
        "about": about(&setting.about, &setting.available),
    })
}

/// Those of a client are one setter, as arguments with labels.
fn is_timeout(limit: &Limit) -> bool {
    limit.unit == Unit::Milliseconds
        && limit.default.is_some()
        && limit.name.to_lowercase().ends_with("timeout")
}

/// `connectTimeout` is `connect:` among the timeouts, and `timeout` needs no label.
fn timeout_label(name: &str) -> Option<&str> {
    name.strip_suffix("Timeout")
}

/// `max` needs no label among the retries, and `baseDelay` is the delay.
fn retry_label(name: &str) -> Option<&str> {
    match name {
        "max" => None,
        "baseDelay" => Some("delay"),
        other => Some(other),
    }
}

/// A setter with several arguments.
fn several(name: &str, parts: impl Iterator<Item = Value>) -> Value {
    let parts: Vec<Value> = parts.collect();
    let parameters: Vec<&str> = parts.iter().filter_map(|part| part["parameter"].as_str()).collect();
    let line = format!("    public func {name}({}) -> Client {{", parameters.join(", "));
    let signature = if line.chars().count() <= WIDTH {
        line
    } else {
        format!("    public func {name}(\n        {}\n    ) -> Client {{", parameters.join(", "))
    };
    json!({ "signature": signature, "parts": parts })
}

/// An argument of a setter that has several.
fn part(limit: &Limit, labelled: Option<&str>) -> Value {
    let (argument, parameter) = match labelled {
        Some(labelled) => (label(labelled), label(labelled)),
        None if limit.unit == Unit::Attempts => ("count".to_owned(), "_ count".to_owned()),
        None => (label(&limit.name), format!("_ {}", label(&limit.name))),
    };
    json!({
        "name": limit.name,
        "parameter": format!("{parameter}: {}? = nil", kind(limit)),
        "value": written(limit, &argument, true),
        "about": format!("- `{argument}`: {} Default: {}.", limit.about, default_of(limit)),
    })
}

fn kind(limit: &Limit) -> &'static str {
    match limit.unit {
        Unit::Milliseconds => "Duration",
        Unit::Bytes | Unit::Connections | Unit::Attempts => "Int",
    }
}

/// The value as the core reads it.
fn written(limit: &Limit, argument: &str, optional: bool) -> String {
    match limit.unit {
        Unit::Milliseconds => format!("{argument}{}.milliseconds", if optional { "?" } else { "" }),
        Unit::Bytes | Unit::Connections | Unit::Attempts => argument.to_owned(),
    }
}
