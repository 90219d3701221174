//! Enums: open sets of text.

use super::{names, types};
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Enum};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
struct EnumContext {
    name: String,
    about: String,
    members: Vec<MemberContext>,
}

#[derive(Serialize)]
struct MemberContext {
    name: String,
    value: String,
    about: String,
}

/// One file per enum.
pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    api.enums
        .values()
        .map(|item| {
            let text = templates
                .render("enum.swift", EnumFile { header: header("enums.toml"), item: context(item) })?;
            Ok(File::new(
                format!("bindings-swift/Sources/PolywriteEnums/generated/{}+Values.swift", item.name),
                text,
            ))
        })
        .collect()
}

#[derive(Serialize)]
struct EnumFile {
    header: String,
    item: EnumContext,
}

fn context(item: &Enum) -> EnumContext {
    let mut taken = BTreeSet::new();
    let members = item
        .members
        .iter()
        .map(|member| MemberContext {
            name: unique(names::member(member.title()), &mut taken),
            value: types::quoted(&member.value),
            about: docs::about(&format!("`{}`.", member.title()), &member.available),
        })
        .collect();
    EnumContext { name: item.name.clone(), about: docs::about(&item.about, &item.available), members }
}

/// Two values may differ in a sign that no name can have: the later one gets an underscore.
fn unique(mut name: String, taken: &mut BTreeSet<String>) -> String {
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}
