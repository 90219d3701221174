//! Every name in `waits.toml` exists, and every status of the definition is waited for or left out with a reason.

use super::sorted;
use crate::read::Problems;
use crate::types::Type;
use crate::wait::{Statuses, Wait};
use crate::{Api, Method, Model, Returns};
use std::collections::HashSet;

pub(super) fn all(api: &Api, problems: &mut Problems) {
    let waits = &api.waits;
    if waits.all.is_empty() {
        return;
    }
    sorted("waits.toml: paces", waits.paces.keys(), problems);
    sorted("waits.toml: statuses", waits.statuses.keys(), problems);
    sorted("waits.toml: waits", waits.all.keys(), problems);
    sorted("waits.toml: left_out", waits.left_out.keys(), problems);
    if waits.first_pause == 0 || waits.paces.values().any(|it| it.longest_pause < waits.first_pause) {
        problems.add("waits.toml", "first_pause is at least 1, and no longest_pause is shorter");
    }
    for (name, statuses) in &waits.statuses {
        let place = format!("waits.toml: statuses.{name}");
        if !waits.paces.contains_key(&statuses.pace) {
            problems.add(place.as_str(), format!("unknown pace `{}`", statuses.pace));
        }
        if !waits.all.values().any(|wait| wait.statuses == *name) {
            problems.add(place.as_str(), "no wait uses it");
        }
        let values: Vec<&String> = values(statuses).collect();
        if values.iter().collect::<HashSet<_>>().len() != values.len() {
            problems.add(place, "a value stands there twice");
        }
    }
    for name in waits.paces.keys().filter(|name| waits.statuses.values().all(|it| it.pace != **name)) {
        problems.add(format!("waits.toml: paces.{name}"), "no statuses use it");
    }
    let covered: HashSet<String> =
        waits.all.values().flat_map(|wait| one(api, wait, problems).unwrap_or_default()).collect();
    let known: HashSet<String> = api.models.values().flat_map(statuses_of).collect();
    for status in known.iter().filter(|it| !covered.contains(*it) && !waits.left_out.contains_key(*it)) {
        problems
            .add("waits.toml", format!("`{status}` is a status: wait for it, or say in left_out why not"));
    }
    for status in waits.left_out.keys() {
        let place = format!("waits.toml: left_out.{status}");
        if covered.contains(status) {
            problems.add(place, "something waits for it");
        } else if !known.contains(status) {
            problems.add(place, "no model has this status");
        }
    }
}

fn values(statuses: &Statuses) -> impl Iterator<Item = &String> {
    statuses.done.iter().chain(&statuses.failed).chain(&statuses.going)
}

/// Checks one wait, and returns the statuses that it reads, as `Model.field`.
fn one(api: &Api, wait: &Wait, problems: &mut Problems) -> Option<Vec<String>> {
    let place = format!("waits.toml: waits.{}", wait.id);
    let service = api.services.get(&wait.service);
    if service.is_some_and(|service| service.methods.contains_key(&wait.name)) {
        problems.add(place.as_str(), "the service has a method of this name");
    }
    let Some(read) = service.and_then(|service| service.methods.get(&wait.read)) else {
        problems.add(place, format!("the service has no method `{}`", wait.read));
        return None;
    };
    let Some(statuses) = api.waits.statuses.get(&wait.statuses) else {
        problems.add(place, format!("unknown statuses `{}`", wait.statuses));
        return None;
    };
    if read.generic {
        problems.add(place.as_str(), format!("`{}` returns data of the caller's type", wait.read));
    }
    let models = read_by(api, read, &wait.parts);
    if models.is_empty() {
        problems.add(place, format!("`{}` does not return its parts, or no model", wait.read));
        return None;
    }
    for model in &models {
        fits(api, &place, model, statuses, problems);
    }
    Some(models.iter().map(|model| format!("{}.{}", model.name, statuses.field)).collect())
}

/// The models with the status: what the method returns, or the items of its parts.
fn read_by<'a>(api: &'a Api, read: &Method, parts: &[String]) -> Vec<&'a Model> {
    let whole = match &read.returns {
        Returns::Model(name) => models(api, &Type::Model(name.clone())),
        Returns::Union(name) => models(api, &Type::Union(name.clone())),
        _ => Vec::new(),
    };
    if parts.is_empty() {
        return whole;
    }
    let mut items = Vec::new();
    for part in parts {
        let field = whole.iter().find_map(|model| model.fields.get(part));
        match field.map(|field| &field.kind) {
            Some(Type::Array(item)) => items.extend(models(api, item)),
            _ => return Vec::new(),
        }
    }
    items
}

fn models<'a>(api: &'a Api, kind: &Type) -> Vec<&'a Model> {
    match kind {
        Type::Model(name) => api.models.get(name).into_iter().collect(),
        Type::Union(name) => {
            let variants = api.unions.get(name).into_iter().flat_map(|union| &union.variants);
            variants.filter_map(|variant| api.models.get(&variant.model)).collect()
        }
        _ => Vec::new(),
    }
}

/// The model has the fields, and each value of its enum has a meaning.
fn fits(api: &Api, place: &str, model: &Model, statuses: &Statuses, problems: &mut Problems) {
    let Some(field) = model.fields.get(&statuses.field) else {
        problems.add(place, format!("`{}` has no field `{}`", model.name, statuses.field));
        return;
    };
    if let Some(reason) = statuses.reason.as_ref().filter(|reason| !model.fields.contains_key(*reason)) {
        problems.add(place, format!("`{}` has no field `{reason}`", model.name));
    }
    let Type::Enum(name) = &field.kind else { return };
    let members: HashSet<&String> =
        api.enums.get(name).into_iter().flat_map(|item| &item.members).map(|member| &member.value).collect();
    let named: HashSet<&String> = values(statuses).filter(|value| !value.is_empty()).collect();
    for value in members.difference(&named) {
        problems.add(place, format!("`{value}` of `{name}` has no meaning"));
    }
    for value in named.difference(&members) {
        problems.add(place, format!("`{name}` has no `{value}`"));
    }
}

/// What looks like a status that changes by itself, as `Model.field`.
fn statuses_of(model: &Model) -> Vec<String> {
    let is_status = |name: &str| matches!(name, "status" | "phase" | "stage") || name.ends_with("Status");
    model
        .fields
        .values()
        .filter(|field| is_status(&field.name) && matches!(field.kind, Type::String | Type::Enum(_)))
        .map(|field| format!("{}.{}", model.name, field.name))
        .collect()
}
