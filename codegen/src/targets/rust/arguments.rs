//! Parameters as arguments and setters.

use super::text::about;
use polywrite_api::{Param, Type, names};
use serde::Serialize;

/// Setters that every builder has, so no parameter's may be called so.
const TAKEN: [&str; 9] =
    ["bytes", "into_future", "items", "pages", "save_to", "save_with", "stream", "typed", "with_options"];

#[derive(Serialize)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) about: String,
    /// `impl Into<String>`
    pub(super) kind: String,
    /// `text("databaseId", database_id)`
    set: String,
}

impl Argument {
    pub(super) fn of(param: &Param) -> Self {
        Self::named(param, names::rust_identifier(&param.name))
    }

    pub(super) fn setter(param: &Param) -> Self {
        let name = names::rust_identifier(&param.name);
        let name = if TAKEN.contains(&name.as_str()) { format!("{name}_") } else { name };
        Self::named(param, name)
    }

    fn named(param: &Param, name: String) -> Self {
        let (kind, set) = if param.nullable { nullable(&param.kind) } else { plain(&param.kind) };
        let set = set.replace("NAME", &format!("{:?}", param.name)).replace("VALUE", &name);
        Self { name, about: about(&param.name, &param.about, &param.available), kind, set }
    }
}

/// The type of an argument, and how it is set.
fn plain(kind: &Type) -> (String, &'static str) {
    match kind {
        Type::String => ("impl Into<String>".to_owned(), "text(NAME, VALUE)"),
        Type::Enum(name) => (format!("enums::{name}"), "text(NAME, VALUE)"),
        Type::Array(inner) => match &**inner {
            Type::String => {
                ("impl IntoIterator<Item = impl Into<String> + Serialize>".to_owned(), "texts(NAME, VALUE)")
            }
            Type::Enum(name) => (format!("impl IntoIterator<Item = enums::{name}>"), "texts(NAME, VALUE)"),
            Type::Integer | Type::BigInteger | Type::Float | Type::Boolean => {
                (format!("impl AsRef<[{}]>", number(inner)), "json(NAME, VALUE.as_ref())")
            }
            _ => ("impl Serialize".to_owned(), "json(NAME, VALUE)"),
        },
        Type::Integer | Type::BigInteger | Type::Float | Type::Boolean => {
            (number(kind).to_owned(), "json(NAME, VALUE)")
        }
        Type::Object | Type::Any | Type::File | Type::Model(_) | Type::Union(_) => {
            ("impl Serialize".to_owned(), "json(NAME, VALUE)")
        }
    }
}

/// Required, but null will do: an option that must be given.
fn nullable(kind: &Type) -> (String, &'static str) {
    match kind {
        Type::String => ("Option<&str>".to_owned(), "text_or_null(NAME, VALUE)"),
        Type::Enum(name) => (format!("Option<enums::{name}>"), "json(NAME, VALUE)"),
        Type::Integer | Type::BigInteger | Type::Float | Type::Boolean => {
            (format!("Option<{}>", number(kind)), "json(NAME, VALUE)")
        }
        _ => ("impl Serialize".to_owned(), "json(NAME, VALUE)"),
    }
}

fn number(kind: &Type) -> &'static str {
    match kind {
        Type::Float => "f64",
        Type::Boolean => "bool",
        _ => "i64",
    }
}
