//! A module for each enum.

use super::taken;
use super::text::{docstring, literal};
use super::{FOLDER, index};
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Enum, names};
use serde_json::json;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut list = Vec::new();
    for item in api.enums.values() {
        let members: Vec<(String, String, String)> = members(item)
            .into_iter()
            .zip(&item.members)
            .map(|(name, member)| (name, literal(&member.value), docs::about("", &member.available)))
            .collect();
        let module = taken::module(&item.name);
        let about = docstring(&[docs::about(&item.about, &item.available)], 4);
        let context =
            json!({ "header": header("enums.toml"), "name": item.name, "about": about, "members": members });
        files.push(File::new(format!("{FOLDER}/enums/{module}.py"), templates.render("enum.py", context)?));
        list.push((item.name.clone(), module));
    }
    files.push(index::render(
        templates,
        "enums",
        "enums.toml",
        "Values that parameters and fields can have.",
        &list,
    )?);
    Ok(files)
}

/// The names of its members.
pub(super) fn members(item: &Enum) -> Vec<String> {
    names::distinct(item.members.iter().map(|member| names::python_member(member.title())), &[])
}
