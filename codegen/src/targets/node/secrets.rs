//! What of responses nothing may print.

use super::FOLDER;
use crate::target::{File, header_of};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Field, Returns, Type};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let models = models(api);
    let methods = api.services.values().flat_map(|service| service.methods.values());
    let mut responses: Vec<(&str, &str)> = methods
        .filter_map(|method| match &method.returns {
            Returns::Model(name) | Returns::Union(name) => Some((method.id.as_str(), name.as_str())),
            _ => None,
        })
        .filter(|(_, model)| models.contains_key(model))
        .collect();
    responses.sort_unstable();
    let models: Vec<&Model> = models.values().collect();
    let context = json!({ "header": header_of("secrets.toml"), "models": models, "responses": responses });
    let text = templates.render("secrets.ts", context)?;
    Ok(File::new(format!("{FOLDER}/secrets.ts"), text))
}

/// A model, or a union: all that its variants have.
#[derive(Clone, Serialize)]
struct Model<'api> {
    name: &'api str,
    secrets: Vec<&'api str>,
    /// Fields with objects of other models, and which.
    within: BTreeMap<&'api str, &'api str>,
}

/// Those that hold secrets, themselves or in models within.
fn models(api: &Api) -> BTreeMap<&str, Model<'_>> {
    let models = api.models.iter().map(|(name, model)| Model::of(name, model.fields.values()));
    let unions = api.unions.iter().map(|(name, union)| {
        let variants = union.variants.iter().filter_map(|variant| api.models.get(&variant.model));
        Model::of(name, variants.flat_map(|model| model.fields.values()))
    });
    let all: Vec<Model<'_>> = models.chain(unions).collect();
    let mut holding: BTreeMap<&str, Model<'_>> = BTreeMap::new();
    loop {
        let known = holding.len();
        for model in &all {
            let mut model = model.clone();
            model.within.retain(|_, inner| holding.contains_key(inner));
            if !model.secrets.is_empty() || !model.within.is_empty() {
                holding.insert(model.name, model);
            }
        }
        if holding.len() == known {
            return holding;
        }
    }
}

impl<'api> Model<'api> {
    fn of(name: &'api str, fields: impl Iterator<Item = &'api Field>) -> Self {
        let mut model = Self { name, secrets: Vec::new(), within: BTreeMap::new() };
        for field in fields {
            if field.secret {
                model.secrets.push(&field.name);
            } else if let Some(inner) = inner(&field.kind) {
                model.within.insert(&field.name, inner);
            }
        }
        model.secrets.sort_unstable();
        model.secrets.dedup();
        model
    }
}

/// The model of what a field holds, alone or in a list.
fn inner(kind: &Type) -> Option<&str> {
    match kind {
        Type::Model(name) | Type::Union(name) => Some(name),
        Type::Array(item) => inner(item),
        _ => None,
    }
}
