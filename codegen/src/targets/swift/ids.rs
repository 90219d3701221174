//! ID and Topic: functions that make IDs, and what the levels of topics are.

use super::helpers::{FOLDER, formatted, parameters};
use super::names;
use super::types::quoted;
use crate::docs::of_helper;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Context, Result};
use polywrite_api::{Api, Helper};
use serde_json::{Value as Json, json};

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let helpers = |group: &str| api.helpers.get(group).into_iter().flat_map(|it| it.values());
    let functions = helpers("ID").map(|it| function(api, it)).collect::<Result<Vec<Json>>>()?;
    let mut files = Vec::new();
    if !functions.is_empty() {
        let context = json!({ "header": header("helpers.toml"), "functions": functions });
        let text = templates.render("id.swift", context)?;
        files.push(File::new(format!("{FOLDER}/ID+Helpers.swift"), text));
    }
    if let Some(levels) = helpers("Topic").find_map(Helper::levels) {
        let forbidden: Vec<String> = levels.forbidden.iter().map(|text| quoted(text)).collect();
        let context = json!({
            "header": header("helpers.toml"), "separator": quoted(levels.separator), "least": levels.least,
            "forbidden": forbidden.join(", "),
        });
        let text = templates.render("topic.swift", context)?;
        files.push(File::new(format!("{FOLDER}/Topic+Levels.swift"), text));
    }
    Ok(files)
}

/// A helper; one that takes a number of random digits is a second function, because it throws.
fn function(api: &Api, helper: &Helper) -> Result<Json> {
    let name = names::identifier(&helper.name);
    let place = format!("ID.{}", helper.name);
    let id = helper.new_id().map(|id| {
        json!({
            "padding": names::identifier(id.padding), "usual": id.usual, "time_digits": id.time_digits,
            "longest": id.longest, "place": place, "most": id.longest - id.time_digits,
        })
    });
    let result = match (&id, helper.unchanged()) {
        (Some(_), _) => String::new(),
        (None, Some(argument)) => names::identifier(argument),
        (None, None) => {
            let format = helper.format().with_context(|| format!("{place} has no `length` or `format`"))?;
            formatted(helper, format)
        }
    };
    Ok(json!({
        "name": name, "about": of_helper(helper, names::label), "id": id, "result": result,
        "parameters": parameters(api, helper).join(", "),
    }))
}
