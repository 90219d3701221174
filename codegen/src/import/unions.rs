//! Unions: places of the document where one of several models may stand.
//!
//! Documents don't name them. One that the known definition has keeps its name; others are called after what the
//! names of their models have in common. Places with models of the same union add up to one.

use super::document::{Document, model_name, referred};
use super::draft::{Draft, Union};
use super::json::Json;
use indexmap::IndexMap;
use polywrite_api::Api;
use std::collections::HashMap;

type Conditions = IndexMap<String, String>;

/// Finds all unions, before anything refers to them.
pub(super) fn find(document: &Document, known: &Api, draft: &mut Draft) {
    let examples: HashMap<String, Conditions> =
        document.schemas().map(|(name, schema)| (model_name(name), example(schema))).collect();
    let mut places = Vec::new();
    document.schemas().for_each(|(_, schema)| collect(schema, &mut places));
    document.operations().for_each(|operation| collect(operation.value, &mut places));
    for place in places {
        let members = members(place);
        let title = name(&members, known);
        let union = draft.unions.entry(title).or_default();
        for model in members {
            let found = discriminators(place, &model);
            match union.members.iter_mut().find(|(name, _)| *name == model) {
                Some((_, all)) if all.is_empty() => *all = found,
                Some(_) => {}
                None => union.members.push((model, found)),
            }
        }
    }
    for (title, union) in &mut draft.unions {
        settle(title, union, known, &examples);
    }
}

impl Draft {
    /// The union that stands here, if one does.
    pub(super) fn union_of(&self, schema: &Json) -> Option<String> {
        let models = members(schema);
        if models.len() < 2 {
            return None;
        }
        let holds =
            |union: &Union| models.iter().all(|model| union.members.iter().any(|(name, _)| name == model));
        self.unions.iter().find(|(_, union)| holds(union)).map(|(title, _)| title.clone())
    }
}

/// The schemas below a value that offer several models.
fn collect<'a>(value: &'a Json, places: &mut Vec<&'a Json>) {
    match value {
        Json::Object(map) => {
            if members(value).len() > 1 {
                places.push(value);
            }
            map.values().for_each(|inner| collect(inner, places));
        }
        Json::Array(items) => items.iter().for_each(|inner| collect(inner, places)),
        _ => {}
    }
}

fn members(schema: &Json) -> Vec<String> {
    let choices = ["oneOf", "anyOf"].into_iter().map(|key| schema[key].elements()).find(|it| !it.is_empty());
    let references = choices.into_iter().flatten().filter_map(|choice| choice["$ref"].as_str());
    references.map(|reference| model_name(referred(reference))).collect()
}

fn name(members: &[String], known: &Api) -> String {
    let has =
        |model: &String, union: &polywrite_api::Union| union.variants.iter().any(|it| it.model == *model);
    let old = known.unions.values();
    if let Some(union) = old
        .filter(|union| members.iter().all(|model| has(model, union)))
        .min_by_key(|union| union.variants.len())
    {
        return union.name.clone();
    }
    let first = members.first().cloned().unwrap_or_default();
    let starts = |prefix: &str| members.iter().all(|model| model.starts_with(prefix) && model != prefix);
    let words = first.char_indices().filter(|(at, letter)| *at > 0 && letter.is_uppercase());
    let common = words.map(|(at, _)| &first[..at]).rfind(|prefix| starts(prefix));
    common
        .map_or_else(|| format!("{first}Or{}", members.get(1).map_or("Other", String::as_str)), str::to_owned)
}

/// What distinguishes a model, as the document says it.
fn discriminators(place: &Json, model: &str) -> Vec<Conditions> {
    let discriminator = &place["discriminator"];
    let is_model = |reference: &str| model_name(referred(reference)) == model;
    let detailed = discriminator["x-mapping"].members();
    let detailed: Vec<Conditions> =
        detailed.filter(|(reference, _)| is_model(reference)).map(|(_, when)| pairs(when)).collect();
    if !detailed.is_empty() {
        return detailed;
    }
    let Some(property) = discriminator["propertyName"].as_str() else { return Vec::new() };
    let mapping = discriminator["mapping"].members();
    mapping
        .filter(|(_, reference)| reference.as_str().is_some_and(is_model))
        .map(|(value, _)| IndexMap::from([(property.to_owned(), value.clone())]))
        .collect()
}

fn pairs(when: &Json) -> Conditions {
    when.members().filter_map(|(field, value)| Some((field.clone(), value.as_str()?.to_owned()))).collect()
}

/// Fields by which servers distinguish models, with the value that a schema gives as its example.
fn example(schema: &Json) -> Conditions {
    let field = |name: &str| {
        let value = schema["properties"][name]["x-example"].as_str()?;
        Some((name.to_owned(), value.to_owned()))
    };
    let first = ["type", "action", "$id"].into_iter().find_map(field);
    first.into_iter().chain(field("format")).collect()
}

/// Conditions from examples: the first field alone where no other model of the union has the same value in it.
fn guess(model: &str, union: &[String], examples: &HashMap<String, Conditions>) -> Conditions {
    let mut conditions = examples.get(model).cloned().unwrap_or_default();
    let first = conditions.first().map(|(field, value)| (field.clone(), value.clone()));
    if let Some((field, value)) = first {
        let same =
            union.iter().filter(|other| examples.get(*other).and_then(|it| it.get(&field)) == Some(&value));
        if same.count() == 1 {
            conditions.truncate(1);
        }
    }
    conditions
}

/// Fills in what the document did not say, and brings the models into the order to try them: most conditions first.
fn settle(title: &str, union: &mut Union, known: &Api, examples: &HashMap<String, Conditions>) {
    let old = known.unions.get(title);
    let models: Vec<String> = union.members.iter().map(|(model, _)| model.clone()).collect();
    for (model, when) in &mut union.members {
        if when.is_empty()
            && let Some(variant) = old.and_then(|old| old.variants.iter().find(|it| it.model == *model))
        {
            *when = variant
                .when
                .iter()
                .map(|all| {
                    all.iter()
                        .map(|it| (it.field.clone(), it.value.clone().unwrap_or_else(|| "*".to_owned())))
                        .collect()
                })
                .collect();
        }
        if when.is_empty() {
            *when = vec![guess(model, &models, examples)];
        }
    }
    union.members.sort_by_key(|(_, when)| std::cmp::Reverse(when.iter().map(IndexMap::len).max()));
}
