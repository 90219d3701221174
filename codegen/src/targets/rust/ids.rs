//! ID and Topic: functions that make IDs, and what the levels of topics are.

use super::text::escaped;
use crate::docs::of_helper;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Context, Result};
use polywrite_api::{Api, Helper, names};
use serde_json::{Value as Json, json};

/// The folders, one beside each hand-written type.
pub(super) const FOLDERS: [&str; 2] = ["core/src/id/generated", "core/src/topic/generated"];

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let helpers = |group: &str| api.helpers.get(group).into_iter().flat_map(|it| it.values());
    let functions = helpers("ID").map(function).collect::<Result<Vec<Json>>>()?;
    let [ids, topics] = FOLDERS;
    let mut files = Vec::new();
    if !functions.is_empty() {
        let context = json!({ "header": header("helpers.toml"), "functions": functions });
        files.push(File::new(format!("{ids}/mod.rs"), templates.render("ids.rs", context)?));
    }
    if let Some(levels) = helpers("Topic").find_map(Helper::levels) {
        let context = json!({
            "header": header("helpers.toml"), "separator": format!("{:?}", levels.separator),
            "least": levels.least, "forbidden": format!("{:?}", levels.forbidden),
            "count": levels.forbidden.len(),
        });
        files.push(File::new(format!("{topics}/mod.rs"), templates.render("topics.rs", context)?));
    }
    Ok(files)
}

/// A helper; one that takes a number of random digits is a second function, because it can fail.
fn function(helper: &Helper) -> Result<Json> {
    let (name, place) = (names::rust_identifier(&helper.name), format!("ID.{}", helper.name));
    let mut view = json!({ "name": name, "about": escaped(&of_helper(helper, names::snake)) });
    if let Some(id) = helper.new_id() {
        view["id"] = json!({
            "padding": names::rust_identifier(id.padding), "usual": id.usual, "time_digits": id.time_digits,
            "longest": id.longest, "most": id.longest - id.time_digits,
        });
        return Ok(view);
    }
    // A text that callers make up: the server refuses what is not an ID.
    let argument = helper.unchanged().with_context(|| format!("{place} is neither new nor the caller's"))?;
    view["argument"] = json!(names::rust_identifier(argument));
    view["longest"] = json!(helper.longest.with_context(|| format!("{place} has no `longest`"))?);
    Ok(view)
}
