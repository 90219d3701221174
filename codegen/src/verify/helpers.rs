//! Query, Operator and the other helpers in the shape of the facts.

use super::mirror::{CONDITION, Object, kind, packages, within};
use super::schema::member;
use polywrite_api::{Api, Given, Helper, Part, Rule, Value as Recipe};
use serde_json::{Map, Value, json};

pub(super) fn all(api: &Api) -> Value {
    let mut groups: Map<String, Value> = api
        .helpers
        .iter()
        .map(|(group, helpers)| (group.clone(), helpers.values().map(|it| helper(group, it)).collect()))
        .collect();
    if let Some(condition) = api.enums.get(CONDITION) {
        let members = condition.members.iter().map(|it| member(it, [true, true, true]));
        groups.insert(CONDITION.to_owned(), members.collect());
    }
    Value::Object(groups)
}

fn helper(group: &str, helper: &Helper) -> Value {
    let arguments = helper.arguments.iter().map(|(name, argument)| {
        let kind = argument.kind.as_ref().map_or_else(|| "number".to_owned(), kind);
        Value::from(
            Object::new()
                .set("name", name.as_str())
                .set("type", kind)
                .set_some("default", argument.default.clone()),
        )
    });
    // A helper that is made of others has no JSON of its own.
    let has_json = matches!(group, "Query" | "Operator") && helper.returns.is_empty();
    let mut object = Object::new()
        .set("name", helper.name.as_str())
        .set("args", arguments.collect::<Vec<_>>())
        .set_if(has_json, "wire_method", helper.method.as_str())
        .set_if(has_json && group == "Query", "attribute", attribute(helper))
        .set_if(has_json, "values", helper.values.as_ref().map_or(Value::Null, recipe))
        .set_some("values_on", helper.values_on.as_ref().map(recipe))
        .set("in", within(packages(&helper.available)));
    for rule in Rule::CHECKED {
        let names: Vec<&str> = helper.must_be(rule).collect();
        object = object.set_if(!names.is_empty(), rule.name(), names);
    }
    for (key, value) in &helper.rest {
        object = object.set(key, value.clone());
    }
    object.set_if(!helper.returns.is_empty(), "returns", calls(&helper.returns)).into()
}

fn calls(parts: &[Part]) -> Vec<String> {
    let given = |given: &Given| match given {
        Given::Argument(name) => name.clone(),
        Given::Before { page, size } => format!("({page} - 1) * {size}"),
    };
    parts.iter().map(|part| format!("{}({})", part.helper, given(&part.argument))).collect()
}

fn attribute(helper: &Helper) -> Value {
    match &helper.on {
        Some(literal) => json!({ "literal": literal }),
        None => json!(helper.attribute),
    }
}

fn recipe(value: &Recipe) -> Value {
    match value {
        Recipe::Argument(name) => json!(name),
        Recipe::Spread(name) => json!({ "spread": name }),
        Recipe::Parse(name) => json!({ "parse": name }),
        Recipe::Optional(name) => json!({ "optional": name }),
        Recipe::List(items) => items.iter().map(recipe).collect(),
    }
}
