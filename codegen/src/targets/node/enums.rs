//! Enums: an object of the values, and the type of them.

use super::{FOLDER, docs};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Result, ensure};
use polywrite_api::{Api, Enum, names};
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let enums: Vec<View> = api.enums.values().map(View::of).collect();
    for each in &enums {
        let unique: HashSet<&String> = each.members.iter().map(|(name, _)| name).collect();
        ensure!(unique.len() == each.members.len(), "enum {} has two members of the same name", each.name);
    }
    let text = templates.render("enums.ts", json!({ "header": header("enums.toml"), "enums": enums }))?;
    Ok(File::new(format!("{FOLDER}/enums.ts"), text))
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    comment: String,
    members: Vec<(String, &'a str)>,
}

impl<'a> View<'a> {
    fn of(item: &'a Enum) -> Self {
        let about = format!("{}{}", item.about, docs::where_available(item.available));
        Self {
            name: &item.name,
            comment: docs::comment(&[about], 0),
            members: item
                .members
                .iter()
                .map(|member| (names::node_member(member.title()), member.value.as_str()))
                .collect(),
        }
    }
}
