//! JSON that loses nothing: the server reads what the caller gave, or the value is refused.
//!
//! The server reads JSON with 64-bit integers and floats, to a depth of 512, and reads a whole body as empty when one text
//! in it is not Unicode.

mod place;
mod text;
mod write;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::error::{Error, Result};

pub(crate) use text::check;
pub(crate) use write::to_raw_value;

/// How deep a value may be nested. The server reads 512 levels; a body has one or two of its own.
pub(crate) const DEPTH: usize = 510;

/// A value as the JSON that a call would send. `name` is what errors call the value.
///
/// ```
/// assert_eq!(polywrite::json("scores", &[1.5, 2.0])?.get(), "[1.5,2.0]");
/// let error = polywrite::json("scores", &[1.5, f64::NAN]).unwrap_err();
/// assert_eq!(error.message(), "`scores[1]` is NaN, which JSON cannot write");
/// # Ok::<(), polywrite::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Argument`](crate::ErrorKind::Argument) with the path of a value that would be lost: NaN and
/// infinities, integers beyond 64 bits, an unpaired surrogate, nesting beyond 510 levels, what cannot be JSON.
pub fn json(name: &str, value: &(impl Serialize + ?Sized)) -> Result<Box<RawValue>> {
    written(value).map_err(|refusal| Error::argument(refusal.of(name)))
}

/// A value as JSON, or why it cannot be sent.
pub(crate) fn written(value: &(impl Serialize + ?Sized)) -> Result<Box<RawValue>, Refusal> {
    let written = to_raw_value(value)?;
    check(written.get())?;
    Ok(written)
}

/// Why a value cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Refusal {
    /// The path within the value, such as `.tags[2].price`.
    pub(crate) place: String,
    /// What is wrong, to follow the path in a sentence.
    pub(crate) reason: String,
}

impl Refusal {
    /// The sentence about the value of this name.
    pub(crate) fn of(&self, name: &str) -> String {
        let place = if name.is_empty() { self.place.trim_start_matches('.') } else { &self.place };
        format!("`{name}{place}` {}", self.reason)
    }
}

/// What `serde_json` cannot read of JSON text that is valid otherwise.
pub(crate) fn problem(text: &str) -> Option<String> {
    serde_json::from_str::<&RawValue>(text).ok()?;
    Some(check(text).err()?.of(""))
}

fn too_deep() -> String {
    format!("is nested deeper than {DEPTH} levels; perhaps it contains itself")
}

#[cfg(test)]
mod tests {
    use serde::{Serialize, Serializer};
    use serde_json::Value;
    use serde_json::value::RawValue;

    use super::json;

    /// A value of the table that all languages share, with what it marks in place of the marks.
    struct Marked<'a>(&'a Value);

    impl Serialize for Marked<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let raw = |text: String| RawValue::from_string(text).unwrap();
            match self.0 {
                Value::Array(items) => serializer.collect_seq(items.iter().map(Marked)),
                Value::Object(entries) => {
                    match entries.iter().next().map(|(key, value)| (key.as_str(), value)) {
                        Some(("@float", value)) => {
                            serializer.serialize_f64(value.as_str().unwrap().parse().unwrap())
                        }
                        Some(("@integer", value)) => {
                            raw(value.as_str().unwrap().to_owned()).serialize(serializer)
                        }
                        Some(("@half", value)) => {
                            raw(format!("\"\\u{}\"", value.as_str().unwrap())).serialize(serializer)
                        }
                        Some(("@deep", levels)) => {
                            let levels = usize::try_from(levels.as_u64().unwrap()).unwrap();
                            raw("{\"a\":".repeat(levels) + "0" + &"}".repeat(levels)).serialize(serializer)
                        }
                        _ => serializer.collect_map(entries.iter().map(|(key, value)| (key, Marked(value)))),
                    }
                }
                other => other.serialize(serializer),
            }
        }
    }

    #[test]
    fn every_language_refuses_the_same_values() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/lost.json");
        let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for case in cases {
            let written = json("data", &Marked(&case["value"]));
            let (Some(place), Some(reason)) = (case["place"].as_str(), case["reason"].as_str()) else {
                written.unwrap_or_else(|error| panic!("{case}: {error}"));
                continue;
            };
            let Err(error) = written else { panic!("{case} is sent") };
            let message = error.message();
            assert!(message.starts_with(&format!("`data{place}")), "{message}");
            assert!(message.contains(reason), "{message}");
        }
    }
}
