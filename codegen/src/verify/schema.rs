//! Models, unions and enums in the shape of the facts.

use super::mirror::{Object, kind, packages, part_of, within};
use polywrite_api::{Condition, Enum, Field, Member, Model, Type, Union, names};
use serde_json::{Value, json};

pub(super) fn model(model: &Model) -> Value {
    let has = packages(&model.available);
    Object::new()
        .set("name", model.name.as_str())
        .set_if(model.generic, "generic", true)
        .set_if(model.open, "additional_properties", true)
        .set("fields", model.fields.values().map(|it| field(it, has)).collect::<Vec<_>>())
        .set("in", within(has))
        .into()
}

/// The facts took defaults from the packages for the cloud; they know none for what only the other one has.
fn field(field: &Field, model: [bool; 3]) -> Value {
    let [rust, ..] = packages(&field.available);
    Object::new()
        .set("name", field.name.as_str())
        .set("type", kind(&field.kind))
        .set_if(*field.kind.innermost() == Type::BigInteger, "format", "int64")
        .set_some("type_in", field.self_hosted_kind.as_ref().map(|it| json!({ "node": kind(it) })))
        .set("required", field.required)
        .set_some("default", field.default.clone().filter(|_| rust && model[0]))
        .set_some("packages", part_of(&field.available, model))
        .into()
}

pub(super) fn union(union: &Union) -> Value {
    let models: Vec<&str> = union.variants.iter().map(|it| it.model.as_str()).collect();
    // A model known by one field's presence is, the same to the facts.
    let guessed = union.variants.iter().any(|it| it.when.iter().any(|all| all.is_empty() || presence(all)));
    let first = union.variants.iter().filter_map(|it| Some((&it.model, it.when.first()?)));
    let others = union.variants.iter().flat_map(|it| it.when.iter().skip(1).map(|when| (&it.model, when)));
    let discriminators: Vec<Value> = first
        .chain(others)
        .filter(|_| !guessed)
        .map(|(model, when)| json!({ "model": model, "when": conditions(when) }))
        .collect();
    Object::new()
        .set("name", union.name.as_str())
        .set("members", models.clone())
        .set("discriminators", discriminators)
        .set_if(guessed, "undiscriminated", models)
        .into()
}

fn presence(conditions: &[Condition]) -> bool {
    conditions.iter().any(|condition| condition.value.is_none())
}

fn conditions(conditions: &[Condition]) -> Value {
    conditions.iter().map(|it| (it.field.clone(), Value::from(it.value.clone()))).collect()
}

pub(super) fn enumeration(item: &Enum) -> Value {
    let within_packages = packages(&item.available);
    json!({
        "name": item.name,
        "values": item.members.iter().map(|it| member(it, within_packages)).collect::<Vec<_>>(),
        "in": within(within_packages),
    })
}

/// A member, named as in the packages that have it.
pub(super) fn member(member: &Member, enum_in: [bool; 3]) -> Value {
    let has = packages(&member.available);
    let title = member.title();
    let (name, node) = (names::member(title), names::node_member(title));
    Object::new()
        .set("name", name.as_str())
        .set_if(enum_in[1] && has[1], "python", names::python_member(title))
        .set_if(enum_in[2] && has[2] && node != name, "node", node)
        .set("value", member.value.as_str())
        .set_some("packages", part_of(&member.available, enum_in))
        .into()
}
