use polywrite_api::{Api, Argument, Helper, Rule, Type, names};
use std::fmt::Write;

/// `fn made(name, given) -> Option<Made>`.
pub(crate) fn write(api: &Api) -> String {
    let mut arms = String::new();
    for (group, helpers) in &api.helpers {
        for helper in helpers.values() {
            let call = match (group.as_str(), helper.name.as_str()) {
                ("ID", "unique") => "Id::unique_with(given.take_or(\"padding\", json!(7)))".to_owned(),
                ("ID", name) => format!("Id::{name}(given.take::<String>(\"id\"))"),
                // Joins take a rule instead of columns or queries.
                (_, name) if helper.values_on.is_some() => {
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
        // Permissions and channels accept anything that implements `Display`.
        Some(Type::String) if matches!(group, "Permission" | "Channel") => read("String"),
        Some(Type::String) => format!("&{}", read("String")),
        Some(Type::Any) if argument.rules.contains(&Rule::Text) => format!("&{}", read("String")),
        Some(Type::Array(_)) if helper.takes_queries(name) => "queries(given)".to_owned(),
        Some(Type::Array(inner)) if **inner == Type::String => read("Vec<String>"),
        Some(Type::Array(_)) if group == "Operator" => read("Vec<Value>"),
        Some(Type::Array(_)) => read("Value"),
        Some(Type::Enum(_)) => format!("condition(&{})", read("String")),
        Some(Type::Any) => read("Value"),
        // The signature decides the type of the integer.
        Some(_) => read("_"),
    }
}

fn serde_is_null(value: &impl ToString) -> bool {
    value.to_string() == "null"
}
