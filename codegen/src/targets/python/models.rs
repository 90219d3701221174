//! A module for each model, and one for the unions.

use super::taken;
use super::text::{WIDTH, docstring, field, literal, value};
use super::{FOLDER, index};
use crate::docs;
use crate::target::{File, header};
use crate::templates::{Templates, mentions};
use anyhow::{Result, ensure};
use polywrite_api::{Api, Condition, Field, Model, Type, Union, names};
use serde::Serialize;
use serde_json::json;
use std::collections::HashSet;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut list = vec![("AppwriteModel".to_owned(), "base_model".to_owned())];
    for model in api.models.values() {
        let module = taken::module(&model.name);
        let text = render_model(api, model, templates)?;
        files.push(File::new(format!("{FOLDER}/models/{module}.py"), text));
        list.push((model.name.clone(), module));
    }
    list.extend(api.unions.keys().map(|name| (name.clone(), "_unions".to_owned())));
    let unions: Vec<Variants> = api.unions.values().map(Variants::of).collect();
    let members: Vec<&String> = {
        let mut seen = HashSet::new();
        let variants = api.unions.values().flat_map(|union| &union.variants);
        variants.map(|variant| &variant.model).filter(|model| seen.insert(*model)).collect()
    };
    let context = json!({ "header": header("unions.toml"), "unions": unions, "members": members });
    files.push(File::new(format!("{FOLDER}/models/_unions.py"), templates.render("unions.py", context)?));
    let context = json!({ "header": header("models") });
    files.push(File::new(
        format!("{FOLDER}/models/base_model.py"),
        templates.render("base_model.py", context)?,
    ));
    files.push(index::render(templates, "models", "models", "What the server returns.", &list)?);
    Ok(files)
}

