//! What one call may set differently, as types.

use super::errors::INNER;
use super::text::docstring;
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, CallOption, Replaced, Unit, names};
use serde_json::{Value, json};

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let options: Vec<Value> = api.client.options.values().map(of_option).collect();
    let context = json!({ "header": header("client.toml"), "options": options });
    Ok(File::new(format!("{INNER}/call_options.py"), templates.render("call_options.py", context)?))
}

/// Whether a method's parameter has the name of an option, which then takes a prefix.
pub(super) fn is_option(api: &Api, parameter: &str) -> bool {
    parameter == "headers" || api.client.options.contains_key(parameter)
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
