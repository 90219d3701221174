//! What one call may set differently, as types.

use super::bulk;
use super::errors::INNER;
use super::text::docstring;
use crate::docs;
use crate::flow_options::{self, FlowOption};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, CallOption, Method, OwnKind, OwnOption, Replaced, Returns, Unit, names};
use serde_json::{Value, json};

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let options: Vec<Value> = api.client.options.values().map(of_option).collect();
    let own: Vec<Value> = api.client.own.values().map(of_own_option).collect();
    let bulk: Vec<Value> = flow_options::of_bulk(api).iter().map(of_bulk_option).collect();
    let context = json!({ "header": header("client.toml"), "options": options, "own": own, "bulk": bulk });
    Ok(File::new(format!("{INNER}/call_options.py"), templates.render("call_options.py", context)?))
}

/// The type of a method's options. They take a prefix where a parameter has the name of one.
pub(super) fn type_of(api: &Api, method: &Method) -> String {
    let is_download = method.returns == Returns::Bytes;
    let is_option = |name: &str| {
        name == "headers"
            || api.client.options.contains_key(name)
            || (is_download && api.client.own.contains_key(name))
    };
    let collides = method.arguments().any(|param| is_option(&param.name));
    let prefix = if collides { "Prefixed" } else { "" };
    format!("{prefix}{}Options", if is_download { "Download" } else { "Call" })
}

fn of_option(option: &CallOption) -> Value {
    let hint = match &option.of {
        Replaced::Header(_) => "str",
        Replaced::Limit(limit) if limit.unit == Unit::Milliseconds => "float",
        Replaced::Limit(_) => "int",
    };
    let about = docstring(&[docs::of_option(option, "In seconds.")], 4);
    json!({ "name": names::snake(&option.name), "hint": hint, "about": about })
}

fn of_own_option(option: &OwnOption) -> Value {
    let hint = match option.kind {
        OwnKind::Range => "str",
    };
    let about = docstring(&[docs::of_own_option(option)], 4);
    json!({ "name": names::snake(&option.name), "hint": hint, "about": about })
}

fn of_bulk_option(option: &FlowOption) -> Value {
    let about = docstring(&[option.sentences("")], 4);
    json!({ "name": names::snake(option.name), "hint": bulk::hint(option.name).0, "about": about })
}
