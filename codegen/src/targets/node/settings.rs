//! The client's setters, one per setting that travels as a header.

use super::{FOLDER, docs};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Setting};
use serde::Serialize;
use serde_json::json;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let settings: Vec<View> = api.client.settings.values().map(View::of).collect();
    let text =
        templates.render("settings.ts", json!({ "header": header("client.toml"), "settings": settings }))?;
    Ok(File::new(format!("{FOLDER}/settings.ts"), text))
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    setter: &'a str,
    /// `withKey`, for credentials.
    only: Option<String>,
    header: String,
    prefix: &'a str,
    secret: bool,
    comment: String,
}

impl<'a> View<'a> {
    fn of(setting: &'a Setting) -> Self {
        let about = format!("{}{}", setting.about, docs::where_available(setting.available));
        Self {
            name: &setting.name,
            setter: &setting.setter,
            only: setting.secret.then(|| setting.setter.replacen("set", "with", 1)),
            header: header_name(&setting.header),
            prefix: &setting.prefix,
            secret: setting.secret,
            comment: docs::comment(&[about], 4),
        }
    }
}

/// A header as Appwrite's own SDK for Node writes it: `X-Appwrite-JWT`.
fn header_name(header: &str) -> String {
    let word = |word: &str| match word {
        "jwt" => "JWT".to_owned(),
        other => other.chars().take(1).flat_map(char::to_uppercase).chain(other.chars().skip(1)).collect(),
    };
    header.split('-').map(word).collect::<Vec<String>>().join("-")
}
