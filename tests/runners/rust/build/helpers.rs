use polywrite_api::{Api, Argument, Helper, Type, names};
use std::fmt::Write;

/// Comparisons that make sense with texts only.
const TEXT_ONLY: [&str; 6] =
    ["startsWith", "notStartsWith", "endsWith", "notEndsWith", "search", "notSearch"];

/// Joins have a rule instead of columns or queries.
const JOINS: [&str; 4] = ["join", "leftJoin", "rightJoin", "fullOuterJoin"];

/// `fn made(name, given) -> Option<Made>`.
pub(crate) fn write(api: &Api) -> String {
    let mut arms = String::new();
    for (group, helpers) in &api.helpers {
        for helper in helpers.values() {
            let call = match (group.as_str(), helper.name.as_str()) {
                ("ID", "unique") => "Id::unique_with(given.take_or(\"padding\", json!(7)))".to_owned(),
                ("ID", name) => format!("Id::{name}(given.take::<String>(\"id\"))"),
                (_, name) if JOINS.contains(&name) => {
                    format!("Query::{}(&given.take::<String>(\"table\"), join(given))", names::snake(name))
                }
                (group, name) => format!("{group}::{}({})", names::snake(name), arguments(group, helper)),
            };
            let _ = writeln!(arms, "        \"{group}.{}\" => {call}.made(),", helper.name);
        }
    }
    format!(
        "pub(crate) fn made(name: &str, given: &Arguments) -> Option<Made> {{\n    \
         Some(match name {{\n{arms}        _ => return None,\n    }})\n}}\n"
    )
}

fn arguments(group: &str, helper: &Helper) -> String {
    let each = helper.arguments.iter().map(|(name, argument)| one(group, helper, name, argument));
    each.collect::<Vec<_>>().join(", ")
}

fn one(group: &str, helper: &Helper, name: &str, argument: &Argument) -> String {
    let default = argument.default.as_ref().filter(|default| !default.is_null());
    let read = |kind: &str| match default {
        Some(default) => format!("given.take_or::<{kind}>({name:?}, json!({default}))"),
        None => format!("given.take::<{kind}>({name:?})"),
    };
    match &argument.kind {
        None if argument.default.as_ref().is_some_and(serde_is_null) => format!("bound(given, {name:?})"),
        None => format!("number({})", read("Value")),
        Some(Type::String) if default.is_some_and(|default| default == "") => {
            format!("given.take::<Option<String>>({name:?}).as_deref()")
        }
        // Permissions accept anything that implements `Display`.
        Some(Type::String) if group == "Permission" => read("String"),
        Some(Type::String) => format!("&{}", read("String")),
        Some(Type::Any) if TEXT_ONLY.contains(&helper.name.as_str()) => format!("&{}", read("String")),
        Some(Type::Array(inner)) => match (&**inner, name) {
            (Type::String, "queries") => "queries(given)".to_owned(),
            (Type::String, _) => read("Vec<String>"),
            (_, _) if group == "Operator" => read("Vec<Value>"),
            _ => read("Value"),
        },
        Some(Type::Enum(_)) => format!("condition(&{})", read("String")),
        Some(Type::Any) => read("Value"),
        // The signature decides the type of the integer.
        Some(_) => read("_"),
    }
}

fn serde_is_null(value: &impl ToString) -> bool {
    value.to_string() == "null"
}
