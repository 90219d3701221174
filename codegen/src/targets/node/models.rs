//! Models and unions: the shapes of answers, a file per group.

use super::types::{Types, has_own_fields};
use super::{FOLDER, docs};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use indexmap::IndexMap;
use polywrite_api::{Api, Field, Model, names};
use serde::Serialize;
use serde_json::json;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let types = Types { api, models: "Models.", enums: "enums." };
    let mut groups: IndexMap<&str, Vec<View>> = IndexMap::new();
    for model in api.models.values() {
        groups.entry(&model.group).or_default().push(View::of(&types, model));
    }
    groups.sort_unstable_keys();
    let mut files = Vec::new();
    for (group, models) in &groups {
        let uses = |text: &str| {
            models.iter().any(|model| {
                model.generics.contains(text) || model.fields.iter().any(|field| field.kind.contains(text))
            })
        };
        let text = templates.render(
            "models.ts",
            json!({
                "header": header(&format!("models/{group}.toml")),
                "models": models,
                "uses_models": uses("Models."),
                "uses_enums": uses("enums."),
                "uses_brand": models.iter().any(|model| model.open),
            }),
        )?;
        files.push(File::new(format!("{FOLDER}/models/{}.ts", names::snake(group).replace('_', "-")), text));
    }
    let unions: Vec<_> = api
        .unions
        .values()
        .map(|union| {
            let variants: Vec<String> =
                union.variants.iter().map(|variant| format!("Models.{}", variant.model)).collect();
            json!({
                "name": union.name,
                "comment": docs::comment(std::slice::from_ref(&union.about), 0),
                "variants": variants,
            })
        })
        .collect();
    let text = templates.render("unions.ts", json!({ "header": header("unions.toml"), "unions": unions }))?;
    files.push(File::new(format!("{FOLDER}/models/unions.ts"), text));
    let modules: Vec<String> = groups.keys().map(|group| names::snake(group).replace('_', "-")).collect();
    let text =
        templates.render("models_index.ts", json!({ "header": header("models"), "modules": modules }))?;
    files.push(File::new(format!("{FOLDER}/models/index.ts"), text));
    Ok(files)
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    comment: String,
    generics: String,
    /// Callers may give the data in it a type.
    open: bool,
    /// An open model with fields of its own, which callers do not write.
    is_row: bool,
    fields: Vec<FieldView>,
}

impl<'a> View<'a> {
    fn of(types: &Types<'_>, model: &'a Model) -> Self {
        let open = types.open_model(&model.name).filter(|_| !model.open);
        let about = docs::about(&model.about, &model.available);
        Self {
            name: &model.name,
            comment: docs::comment(&[about], 0),
            generics: types.generics(open),
            open: model.open,
            is_row: model.open && has_own_fields(model),
            fields: model.fields.values().map(|field| FieldView::of(types, field, open)).collect(),
        }
    }
}

#[derive(Serialize)]
struct FieldView {
    name: String,
    comment: String,
    optional: bool,
    kind: String,
}

impl FieldView {
    fn of(types: &Types<'_>, field: &Field, open: Option<&str>) -> Self {
        // Programs for Appwrite's own SDK rely on every field that it declares, whatever the server makes of it.
        let null = if field.required && field.nullable { " May be null." } else { "" };
        let about = docs::about(&format!("{}{null}", field.about), &field.available);
        Self {
            name: key(&field.name),
            comment: docs::comment(&[about], 4),
            optional: !field.required,
            kind: types.either(&field.kind, field.self_hosted_kind.as_ref(), open),
        }
    }
}

/// A property name, quoted where it has to be.
pub(super) fn key(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$')
        && !name.starts_with(|first: char| first.is_ascii_digit());
    if plain { name.to_owned() } else { format!("{name:?}") }
}
