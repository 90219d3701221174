//! Unions: enums of models.

use super::names;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Condition, Union};
use serde::Serialize;

#[derive(Serialize)]
struct UnionFile {
    header: String,
    name: String,
    about: String,
    keys: Vec<Key>,
    variants: Vec<Variant>,
    ends: bool,
    /// A member that isn't known may hold secrets, because known ones do.
    hides: bool,
}

#[derive(Serialize)]
struct Key {
    name: String,
    wire: String,
    /// Its value matters, and not only that it is there.
    read: bool,
}

#[derive(Serialize)]
struct Variant {
    name: String,
    model: String,
    about: String,
    when: Vec<String>,
}

/// One file per union.
pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    api.unions
        .values()
        .map(|union| {
            let text = templates.render("union.swift", context(api, union))?;
            Ok(File::new(
                format!("bindings-swift/Sources/PolywriteModels/generated/unions/{}+Union.swift", union.name),
                text,
            ))
        })
        .collect()
}

fn context(api: &Api, union: &Union) -> UnionFile {
    let prefix = shared_prefix(union);
    let mut keys: Vec<Key> = Vec::new();
    for condition in union.variants.iter().flat_map(|variant| variant.when.iter().flatten()) {
        if keys.iter().all(|key| key.wire != condition.field) {
            keys.push(Key {
                name: names::identifier(&condition.field),
                wire: condition.field.clone(),
                read: condition.value.is_some(),
            });
        }
    }
    let variants: Vec<Variant> = union
        .variants
        .iter()
        .map(|variant| Variant {
            name: names::variant(&variant.model, &prefix),
            model: variant.model.clone(),
            about: api.models.get(&variant.model).map(|model| model.about.clone()).unwrap_or_default(),
            when: variant.when.iter().filter(|all| !all.is_empty()).map(|all| together(all)).collect(),
        })
        .collect();
    UnionFile {
        header: header("unions.toml"),
        name: union.name.clone(),
        about: union.about.clone(),
        hides: union
            .variants
            .iter()
            .filter_map(|variant| api.models.get(&variant.model))
            .any(|model| model.fields.values().any(|field| field.secret)),
        ends: variants.last().is_some_and(|last| last.when.is_empty()),
        keys,
        variants,
    }
}

fn together(conditions: &[Condition]) -> String {
    let each: Vec<String> = conditions
        .iter()
        .map(|condition| {
            let name = names::identifier(&condition.field);
            match &condition.value {
                Some(value) => format!("{name} == {}", super::types::quoted(value)),
                None => format!("values.contains(.{name})"),
            }
        })
        .collect();
    each.join(" && ")
}

/// The beginning that all variants have: the union's own name, else whole words.
fn shared_prefix(union: &Union) -> String {
    let models: Vec<&str> = union.variants.iter().map(|variant| variant.model.as_str()).collect();
    if models.iter().all(|model| model.starts_with(&union.name)) {
        return union.name.clone();
    }
    let first = models.first().copied().unwrap_or_default();
    let shared = (0..first.len()).rev().find(|&end| {
        first[end..].starts_with(char::is_uppercase)
            && models.iter().all(|model| model.starts_with(&first[..end]))
    });
    first[..shared.unwrap_or(0)].to_owned()
}
