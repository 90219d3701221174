//! What one call may set differently.

use super::text::escaped;
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, CallOption, OwnKind, OwnOption, Replaced, Unit, names};
use serde_json::{Value, json};

pub(super) const FOLDER: &str = "core/src/options/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let own = api.client.own.values().map(of_own_option);
    let options: Vec<Value> = api.client.options.values().map(of_option).chain(own).collect();
    let headers =
        api.client.options.values().filter(|option| matches!(option.of, Replaced::Header(_))).count();
    let context = json!({ "header": header("client.toml"), "options": options, "headers": headers });
    Ok(File::new(format!("{FOLDER}/mod.rs"), templates.render("options.rs", context)?))
}

fn of_option(option: &CallOption) -> Value {
    let (kind, reader, variant) = match &option.of {
        Replaced::Header(_) => ("String", None, "Text"),
        Replaced::Limit(limit) => match limit.unit {
            Unit::Milliseconds => ("Duration", Some("millis"), "Time"),
            Unit::Attempts => ("u32", Some("count"), "Attempts"),
            Unit::Bytes | Unit::Connections => ("u64", None, "Count"),
        },
    };
    let sent = match &option.of {
        Replaced::Header(setting) => Some(json!({ "name": setting.header, "prefix": setting.prefix })),
        Replaced::Limit(_) => None,
    };
    json!({
        "name": option.name, "field": names::snake(&option.name), "kind": kind, "reader": reader,
        "into": kind == "String",
        "variant": variant, "sent": sent, "about": escaped(&docs::of_option(option, "")),
    })
}

fn of_own_option(option: &OwnOption) -> Value {
    let (kind, variant) = match option.kind {
        OwnKind::Range => ("ByteRange", "Range"),
    };
    json!({
        "name": option.name, "field": names::snake(&option.name), "kind": kind, "reader": null, "into": true,
        "variant": variant, "sent": null, "about": escaped(&docs::of_own_option(option)),
    })
}
