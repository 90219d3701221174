//! Sentences and types as Rust writes them.

use crate::docs;
use polywrite_api::{Availability, Type};

/// A meaning, and where it holds, for a doc comment. Without one, the wire name has to do.
pub(super) fn about(name: &str, about: &str, available: &Availability) -> String {
    docs::about(&sentence(name, about), available)
}

/// A meaning for a doc comment; without one, the name has to do.
pub(super) fn sentence(name: &str, about: &str) -> String {
    if about.is_empty() { format!("`{name}`") } else { escaped(about) }
}

/// Rustdoc would take brackets for links and angles for HTML; in backticks it leaves them alone.
pub(super) fn escaped(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| {
        if index % 2 == 1 {
            part.to_owned()
        } else {
            part.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<").replace('>', "\\>")
        }
    });
    parts.collect::<Vec<_>>().join("`")
}

/// The type of a field. `data` says which models take the caller's type for user data.
pub(super) fn field_type(kind: &Type, data: impl Fn(&str) -> bool + Copy) -> String {
    match kind {
        Type::String | Type::File => "String".to_owned(),
        Type::Integer | Type::BigInteger => "i64".to_owned(),
        Type::Float => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Object => "Object".to_owned(),
        Type::Any => "serde_json::Value".to_owned(),
        Type::Array(inner) => format!("Vec<{}>", field_type(inner, data)),
        Type::Enum(name) => format!("enums::{name}"),
        Type::Model(name) if data(name) => format!("models::{name}<T>"),
        Type::Model(name) | Type::Union(name) => format!("models::{name}"),
    }
}
