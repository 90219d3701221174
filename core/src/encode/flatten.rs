//! JSON values as names and texts, for places that know nothing else: query strings and forms.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::params::Params;

/// Calls `write` with each name and text that a value comes down to: lists as `name[0]`, objects as `name[key]`.
///
/// Booleans become `1` and `0`: the server takes the text `false` for true. Empty lists and objects leave no trace,
/// and `null` becomes an empty text.
pub(super) fn flatten(name: &str, value: &RawValue, write: &mut impl FnMut(&str, &str)) {
    let text = value.get();
    match text.as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
            for (index, item) in items.into_iter().enumerate() {
                flatten(&format!("{name}[{index}]"), item, write);
            }
        }
        Some(b'{') => {
            let entries: Params = serde_json::from_str(text).unwrap_or_default();
            for (key, item) in entries.iter() {
                flatten(&format!("{name}[{key}]"), item, write);
            }
        }
        _ => write(name, &plain_text(value)),
    }
}

/// A plain value as text: strings without quotes, booleans as `1` and `0`, numbers exactly as given.
pub(crate) fn plain_text(value: &RawValue) -> Cow<'_, str> {
    match value.get() {
        "true" => "1".into(),
        "false" => "0".into(),
        "null" => "".into(),
        text if text.starts_with('"') => match serde_json::from_str::<Text<'_>>(text) {
            Ok(text) => text.0,
            Err(_) => text.into(),
        },
        text => text.into(),
    }
}

/// A string that is borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Text<'json>(#[serde(borrow)] Cow<'json, str>);
