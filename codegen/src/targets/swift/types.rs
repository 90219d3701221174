//! Types and literals in Swift.

pub(super) use crate::literals::swift as quoted;

use super::names;
use polywrite_api::{Api, Param, Type};
use serde_json::Value;

/// Columns that a line may take, as in bindings-swift/.swift-format.
pub(super) const WIDTH: usize = 120;

/// The type of a field or answer. `data` is the type of the user's own data in generic models.
pub(super) fn of(api: &Api, kind: &Type, data: &str) -> String {
    match kind {
        Type::String => "String".into(),
        Type::Integer | Type::BigInteger => "Int".into(),
        Type::Float => "Double".into(),
        Type::Boolean => "Bool".into(),
        Type::Object => "[String: JSON]".into(),
        Type::Any => "JSON".into(),
        Type::File => "InputFile".into(),
        Type::Array(inner) => format!("[{}]", of(api, inner, data)),
        Type::Enum(name) => names::enum_type(api, name),
        Type::Model(name) | Type::Union(name) => model(api, name, data),
    }
}

/// The type of a parameter: free-form JSON is taken in any shape that can be written as JSON, and a query as `Query`
/// or as its text.
pub(super) fn of_parameter(api: &Api, param: &Param) -> String {
    if is_queries(param) { "[any QueryConvertible]".into() } else { given(api, &param.kind) }
}

fn given(api: &Api, kind: &Type) -> String {
    match kind {
        Type::Object | Type::Any | Type::Model(_) | Type::Union(_) => "Any".into(),
        Type::Array(inner) => format!("[{}]", given(api, inner)),
        other => of(api, other, ""),
    }
}

/// Whether a parameter takes queries: every Appwrite calls it so.
pub(super) fn is_queries(param: &Param) -> bool {
    param.name == "queries" && param.kind == Type::Array(Box::new(Type::String))
}

/// Whether a parameter's type is only known when the program runs.
pub(super) fn is_any(kind: &Type) -> bool {
    matches!(kind.innermost(), Type::Object | Type::Any | Type::Model(_) | Type::Union(_))
}

/// A model, with the type of its data where it has any.
pub(super) fn model(api: &Api, name: &str, data: &str) -> String {
    let model_type = names::model_type(api, name);
    if api.models.get(name).is_some_and(|model| model.generic) {
        format!("{model_type}<{data}>")
    } else {
        model_type
    }
}

/// A value of a type as a literal.
pub(super) fn literal(kind: &Type, value: &Value) -> String {
    match (kind, value) {
        (Type::Enum(_), Value::String(text)) => format!(".init(rawValue: {})", quoted(text)),
        (Type::Object, _) => "[:]".into(),
        (_, Value::String(text)) => quoted(text),
        (Type::Array(inner), Value::Array(values)) => {
            let each: Vec<String> = values.iter().map(|value| literal(inner, value)).collect();
            format!("[{}]", each.join(", "))
        }
        (_, other) => other.to_string(),
    }
}

/// Arguments in as few lines as `swift format` needs behind `indent` spaces.
pub(super) fn filled(arguments: impl IntoIterator<Item = String>, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for argument in arguments {
        match lines.last_mut() {
            // The comma that may follow counts.
            Some(line) if line.chars().count() + 3 + argument.chars().count() <= WIDTH - indent => {
                line.push_str(", ");
                line.push_str(&argument);
            }
            Some(line) => {
                line.push(',');
                lines.push(argument);
            }
            None => lines.push(argument),
        }
    }
    lines
}
