//! ID and Topic: functions that make IDs, and what the levels of topics are.

use super::errors::INNER;
use super::helpers::{about, argument, formatted, name, parameters};
use super::text::{listed_signature, literal};
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
        files.push(File::new(format!("{INNER}/id.py"), templates.render("id.py", context)?));
    }
    if let Some(levels) = helpers("Topic").find_map(Helper::levels) {
        let forbidden: Vec<String> = levels.forbidden.iter().map(|text| literal(text)).collect();
        let context = json!({
            "header": header("helpers.toml"), "separator": literal(levels.separator), "least": levels.least,
            "forbidden": forbidden.join(", "),
        });
        files.push(File::new(format!("{INNER}/topic.py"), templates.render("topic.py", context)?));
    }
    Ok(files)
}

fn function(helper: &Helper) -> Result<Json> {
    let name = name(helper);
    let place = format!("ID.{name}");
    let result = match (helper.new_id(), helper.unchanged()) {
        (Some(id), _) => {
            format!("new_id({place:?}, {}, {}, {})", argument(id.padding), id.time_digits, id.longest)
        }
        (None, Some(unchanged)) => argument(unchanged),
        (None, None) => {
            let format = helper.format().with_context(|| format!("{place} has no `length` or `format`"))?;
            formatted(helper, format)
        }
    };
    Ok(json!({
        "name": name, "about": about(helper), "result": result,
        "signature": listed_signature(&format!("    def {name}("), &parameters(helper), ") -> str:"),
    }))
}
