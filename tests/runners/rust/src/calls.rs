//! Every call, written by the build script, and what becomes of its answer.

use polywrite::{Client, FileSource, Object, Result, enums, services};
use polywrite_vector_support::Arguments;
use serde::Serialize;
use serde_json::{Value, json};

/// What the caller saw, or the record of the error.
pub(crate) type Outcome = std::result::Result<Value, Value>;

include!(concat!(env!("OUT_DIR"), "/calls.rs"));
include!(concat!(env!("OUT_DIR"), "/enums.rs"));

fn known(values: &[&'static str], is_member: impl Fn(&str) -> bool) -> Vec<&'static str> {
    values.iter().copied().filter(|value| is_member(value)).collect()
}

fn file((name, bytes): (String, Vec<u8>)) -> FileSource {
    FileSource::bytes(name, bytes)
}

/// Models are compared by what they are written as.
fn decoded(answer: Result<impl Serialize>) -> Outcome {
    outcome(answer).map(|seen| serde_json::to_value(seen).unwrap_or_default())
}

fn bytes(answer: Result<impl AsRef<[u8]>>) -> Outcome {
    outcome(answer).map(|seen| json!({ "@bytes": polywrite_vector_support::base64(seen.as_ref()) }))
}

fn plain(answer: Result<String>) -> Outcome {
    outcome(answer).map(Value::from)
}

fn nothing(answer: Result<()>) -> Outcome {
    outcome(answer).map(|()| Value::Null)
}

fn outcome<T>(answer: Result<T>) -> std::result::Result<T, Value> {
    answer.map_err(|error| serde_json::to_value(error.record()).unwrap_or_default())
}
