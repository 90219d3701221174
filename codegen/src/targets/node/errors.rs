//! The classes of errors by their kinds, and the server's names of errors.

use super::{FOLDER, docs};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::{Value, json};

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let kinds = api.kinds.values().map(|kind| {
        let parent = kind.under.as_ref().and_then(|name| api.kinds.get(name));
        json!({
            "name": kind.name, "class": kind.node, "comment": docs::comment(std::slice::from_ref(&kind.about), 0),
            "parent": parent.map_or("AppwriteException", |parent| parent.node.as_str()),
        })
    });
    let context = json!({ "header": header("kinds.toml"), "kinds": kinds.collect::<Vec<Value>>() });
    let exceptions = templates.render("exceptions.ts", context)?;
    let context = json!({ "header": header("errors.toml"), "types": api.errors });
    let error_types = templates.render("error_types.ts", context)?;
    Ok(vec![
        File::new(format!("{FOLDER}/exceptions.ts"), exceptions),
        File::new(format!("{FOLDER}/error-types.ts"), error_types),
    ])
}
