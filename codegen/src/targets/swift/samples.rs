//! Made-up values of every type: what tests send and what is returned.

use polywrite_api::{Api, Model, Type};
use serde_json::{Map, Value, json};

/// A value of a type as it is on the wire; `name` distinguishes it from others of its type.
pub(super) fn value(api: &Api, kind: &Type, name: &str) -> Value {
    match kind {
        Type::String => json!(format!("{name} 1")),
        Type::Integer => json!(7),
        Type::BigInteger => json!(i64::MAX),
        Type::Float => json!(1.5),
        Type::Boolean => json!(true),
        Type::Object | Type::Any => json!({ "key": "value" }),
        Type::File => Value::Null,
        Type::Array(inner) => json!([value(api, inner, name)]),
        Type::Enum(name) => {
            json!(api.enums.get(name).and_then(|item| item.members.first()).map(|member| &member.value))
        }
        Type::Model(name) => api.models.get(name).map_or(Value::Null, |item| model(api, item)),
        Type::Union(name) => union(api, name),
    }
}

/// A model with every field, and data of the user's where it takes some.
pub(super) fn model(api: &Api, model: &Model) -> Value {
    let mut object: Map<String, Value> = model
        .fields
        .values()
        .map(|field| (field.name.clone(), value(api, &field.kind, &field.name)))
        .collect();
    if model.open {
        object.insert("title".into(), json!("Alien"));
        object.insert("year".into(), json!(i64::MAX));
    }
    // A newer server's field must not matter.
    object.insert("fieldOfTomorrow".into(), json!([1]));
    Value::Object(object)
}

/// The first variant of a union, with what distinguishes it from the others.
pub(super) fn union(api: &Api, name: &str) -> Value {
    let Some(variant) = api.unions.get(name).and_then(|union| union.variants.first()) else {
        return Value::Null;
    };
    let mut object = api.models.get(&variant.model).map_or(Value::Null, |item| model(api, item));
    for condition in variant.when.first().into_iter().flatten() {
        if let Some(value) = &condition.value {
            object[condition.field.as_str()] = json!(value);
        }
    }
    object
}
