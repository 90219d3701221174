//! Every call, written by the build script, and what becomes of its response.

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

/// Models are compared by their JSON.
fn decoded(result: Result<impl Serialize>) -> Outcome {
    outcome(result).map(|seen| serde_json::to_value(seen).unwrap_or_default())
}

fn bytes(result: Result<impl AsRef<[u8]>>) -> Outcome {
    outcome(result).map(|seen| json!({ "@bytes": polywrite_vector_support::base64(seen.as_ref()) }))
}

fn plain(result: Result<String>) -> Outcome {
    outcome(result).map(Value::from)
}

fn nothing(result: Result<()>) -> Outcome {
    outcome(result).map(|()| Value::Null)
}

fn outcome<T>(result: Result<T>) -> std::result::Result<T, Value> {
    result.map_err(|error| serde_json::to_value(error.record()).unwrap_or_default())
}
