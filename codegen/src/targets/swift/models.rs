//! Models: what the server answers.

use super::{names, types};
use crate::docs;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use indexmap::IndexMap;
use polywrite_api::{Api, Field, Model, Type};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct ModelsFile {
    header: String,
    models: Vec<ModelContext>,
}

#[derive(Serialize)]
struct ModelContext {
    name: String,
    about: String,
    fields: Vec<FieldContext>,
    open: bool,
    generic: bool,
    /// It has an ID.
    identified: bool,
    /// Decoding is written out: something may be missing, or the user's data stands between the fields.
    decodes: bool,
    /// Some names differ from those on the wire.
    renames: bool,
    /// A field holds a credential, so the model doesn't show itself as it is.
    hides: bool,
}

#[derive(Serialize)]
struct FieldContext {
    name: String,
    /// The name where it stands before a colon.
    label: String,
    wire: String,
    about: String,
    kind: String,
    optional: bool,
    /// The statement that reads it.
    decoding: String,
    /// What stands in for it when it is missing.
    #[serde(skip)]
    default: Option<String>,
    /// What stands in for it when it is not given by hand.
    initial: Option<String>,
    /// Not to be shown.
    secret: bool,
}

/// One file per group of models.
pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut groups: IndexMap<&str, Vec<ModelContext>> = IndexMap::new();
    for model in api.models.values() {
        groups.entry(&model.group).or_default().push(context(api, model));
    }
    groups
        .into_iter()
        .map(|(group, models)| {
            let text = templates.render(
                "models.swift",
                ModelsFile { header: header(&format!("models/{group}.toml")), models },
            )?;
            let path = format!("bindings-swift/Sources/PolywriteModels/generated/{group}+Models.swift");
            Ok(File::new(path, text))
        })
        .collect()
}

fn context(api: &Api, model: &Model) -> ModelContext {
    let list = model.fields.contains_key("total");
    let fields: Vec<FieldContext> =
        model.fields.values().map(|field| field_context(api, model, field, list)).collect();
    ModelContext {
        name: model.name.clone(),
        about: docs::about(&model.about, &model.available),
        decodes: model.open || fields.iter().any(|field| field.default.is_some()),
        identified: fields
            .iter()
            .any(|field| field.name == "id" && !field.optional && field.kind == "String"),
        renames: fields.iter().any(|field| field.name.trim_matches('`') != field.wire),
        hides: model.fields.values().any(|field| field.secret),
        open: model.open,
        generic: model.generic,
        fields,
    }
}

fn field_context(api: &Api, model: &Model, field: &Field, list: bool) -> FieldContext {
    let default = absent(field);
    // Which thing it is, and what a list consists of, is given by the code that makes one by hand.
    let listed = list && matches!(field.kind.innermost(), Type::Model(_) | Type::Union(_));
    let vital = field.name == "$id" || field.name == "total" || listed;
    // Names may have fallen together when `$` went: `$id` beside `id`.
    let bare = field.name.trim_start_matches('$');
    let twin = bare != field.name && model.fields.contains_key(bare);
    let plain = if twin { format!("meta_{bare}") } else { field.name.clone() };
    let name = names::identifier(&plain);
    let kind = types::of(api, &field.kind, "T");
    let optional =
        default.is_none() && (!field.required || field.nullable || !field.available.is_everywhere());
    FieldContext {
        decoding: decoding(&name, &kind, optional, default.as_deref()),
        initial: default.clone().filter(|_| !vital),
        default,
        label: names::label(&plain),
        name,
        wire: field.name.clone(),
        about: docs::about(&field.about, &field.available),
        kind,
        optional,
        secret: field.secret,
    }
}

/// The statement that reads a field, broken where `swift format` would.
fn decoding(name: &str, kind: &str, optional: bool, default: Option<&str>) -> String {
    let decode = if optional || default.is_some() { "decodeIfPresent" } else { "decode" };
    let arguments = format!("{kind}.self, forKey: .{name}");
    let read = format!("try values.{decode}({arguments})");
    let Some(default) = default else {
        let line = format!("{name} = {read}");
        let broken = format!("{name} = try values.{decode}(\n            {arguments})");
        return if fits(8, &line) { line } else { broken };
    };
    let line = format!("{name} = {read} ?? {default}");
    if fits(8, &line) {
        return line;
    }
    let line = format!("{read} ?? {default}");
    if fits(12, &line) {
        return format!("{name} =\n            {line}");
    }
    match default.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(items) => {
            format!("{name} =\n            {read} ?? [\n                {items},\n            ]")
        }
        None => format!("{name} =\n            {read}\n            ?? {default}"),
    }
}

fn fits(indent: usize, line: &str) -> bool {
    indent + line.chars().count() <= types::WIDTH
}

/// What stands in for a field that may be missing although it is required: servers of different ages differ.
/// A model stands in for itself, with nothing in it.
fn absent(field: &Field) -> Option<String> {
    if !field.required || field.nullable {
        return None;
    }
    match (&field.default, &field.kind) {
        (Some(default), kind) => Some(types::literal(kind, default)),
        // Enums are open, so nothing is a value too.
        (None, Type::Enum(_)) => Some(types::literal(&field.kind, &Value::from(""))),
        (None, _) => None,
    }
}
