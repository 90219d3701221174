//! What needs the whole definition: which names are unions, which models have user data, and where models and enums are
//! available that do not say it.

use crate::availability::Availability;
use crate::types::Type;
use crate::{Api, Method, Returns};
use indexmap::IndexMap;
use std::collections::HashSet;

pub(super) fn all(api: &mut Api) {
    unions(api);
    generics(api);
    availability(api);
}

fn unions(api: &mut Api) {
    let names: HashSet<String> = api.unions.keys().cloned().collect();
    let settle = |kind: &mut Type| {
        if let Type::Model(name) = kind.innermost_mut()
            && names.contains(name)
        {
            *kind.innermost_mut() = Type::Union(std::mem::take(name));
        }
    };
    for method in methods(api) {
        for param in method.params.values_mut() {
            settle(&mut param.kind);
        }
        if let Returns::Model(name) = &mut method.returns
            && names.contains(name)
        {
            method.returns = Returns::Union(std::mem::take(name));
        }
    }
    for field in api.models.values_mut().flat_map(|model| model.fields.values_mut()) {
        settle(&mut field.kind);
        field.self_hosted_kind.as_mut().map(settle).unwrap_or_default();
    }
}

fn methods(api: &mut Api) -> impl Iterator<Item = &mut Method> {
    api.services
        .values_mut()
        .flat_map(|service| service.methods.values_mut())
        .chain(api.client.methods.values_mut())
}

/// A model is generic when it is open or holds a generic one, however deep.
fn generics(api: &mut Api) {
    let mut generic: HashSet<String> = open(api);
    loop {
        let more: Vec<String> = api
            .models
            .values()
            .filter(|model| !generic.contains(&model.name))
            .filter(|model| {
                model.fields.values().any(
                    |field| matches!(field.kind.innermost(), Type::Model(inner) if generic.contains(inner)),
                )
            })
            .map(|model| model.name.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        generic.extend(more);
    }
    for model in api.models.values_mut() {
        model.generic = generic.contains(&model.name);
    }
    for method in methods(api) {
        method.generic = matches!(&method.returns, Returns::Model(name) if generic.contains(name));
    }
}

fn open(api: &Api) -> HashSet<String> {
    api.models.values().filter(|model| model.open).map(|model| model.name.clone()).collect()
}

/// A model or enum without an entry of its own is available where the methods are that use it.
fn availability(api: &mut Api) {
    let mut reached: IndexMap<Type, Availability> = IndexMap::new();
    for method in api.methods() {
        let mut seen = HashSet::new();
        match &method.returns {
            Returns::Model(name) => reach(api, &Type::Model(name.clone()), &mut seen),
            Returns::Union(name) => reach(api, &Type::Union(name.clone()), &mut seen),
            _ => {}
        }
        for param in method.params.values() {
            reach(api, &param.kind, &mut seen);
        }
        for kind in seen {
            reached
                .entry(kind)
                .and_modify(|available| {
                    *available = std::mem::take(available).or(method.available.clone());
                })
                .or_insert_with(|| method.available.clone());
        }
    }
    for (kind, found) in reached {
        let said = match &kind {
            Type::Model(name) => api.models.get_mut(name).map(|model| &mut model.available),
            Type::Enum(name) => api.enums.get_mut(name).map(|item| &mut item.available),
            _ => None,
        };
        if let Some(available) = said.filter(|available| available.is_everywhere()) {
            *available = found;
        }
    }
}

fn reach(api: &Api, kind: &Type, seen: &mut HashSet<Type>) {
    let kind = kind.innermost();
    if !matches!(kind, Type::Model(_) | Type::Union(_) | Type::Enum(_)) || !seen.insert(kind.clone()) {
        return;
    }
    match kind {
        Type::Model(name) => {
            for field in api.models.get(name).into_iter().flat_map(|model| model.fields.values()) {
                reach(api, &field.kind, seen);
            }
        }
        Type::Union(name) => {
            for variant in api.unions.get(name).into_iter().flat_map(|union| &union.variants) {
                reach(api, &Type::Model(variant.model.clone()), seen);
            }
        }
        _ => {}
    }
}
