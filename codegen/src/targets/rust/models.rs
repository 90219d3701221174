//! Models by the file that defines them, unions beside.

use super::taken;
use super::text::{about, field_type, sentence};
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::{Result, bail, ensure};
use polywrite_api::{Api, Field, List, Method, Model, Paging, Returns, Type, Union, names};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};

const FOLDER: &str = "models/src/models/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let mut groups: BTreeMap<&str, Vec<View>> = BTreeMap::new();
    for model in api.models.values() {
        groups.entry(&model.group).or_default().push(View::of(api, model)?);
    }
    let mut files = Vec::new();
    let mut modules: Vec<String> = Vec::new();
    for (group, models) in &groups {
        let module = taken::module(group);
        let kinds =
            |wanted: &str| models.iter().flat_map(|it| &it.fields).any(|field| field.kind.contains(wanted));
        let context = json!({
            "header": header(&format!("models/{group}.toml")),
            "models": models,
            "objects": kinds("Object"),
            "enums": kinds("enums::"),
            "others": kinds("models::"),
        });
        files.push(File::new(taken::file(FOLDER, &module), templates.render("models.rs", context)?));
        modules.push(module);
    }
    if !api.unions.is_empty() {
        let unions =
            api.unions.values().map(|union| UnionView::of(api, union)).collect::<Result<Vec<_>>>()?;
        let context = json!({ "header": header("unions.toml"), "unions": unions });
        files.push(File::new(format!("{FOLDER}/unions.rs"), templates.render("unions.rs", context)?));
        modules.push("unions".to_owned());
    }
    modules.sort_unstable();
    let context = json!({ "header": header("models"), "modules": modules });
    files.push(File::new(format!("{FOLDER}/mod.rs"), templates.render("model_list.rs", context)?));
    Ok(files)
}

#[derive(Serialize)]
struct View<'a> {
    name: &'a str,
    about: String,
    /// `T` when user data in it can have a type.
    generic: bool,
    /// Nothing but user data: the model is the data.
    alias: bool,
    fields: Vec<FieldView<'a>>,
    /// The name of the field for user data beside the others.
    rest: Option<&'static str>,
    /// What makes it a page of a list.
    page: Option<PageView>,
}

#[derive(Serialize)]
struct PageView {
    /// The field that holds the items.
    items: String,
    /// The items' type.
    item: String,
    /// The field of an item after which the next page begins, where it is text.
    cursor: Option<String>,
}

#[derive(Serialize)]
struct FieldView<'a> {
    name: String,
    wire: &'a str,
    about: String,
    kind: String,
    /// What stands in for it, where that is not the type's default.
    absent: Option<String>,
    /// The user's own data.
    data: bool,
    /// Not to be shown.
    secret: bool,
}

impl<'a> View<'a> {
    fn of(api: &'a Api, model: &'a Model) -> Result<Self> {
        let fields = model
            .fields
            .values()
            .map(|field| FieldView::of(api, model, field))
            .collect::<Result<Vec<_>>>()?;
        let unique: HashSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        ensure!(unique.len() == fields.len(), "model {} has two fields of the same name in Rust", model.name);
        let rest = ["data", "user_data"].into_iter().find(|name| !unique.contains(name));
        Ok(Self {
            name: &model.name,
            about: about(&model.name, &model.about, &model.available),
            generic: model.generic,
            alias: is_alias(model),
            rest: rest.filter(|_| model.open && !model.fields.is_empty()),
            page: page(api, model, &fields),
            fields,
        })
    }
}

/// Nothing but user data.
fn is_alias(model: &Model) -> bool {
    model.open && model.fields.is_empty()
}

