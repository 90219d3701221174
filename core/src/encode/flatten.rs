//! JSON values as names and texts, for query strings and forms.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::params::Params;

/// Calls `write` with each name and text of a value: lists as `name[0]`, objects as `name[key]`.
///
/// Booleans become `1` and `0`: the server reads the text `false` as true. Empty lists and objects add nothing, and `null`
/// becomes an empty text.
///
/// # Errors
/// As [`plain_text`], also for an object's key.
pub(super) fn flatten(name: &str, value: &RawValue, write: &mut impl FnMut(&str, &str)) -> Result<()> {
    let text = value.get();
    match text.as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
            for (index, item) in items.into_iter().enumerate() {
                flatten(&format!("{name}[{index}]"), item, write)?;
            }
        }
        Some(b'{') => {
            let entries: Params = serde_json::from_str(text).map_err(|_| half_a_letter(name))?;
            for (key, item) in entries.iter() {
                flatten(&format!("{name}[{key}]"), item, write)?;
            }
        }
        _ => write(name, &plain_text(name, value)?),
    }
    Ok(())
}

/// A plain value as text: strings without quotes, booleans as `1` and `0`, numbers exactly as given.
///
/// # Errors
/// `Argument` for an unpaired surrogate, which JSON can express and text cannot.
pub(crate) fn plain_text<'json>(name: &str, value: &'json RawValue) -> Result<Cow<'json, str>> {
    Ok(match value.get() {
        "true" => "1".into(),
        "false" => "0".into(),
        "null" => "".into(),
        text if text.starts_with('"') => match serde_json::from_str::<Text<'_>>(text) {
            Ok(text) => text.0,
            Err(_) => return Err(half_a_letter(name)),
        },
        text => text.into(),
    })
}

fn half_a_letter(name: &str) -> Error {
    Error::argument(format!("`{name}` contains an unpaired UTF-16 surrogate"))
}

/// A string that is borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Text<'json>(#[serde(borrow)] Cow<'json, str>);
