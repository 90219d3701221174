//! Enums: an object of the values, and the type of them.

use super::{FOLDER, docs};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Enum, names};
use serde::Serialize;
use serde_json::json;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let enums: Vec<View> = api.enums.values().map(View::of).collect();
    let text = templates.render("enums.ts", json!({ "header": header("enums.toml"), "enums": enums }))?;
    Ok(File::new(format!("{FOLDER}/enums.ts"), text))
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    comment: String,
    members: Vec<MemberView<'a>>,
}

#[derive(Serialize)]
struct MemberView<'a> {
    name: String,
    value: &'a str,
    comment: String,
}

impl<'a> View<'a> {
    fn of(item: &'a Enum) -> Self {
        let about = docs::about(&item.about, &item.available);
        let names = names::distinct(item.members.iter().map(|it| names::node_member(it.title())), &[]);
        Self {
            name: &item.name,
            comment: docs::comment(&[about], 0),
            members: names
                .into_iter()
                .zip(&item.members)
                .map(|(name, member)| MemberView {
                    name,
                    value: &member.value,
                    comment: docs::comment(&[docs::about("", &member.available)], 4),
                })
                .collect(),
        }
    }
}
