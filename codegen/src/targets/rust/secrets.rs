//! Fields and parameters whose values no error may show.

use polywrite_api::{Api, Returns, Type};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Names that stand for a secret in every model that has them.
pub(super) fn everywhere(api: &Api) -> Vec<&str> {
    let mut names: BTreeMap<&str, bool> = BTreeMap::new();
    for field in api.models.values().flat_map(|model| model.fields.values()) {
        let can_hold = !matches!(field.kind, Type::Boolean | Type::Integer | Type::BigInteger | Type::Float);
        *names.entry(&field.name).or_insert(true) &= field.secret || !can_hold;
    }
    let hidden =
        |name: &str| api.models.values().any(|model| model.fields.get(name).is_some_and(|it| it.secret));
    names.into_iter().filter(|(name, always)| *always && hidden(name)).map(|(name, _)| name).collect()
}

/// Operations whose responses have secrets under further names, which mean something harmless elsewhere.
pub(super) fn further(api: &Api) -> Vec<Value> {
    let everywhere: BTreeSet<&str> = everywhere(api).into_iter().collect();
    let methods = api.services.values().flat_map(|service| service.methods.values());
    let mut operations: Vec<(&str, BTreeSet<&str>)> = methods
        .map(|method| {
            let mut seen = BTreeSet::new();
            match &method.returns {
                Returns::Model(name) => visit(api, name, &mut seen),
                Returns::Union(name) => visit_union(api, name, &mut seen),
                _ => {}
            }
            let models = seen.iter().filter_map(|name| api.models.get(*name));
            let secrets = models.flat_map(|model| model.fields.values()).filter(|field| field.secret);
            let names = secrets.map(|field| field.name.as_str()).filter(|name| !everywhere.contains(name));
            (method.id.as_str(), names.collect())
        })
        .collect();
    operations.retain(|(_, names)| !names.is_empty());
    operations.sort_unstable();
    operations.into_iter().map(|(id, names)| json!({ "id": id, "names": names })).collect()
}

/// Names of parameters that are secrets.
pub(super) fn parameters(api: &Api) -> BTreeSet<&str> {
    let methods = api.services.values().flat_map(|service| service.methods.values());
    let params = methods.flat_map(|method| method.params.values()).filter(|param| param.secret);
    params.map(|param| param.name.as_str()).collect()
}

/// Collects a model and all that are within it.
fn visit<'api>(api: &'api Api, name: &str, seen: &mut BTreeSet<&'api str>) {
    let Some((name, model)) = api.models.get_key_value(name) else { return };
    if seen.insert(name) {
        for field in model.fields.values() {
            visit_type(api, &field.kind, seen);
        }
    }
}

fn visit_union<'api>(api: &'api Api, name: &str, seen: &mut BTreeSet<&'api str>) {
    let variants = api.unions.get(name).map_or(&[][..], |union| &union.variants);
    variants.iter().for_each(|variant| visit(api, &variant.model, seen));
}

fn visit_type<'api>(api: &'api Api, kind: &Type, seen: &mut BTreeSet<&'api str>) {
    match kind {
        Type::Model(name) => visit(api, name, seen),
        Type::Union(name) => visit_union(api, name, seen),
        Type::Array(item) => visit_type(api, item, seen),
        _ => {}
    }
}
