//! A module for each enum.

use super::text::{docstring, literal};
use super::{FOLDER, index};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Result, ensure};
use polywrite_api::{Api, names};
use serde_json::json;
use std::collections::HashSet;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut list = Vec::new();
    for item in api.enums.values() {
        let members: Vec<(String, String)> = item
            .members
            .iter()
            .map(|member| (names::python_member(member.title()), literal(&member.value)))
            .collect();
        let unique: HashSet<&String> = members.iter().map(|(name, _)| name).collect();
        ensure!(
            unique.len() == members.len(),
            "enum {} has two members of the same name in Python",
            item.name
        );
        let module = names::snake(&item.name);
        let about = docstring(std::slice::from_ref(&item.about), 4);
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
