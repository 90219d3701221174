//! The enums that calls and models use, in files by their first letter: one file for all would be long.

use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Enum, Type, names};
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, HashSet};

const FOLDER: &str = "models/src/enums/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let used = used(api);
    let mut modules: BTreeMap<String, Vec<View>> = BTreeMap::new();
    for item in api.enums.values().filter(|item| used.contains(item.name.as_str())) {
        // A file of its own for each long list, one for all that is short.
        let module =
            if item.members.len() > LONG { names::rust_identifier(&item.name) } else { "short".to_owned() };
        modules.entry(module).or_default().push(View::of(item));
    }
    let mut files = Vec::new();
    for (module, enums) in &modules {
        let context = json!({ "header": header("enums.toml"), "enums": enums });
        files.push(File::new(super::taken::file(FOLDER, module), templates.render("enums.rs", context)?));
    }
    let context = json!({ "header": header("enums.toml"), "modules": modules.keys().collect::<Vec<_>>() });
    files.push(File::new(format!("{FOLDER}/mod.rs"), templates.render("enum_list.rs", context)?));
    Ok(files)
}

/// Members from which on an enum gets a file of its own.
const LONG: usize = 60;

/// Enums of helpers alone are part of the hand-written helpers.
fn used(api: &Api) -> HashSet<&str> {
    let params = api.methods().flat_map(|method| method.params.values().map(|param| &param.kind));
    let fields = api.models.values().flat_map(|model| model.fields.values().map(|field| &field.kind));
    params
        .chain(fields)
        .filter_map(|kind| match kind.innermost() {
            Type::Enum(name) => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

/// The member for values that are not known, and what Rust calls a type itself.
const TAKEN: [&str; 2] = ["Self", "Unknown"];

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    about: String,
    members: Vec<MemberView<'a>>,
}

#[derive(Serialize)]
struct MemberView<'a> {
    name: String,
    /// On the wire.
    value: &'a str,
    /// Where it is to be had.
    place: String,
}

impl<'a> View<'a> {
    fn of(item: &'a Enum) -> Self {
        let names = names::distinct(item.members.iter().map(|it| names::member(it.title())), &TAKEN);
        let members = names.into_iter().zip(&item.members).map(|(name, member)| MemberView {
            name,
            value: &member.value,
            place: docs::about("", &member.available),
        });
        Self {
            name: &item.name,
            about: super::text::about(&item.name, &item.about, &item.available),
            members: members.collect(),
        }
    }
}