/// The items of a model that a list method returns.
fn page(api: &Api, model: &Model, fields: &[FieldView<'_>]) -> Option<PageView> {
    let returns = |method: &&Method| method.returns == Returns::Model(model.name.clone());
    let list = api.methods().filter(returns).find_map(|method| method.list.as_ref())?;
    let view = fields.iter().find(|field| field.wire == list.items)?;
    let item = view.kind.strip_prefix("Vec<").and_then(|kind| kind.strip_suffix('>'))?;
    Some(PageView { items: view.name.clone(), item: item.to_owned(), cursor: cursor(api, model, list) })
}

fn cursor(api: &Api, page: &Model, list: &List) -> Option<String> {
    let (Paging::Cursor(field), Type::Array(item)) = (&list.paging, &page.fields.get(&list.items)?.kind)
    else {
        return None;
    };
    let Type::Model(item) = &**item else { return None };
    let item = api.models.get(item)?;
    let view = FieldView::of(api, item, item.fields.get(field)?).ok()?;
    (view.kind == "String").then_some(view.name)
}

impl<'a> FieldView<'a> {
    fn of(api: &Api, model: &Model, field: &'a Field) -> Result<Self> {
        let plain = field_type(&field.kind, |name| api.models.get(name).is_some_and(|it| it.generic));
        let optional = !field.required || field.nullable;
        let absent = if optional { None } else { absent(model, field)? };
        // Names may have fallen together when `$` went: `$id` beside `id`.
        let twin =
            field.name.starts_with('$') && model.fields.contains_key(field.name.trim_start_matches('$'));
        let name = names::rust_identifier(&field.name);
        Ok(Self {
            name: if twin { format!("meta_{}", names::snake(&field.name)) } else { name },
            wire: &field.name,
            about: about(&field.name, &field.about, &field.available),
            kind: if optional { format!("Option<{plain}>") } else { plain },
            absent,
            data: matches!(&field.kind, Type::Model(name) if api.models.get(name).is_some_and(is_alias)),
            secret: field.secret,
        })
    }
}

fn absent(model: &Model, field: &Field) -> Result<Option<String>> {
    if let Type::Model(_) = &field.kind {
        return Ok(Some("nothing".to_owned()));
    }
    let Some(default) = &field.default else { return Ok(None) };
    if Some(default) == field.kind.natural_default().as_ref() {
        return Ok(None);
    }
    Ok(Some(match (default, &field.kind) {
        (Value::String(text), Type::String | Type::Enum(_)) => format!("{text:?}"),
        (Value::Number(number), _) => number.to_string(),
        (Value::Bool(flag), _) => flag.to_string(),
        (Value::Array(items), Type::Array(inner)) => {
            let into = if matches!(**inner, Type::Integer) { "" } else { ".into()" };
            let items: Vec<String> = items.iter().map(|item| format!("{item}{into}")).collect();
            format!("[{}]", items.join(", "))
        }
        _ => bail!("{}.{}: the default {default} does not suit its type", model.name, field.name),
    }))
}

#[derive(Serialize)]
struct UnionView<'a> {
    name: &'a str,
    about: String,
    members: Vec<MemberView<'a>>,
}

#[derive(Serialize)]
struct MemberView<'a> {
    name: &'a str,
    about: String,
    model: &'a str,
    /// `&[&[("type", Some("string"))]]`
    when: String,
}

impl<'a> UnionView<'a> {
    fn of(api: &'a Api, union: &'a Union) -> Result<Self> {
        let prefix = common_prefix(union);
        let members = union.variants.iter().map(|variant| {
            let alternatives: Vec<String> = variant
                .when
                .iter()
                .map(|conditions| {
                    let conditions: Vec<String> =
                        conditions.iter().map(|it| format!("({:?}, {:?})", it.field, it.value)).collect();
                    format!("&[{}]", conditions.join(", "))
                })
                .collect();
            MemberView {
                name: &variant.model[prefix..],
                about: api
                    .models
                    .get(&variant.model)
                    .map(|model| sentence(&model.name, &model.about))
                    .unwrap_or_default(),
                model: &variant.model,
                when: format!("&[{}]", alternatives.join(", ")),
            }
        });
        let members: Vec<MemberView> = members.collect();
        ensure!(members.iter().all(|it| it.name != "Unknown"), "union {} has a member Unknown", union.name);
        Ok(Self { name: &union.name, about: sentence(&union.name, &union.about), members })
    }
}

/// Letters that all models of a union begin with, up to a new word: `Column` of `ColumnText` and `ColumnTime`.
fn common_prefix(union: &Union) -> usize {
    let Some(first) = union.variants.first().filter(|_| union.variants.len() > 1) else { return 0 };
    let mut candidates =
        first.model.char_indices().filter(|(_, letter)| letter.is_uppercase()).map(|(at, _)| at);
    candidates
        .rfind(|&at| {
            union.variants.iter().all(|variant| {
                variant.model.get(..at) == first.model.get(..at)
                    && variant.model[at..].starts_with(char::is_uppercase)
            })
        })
        .unwrap_or(0)
}