fn render_model(api: &Api, model: &Model, templates: &Templates) -> Result<String> {
    let generic = |name: &str| api.models.get(name).is_some_and(|model| model.generic);
    let spellings = spellings(model);
    let named: HashSet<String> = spellings.iter().map(|(name, _)| name.clone()).collect();
    let attributes: Vec<Attribute> = model
        .fields
        .values()
        .zip(spellings)
        .map(|(field, spelling)| Attribute::of(field, spelling, &named, &generic))
        .collect();
    let mut seen = HashSet::new();
    for name in attributes.iter().flat_map(|attribute| std::iter::once(&attribute.name).chain(&attribute.old))
    {
        ensure!(seen.insert(name), "model {} has two attributes `{name}` in Python", model.name);
    }
    let base = match (model.open, model.generic) {
        (true, _) => "OpenModel[T]",
        (false, true) => "ClosedModel, Generic[T]",
        (false, false) => "ClosedModel",
    };
    let context = json!({
        "name": model.name, "base": base, "attributes": attributes,
        "about": docstring(&[docs::about(&model.about, &model.available)], 4),
    });
    let body = templates.render("model.py", context)?;
    let needed = |words: &[&'static str], found: &dyn Fn(&str) -> bool| -> Vec<&'static str> {
        words.iter().copied().filter(|word| found(word)).collect()
    };
    let word = |word: &str| mentions(&body, word);
    let context = json!({
        "header": header(&format!("models/{}.toml", model.group)),
        "typing": needed(&["Any", "Generic"], &word),
        "makers": makers(&body, &named),
        "bases": needed(&["ClosedModel", "OpenModel", "T"], &word),
        "packages": needed(&["enums", "models"], &|package| body.contains(&format!("{package}."))),
        "body": body,
    });
    templates.render("model_module.py", context)
}

/// What `body` makes attributes with.
const MAKERS: [&str; 9] =
    ["boolean", "choice", "choices", "field", "integer", "item", "items", "number", "text"];

/// The imports of makers. One that an attribute is called like is known under another name.
fn makers(body: &str, named: &HashSet<String>) -> Vec<String> {
    let used = MAKERS.into_iter().map(|maker| (maker, known_as(maker, named)));
    used.filter(|(_, known)| body.contains(&format!("= {known}(")))
        .map(|(maker, known)| if known == maker { known } else { format!("{maker} as {known}") })
        .collect()
}

fn known_as(maker: &str, named: &HashSet<String>) -> String {
    if named.contains(maker) { format!("_{maker}") } else { maker.to_owned() }
}

#[derive(Serialize)]
struct Attribute {
    name: String,
    /// The spelling of PyPI appwrite, where it differs.
    old: Option<String>,
    kind: String,
    maker: String,
    about: String,
}

impl Attribute {
    fn of(
        given: &Field,
        (name, old): (String, Option<String>),
        named: &HashSet<String>,
        generic: &dyn Fn(&str) -> bool,
    ) -> Self {
        let mut kind = field(&given.kind, generic);
        if !given.required || given.nullable {
            kind.push_str(" | None");
        }
        // Wrapped as ruff does: the arguments go to a line of their own.
        let maker = maker(given, generic);
        let (called, arguments) = maker.split_once('(').unwrap_or((&maker, ""));
        let mut maker = format!("{}({arguments}", known_as(called, named));
        if format!("    {name}: {kind} = {maker}").chars().count() > WIDTH
            && let Some((opening, arguments)) = maker.trim_end_matches(')').split_once('(')
        {
            maker = format!("{opening}(\n        {arguments}\n    )");
        }
        Self { kind, maker, about: docstring(&[docs::about(&given.about, &given.available)], 4), old, name }
    }
}

/// The attribute of each field, and its spelling in PyPI appwrite where that differs and is free.
pub(super) fn spellings(model: &Model) -> Vec<(String, Option<String>)> {
    let attribute = |field: &Field| {
        // Names may have fallen together when `$` went: `$id` beside `id`.
        let bare = field.name.trim_start_matches('$');
        let twin = bare != field.name && model.fields.contains_key(bare);
        if twin { format!("meta_{}", names::snake(bare)) } else { names::python_argument(bare) }
    };
    let attributes: Vec<String> = model.fields.values().map(attribute).collect();
    let mut used: HashSet<String> = attributes.iter().cloned().collect();
    let old = |field: &Field| names::python_argument(&field.name.to_lowercase());
    let free: Vec<Option<String>> =
        model.fields.values().map(|field| Some(old(field)).filter(|old| used.insert(old.clone()))).collect();
    attributes.into_iter().zip(free).collect()
}

/// The attribute of a list's page that holds the items, and the type of one.
pub(super) fn items_of(api: &Api, page: &str, items: &str) -> Option<(String, String)> {
    let model = api.models.get(page)?;
    let place = model.fields.get_index_of(items)?;
    let (attribute, _) = spellings(model).into_iter().nth(place)?;
    let kind =
        field(&model.fields.get(items)?.kind, &|name| api.models.get(name).is_some_and(|it| it.generic));
    let item = kind.strip_prefix("list[")?.strip_suffix(']')?;
    Some((attribute, item.to_owned()))
}

/// What reads the field: `items("rows", "Row", generic=True)`.
fn maker(given: &Field, generic: &dyn Fn(&str) -> bool) -> String {
    let wire = literal(&given.name);
    let marked = |name: &str| if generic(name) { ", generic=True" } else { "" };
    match &given.kind {
        Type::Enum(name) => format!("choice({wire}, {})", literal(name)),
        Type::Model(name) | Type::Union(name) => {
            let required = if given.required && !given.nullable { ", required=True" } else { "" };
            format!("item({wire}, {}{required}{})", literal(name), marked(name))
        }
        Type::Array(inner) => match &**inner {
            Type::Enum(name) => format!("choices({wire}, {})", literal(name)),
            Type::Model(name) | Type::Union(name) => {
                format!("items({wire}, {}{})", literal(name), marked(name))
            }
            _ => plain(given, &wire),
        },
        _ => plain(given, &wire),
    }
}

fn plain(given: &Field, wire: &str) -> String {
    let default = given.default.as_ref().map(|default| format!(", {}", value(default))).unwrap_or_default();
    let secret = if given.secret { ", secret=True" } else { "" };
    let maker = match given.kind {
        Type::String => "text",
        Type::Integer | Type::BigInteger => "integer",
        Type::Float => "number",
        Type::Boolean => "boolean",
        _ => "field",
    };
    format!("{maker}({wire}{default}{secret})")
}

#[derive(Serialize)]
struct Variants {
    name: String,
    about: String,
    /// `Column: TypeAlias = Union[ColumnEmail, ColumnEnum]`, a line each where they are many.
    alias: String,
    /// A line for each variant: its model and the conditions that identify it.
    rows: Vec<String>,
}

impl Variants {
    fn of(union: &Union) -> Self {
        let models: Vec<String> = union.variants.iter().map(|variant| variant.model.clone()).collect();
        Self {
            name: union.name.clone(),
            about: docstring(std::slice::from_ref(&union.about), 4),
            alias: alias(&union.name, &models),
            rows: union
                .variants
                .iter()
                .map(|variant| {
                    let when: Vec<String> = variant.when.iter().map(|all| conditions(all)).collect();
                    format!("({}, {})", literal(&variant.model), tuple(&when))
                })
                .collect(),
        }
    }
}

fn alias(name: &str, models: &[String]) -> String {
    let opening = format!("    {name}: TypeAlias = Union[");
    let line = format!("{opening}{}]", models.join(", "));
    if line.chars().count() <= WIDTH {
        return line.trim_start().to_owned();
    }
    let lines: String = models.iter().map(|model| format!("        {model},\n")).collect();
    format!("{}\n{lines}    ]", opening.trim_start())
}

fn conditions(all: &[Condition]) -> String {
    let parts: Vec<String> = all
        .iter()
        .map(|condition| {
            let value = condition.value.as_deref().map_or("None".to_owned(), literal);
            format!("({}, {value})", literal(&condition.field))
        })
        .collect();
    tuple(&parts)
}

fn tuple(parts: &[String]) -> String {
    match parts {
        [only] => format!("({only},)"),
        _ => format!("({})", parts.join(", ")),
    }
}
