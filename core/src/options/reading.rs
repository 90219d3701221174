//! How options are read that a language hands over as JSON.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::{Error, Result};

/// Reads options from a JSON object. `whose` names them all in an error, `refused` makes that of one that cannot be read
/// or does not exist. No error shows a value.
pub(crate) fn read<T: DeserializeOwned>(
    text: &str,
    whose: &str,
    refused: impl Fn(&str) -> Error,
) -> Result<T> {
    // serde would read a list as the options in their order.
    let object = text.trim_start().starts_with('{').then_some(text);
    let read = object.and_then(|text| serde_json::from_str(text).ok());
    read.ok_or_else(|| problem::<T>(text, whose, refused))
}

/// Why options cannot be read.
fn problem<T: DeserializeOwned>(text: &str, whose: &str, refused: impl Fn(&str) -> Error) -> Error {
    let Ok(Value::Object(options)) = serde_json::from_str(text) else {
        return Error::argument(format!("{whose} are not a JSON object"));
    };
    let found = options.into_iter().find(|(name, value)| {
        let alone = Value::Object([(name.clone(), value.clone())].into_iter().collect());
        serde_json::from_value::<T>(alone).is_err()
    });
    // Each one alone can only be read when one stands there twice.
    found.map_or_else(
        || Error::argument(format!("{whose} have one of them twice")),
        |(name, _)| refused(&name),
    )
}
