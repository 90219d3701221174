//! ID and Topic: functions that make IDs, and what the levels of topics are.

use super::helpers::{parameters, template};
use super::{FOLDER, docs};
use crate::docs::of_helper;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Context, Result};
use polywrite_api::{Api, Helper};
use serde_json::{Value as Json, json};

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let helpers = |group: &str| api.helpers.get(group).into_iter().flat_map(|it| it.values());
    let functions = helpers("ID").map(function).collect::<Result<Vec<Json>>>()?;
    let mut files = Vec::new();
    if !functions.is_empty() {
        let context = json!({ "header": header("helpers.toml"), "functions": functions });
        files.push(File::new(format!("{FOLDER}/id.ts"), templates.render("id.ts", context)?));
    }
    if let Some(levels) = helpers("Topic").find_map(Helper::levels) {
        let context = json!({
            "header": header("helpers.toml"), "separator": levels.separator, "least": levels.least,
            "forbidden": levels.forbidden,
        });
        files.push(File::new(format!("{FOLDER}/topic.ts"), templates.render("topic.ts", context)?));
    }
    Ok(files)
}

fn function(helper: &Helper) -> Result<Json> {
    let place = format!("ID.{}", helper.name);
    let result = match (helper.new_id(), helper.unchanged()) {
        (Some(id), _) => format!("newId({place:?}, {}, {}, {})", id.padding, id.time_digits, id.longest),
        (None, Some(argument)) => argument.to_owned(),
        (None, None) => {
            template(helper.format().with_context(|| format!("{place} has no `length` or `format`"))?)
        }
    };
    let comment = docs::comment(&[of_helper(helper, str::to_owned)], 4);
    Ok(json!({
        "name": helper.name, "comment": comment, "parameters": parameters("ID", helper), "result": result,
    }))
}
