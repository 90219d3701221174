//! Options of what stands above single calls, as languages hand them over.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Result};

/// Reads options from a JSON object. `wanted` says of each what it must be.
pub(super) fn read<T: DeserializeOwned>(text: &str, wanted: &[(&str, &str)]) -> Result<T> {
    // A struct could be read from a list too.
    let read = if text.trim_start().starts_with('{') { serde_json::from_str(text).ok() } else { None };
    read.ok_or_else(|| problem::<T>(text, wanted))
}

/// Why options cannot be read. Does not show a value.
fn problem<T: DeserializeOwned>(text: &str, wanted: &[(&str, &str)]) -> Error {
    let Ok(Value::Object(options)) = serde_json::from_str(text) else {
        return Error::argument("the options are not a JSON object");
    };
    let refused = options.into_iter().find(|(name, value)| {
        let alone = Value::Object([(name.clone(), value.clone())].into_iter().collect());
        serde_json::from_value::<T>(alone).is_err()
    });
    let Some((name, _)) = refused else { return Error::argument("the options have one of them twice") };
    Error::argument(match wanted.iter().find(|(known, _)| *known == name) {
        Some((_, wanted)) => format!("the option `{name}` must be {wanted}"),
        None => format!("there is no option `{}`", name.escape_debug()),
    })
}
