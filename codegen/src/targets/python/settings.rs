//! The client's setters, and what its settings have to be.

use super::errors::INNER;
use super::text::docstring;
use crate::docs::{about, default_of};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Limit, Plain, PlainKind, Setting, Unit, names};
use serde::Serialize;
use serde_json::json;

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
    let settings: Vec<View> = plain.chain(headers).chain(limits).chain(retries).collect();
    let context = json!({ "header": header("client.toml"), "settings": settings });
    Ok(vec![
        File::new(format!("{INNER}/settings.py"), templates.render("settings.py", &context)?),
        File::new(format!("{INNER}/client_settings.py"), templates.render("client_settings.py", &context)?),
    ])
}

/// A setting, its setter, and its argument of the constructor.
#[derive(Serialize)]
struct View {
    wire: String,
    name: String,
    setter: String,
    /// The setter's argument.
    argument: String,
    /// What the argument is unless it is given.
    usual: Option<&'static str>,
    /// Whether `None` stands for no bound.
    optional: bool,
    kind: &'static str,
    hint: &'static str,
    about: String,
    /// What the constructor's docstring says.
    line: String,
    credential: bool,
    /// The maker of a client with this credential alone.
    only: Option<Maker>,
}

#[derive(Serialize)]
struct Maker {
    name: String,
    about: String,
}

impl View {
    /// A setting called `name` here; one that is not a credential, has the usual setter, and must have a value.
    fn new(wire: &str, name: String, kind: &'static str, hint: &'static str, text: String) -> Self {
        Self {
            wire: wire.to_owned(),
            setter: format!("set_{name}"),
            argument: "value".to_owned(),
            usual: None,
            optional: false,
            kind,
            hint,
            line: argument(&name, &text),
            about: docstring(&[text], 8),
            credential: false,
            only: None,
            name,
        }
    }
}

fn of_plain(plain: &Plain) -> View {
    let text = format!("{} Default: {}.", plain.about, plain.default);
    let name = names::snake(&plain.name);
    match plain.kind {
        _ if plain.name == FILE => {
            let text = "Path of a file with certificates (PEM) to trust beside the system's. Default: none.";
            let view = View::new(FILE, "ca_file".to_owned(), "file", "_types.Path", text.to_owned());
            View { argument: view.name.clone(), ..view }
        }
        PlainKind::Text => {
            View { argument: name.clone(), ..View::new(&plain.name, name, "plain", "str", text) }
        }
        // The argument's name in PyPI appwrite.
        PlainKind::Switch => View {
            argument: "status".to_owned(),
            usual: Some("True"),
            ..View::new(&plain.name, name, "plain", "bool", text)
        },
    }
}

fn of_header(setting: &Setting) -> View {
    let text = about(&setting.about, &setting.available);
    let only = setting.secret.then(|| Maker {
        name: names::snake(&setting.setter.replacen("set", "with", 1)),
        about: docstring(&[format!("A client with only this credential. {text}")], 8),
    });
    View {
        setter: names::snake(&setting.setter),
        credential: setting.credential,
        only,
        ..View::new(&setting.name, names::snake(&setting.name), "plain", "str", text)
    }
}

fn of_limit(limit: &Limit) -> View {
    let (kind, hint, unit) = match limit.unit {
        Unit::Milliseconds => ("seconds", "float", " In seconds."),
        Unit::Bytes | Unit::Connections => ("plain", "int", ""),
        Unit::Attempts => ("attempts", "int", ""),
    };
    let text = format!("{}{unit} Default: {}.", limit.about, default_of(limit));
    View {
        optional: limit.default.is_none(),
        ..View::new(&limit.name, names::snake(&limit.name), kind, hint, text)
    }
}

/// What the docstring of the constructor says about an argument.
fn argument(name: &str, text: &str) -> String {
    let lines = crate::docs::wrap(&format!("- `{name}`: {text}"), 112);
    lines.iter().map(|line| format!("        {line}\n")).collect()
}
