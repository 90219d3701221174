//! The client's setters, one per setting that travels as a header, and its limits.

use super::{FOLDER, docs};
use crate::docs::{default_of, of_option, of_own_option};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, CallOption, Limit, OwnKind, OwnOption, Plain, PlainKind, Replaced, Setting, Unit};
use serde::Serialize;
use serde_json::json;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let settings: Vec<View> = api.client.settings.values().map(View::of).collect();
    let limits: Vec<LimitView> = api.client.limits.values().map(LimitView::of).collect();
    let retries: Vec<LimitView> = api.client.retries.values().map(LimitView::of).collect();
    let plain: Vec<PlainView> = api.client.plain.values().map(PlainView::of).collect();
    let options: Vec<OptionView> = api.client.options.values().map(OptionView::of).collect();
    let own: Vec<OptionView> = api.client.own.values().map(OptionView::of_own).collect();
    let context = json!({
        "header": header("client.toml"), "settings": settings, "limits": limits, "retries": retries,
        "plain": plain, "options": options, "own": own,
        "chunk_size": api.client.chunk_size,
    });
    let text = templates.render("settings.ts", context)?;
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
        let about = docs::about(&setting.about, &setting.available);
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

#[derive(Serialize)]
struct PlainView<'a> {
    name: &'a str,
    kind: &'static str,
    comment: String,
}

impl<'a> PlainView<'a> {
    fn of(plain: &'a Plain) -> Self {
        let kind = match plain.kind {
            PlainKind::Text => "string",
            PlainKind::Switch => "boolean",
        };
        let about = format!("{} Default: {}.", plain.about, plain.default);
        Self { name: &plain.name, kind, comment: docs::comment(&[about], 4) }
    }
}

#[derive(Serialize)]
struct OptionView<'a> {
    name: &'a str,
    kind: &'static str,
    comment: String,
}

impl<'a> OptionView<'a> {
    fn of(option: &'a CallOption) -> Self {
        let kind = match &option.of {
            Replaced::Header(_) => "string",
            Replaced::Limit(_) => "number",
        };
        let about = of_option(option, "In milliseconds.");
        Self { name: &option.name, kind, comment: docs::comment(&[about], 4) }
    }

    fn of_own(option: &'a OwnOption) -> Self {
        let kind = match option.kind {
            OwnKind::Range => "string",
        };
        Self { name: &option.name, kind, comment: docs::comment(&[of_own_option(option)], 4) }
    }
}

#[derive(Serialize)]
struct LimitView<'a> {
    name: &'a str,
    comment: String,
}

impl<'a> LimitView<'a> {
    fn of(limit: &'a Limit) -> Self {
        let about = match limit.unit {
            Unit::Milliseconds => format!("{} In milliseconds.", limit.about),
            Unit::Bytes | Unit::Connections | Unit::Attempts => limit.about.clone(),
        };
        let default = default_of(limit);
        Self { name: &limit.name, comment: docs::comment(&[format!("{about} Default: {default}.")], 4) }
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
