//! The kinds of errors, and the server's names of errors.

use super::names;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::{Value, json};

const FOLDER: &str = "bindings-swift/Sources/Polywrite/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let kinds = api.kinds.values().map(|kind| {
        let camel = polywrite_api::names::camel(&kind.name);
        let value = (camel != kind.name).then_some(&kind.name);
        let case = names::identifier(&camel);
        json!({ "case": case, "value": value, "about": kind.about })
    });
    let context = json!({ "header": header("kinds.toml"), "kinds": kinds.collect::<Vec<Value>>() });
    let kinds = templates.render("error_kinds.swift", context)?;
    let types = api.errors.iter().map(|(name, status)| {
        json!({ "name": name, "member": names::identifier(&polywrite_api::names::camel(name)), "status": status })
    });
    let context = json!({ "header": header("errors.toml"), "types": types.collect::<Vec<Value>>() });
    let types = templates.render("error_types.swift", context)?;
    Ok(vec![
        File::new(format!("{FOLDER}/AppwriteError+Kind.swift"), kinds),
        File::new(format!("{FOLDER}/AppwriteError+Types.swift"), types),
    ])
}
