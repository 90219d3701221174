//! `Debug` of models: a secret field shows only whether it is set.

use crate::decode::Object;
use std::fmt::{self, Debug, Formatter};

/// Formats a model with its fields.
pub fn show(formatter: &mut Formatter<'_>, name: &str, fields: &[(&'static str, &dyn Debug)]) -> fmt::Result {
    let mut shown = formatter.debug_struct(name);
    for (field, value) in fields {
        shown.field(field.trim_start_matches("r#"), value);
    }
    shown.finish()
}

/// Formats a model without a type with the names of its fields.
pub fn show_unknown(formatter: &mut Formatter<'_>, value: &serde_json::Value) -> fmt::Result {
    let mut shown = formatter.debug_tuple("Unknown");
    match value.as_object() {
        Some(object) => shown.field(&object.keys().collect::<Vec<_>>()),
        None => shown.field(value),
    };
    shown.finish()
}

/// A secret field.
pub struct Hidden<'a, T>(pub &'a T);

impl<T: Debug + Holds> Debug for Hidden<'_, T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        if self.0.holds_something() { formatter.write_str("[redacted]") } else { self.0.fmt(formatter) }
    }
}

/// A value that may be empty, and then is not a secret.
pub(crate) trait Holds {
    fn holds_something(&self) -> bool;
}

impl Holds for String {
    fn holds_something(&self) -> bool {
        !self.is_empty()
    }
}

impl Holds for Object {
    fn holds_something(&self) -> bool {
        !self.is_empty()
    }
}

impl<T> Holds for Vec<T> {
    fn holds_something(&self) -> bool {
        !self.is_empty()
    }
}

impl<T: Holds> Holds for Option<T> {
    fn holds_something(&self) -> bool {
        self.as_ref().is_some_and(Holds::holds_something)
    }
}
