//! Compares a response of the emulator with the recorded one.

use std::{collections::BTreeMap, io::Read, sync::LazyLock};

use polywrite_api::Api;
use serde_json::Value;

use crate::recording::Recording;

/// Headers that do not belong to the API's behaviour.
const IGNORED: &[&str] = &["content-length", "date", "server", "connection", "x-peak", "x-debug-operations"];

/// Headers whose values must be the same, not only their presence.
const EXACT: &[&str] = &[
    "content-type",
    "cache-control",
    "pragma",
    "expires",
    "x-content-type-options",
    "x-ratelimit-limit",
    "x-appwrite-cache",
    "accept-ranges",
    "content-range",
    "content-security-policy",
    "content-disposition",
    "content-encoding",
    "access-control-allow-origin",
    "access-control-allow-methods",
    "access-control-max-age",
];

/// A response of the emulator.
#[derive(Debug)]
pub(crate) struct Received {
    /// HTTP status.
    pub(crate) status: u16,
    /// Headers, names in lower case, repeats kept.
    pub(crate) headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The values of a header.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        self.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, or null.
    pub(crate) fn json(&self) -> Value {
        self.text().parse().unwrap_or_default()
    }
}

/// Decompresses a gzip body; others stay.
pub(crate) fn unpack(body: Vec<u8>) -> Vec<u8> {
    let mut unpacked = Vec::new();
    if body.starts_with(&[0x1f, 0x8b])
        && flate2::read::GzDecoder::new(body.as_slice()).read_to_end(&mut unpacked).is_ok()
    {
        return unpacked;
    }
    body
}

/// Remembers the values of recorded IDs and placeholders in this run.
pub(crate) fn learn(known: &mut BTreeMap<String, String>, recorded: &Value, own: &Value) {
    match (recorded, own) {
        (Value::Object(recorded), Value::Object(own)) => {
            for (name, value) in recorded {
                learn(known, value, own.get(name).unwrap_or(&Value::Null));
            }
        }
        (Value::Array(recorded), Value::Array(own)) => {
            recorded.iter().zip(own).for_each(|(recorded, own)| learn(known, recorded, own));
        }
        (Value::String(recorded), Value::String(own)) if recorded != own && is_made_up(recorded) => {
            known.insert(recorded.trim_end_matches('=').to_owned(), own.clone());
        }
        _ => {}
    }
}

/// Whether a text is a generated ID, or a placeholder such as `SESSION_SECRET_004=`.
fn is_made_up(text: &str) -> bool {
    let is_id = text.len() == 20 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let stem = text.trim_end_matches('=');
    let is_placeholder = stem.len() > 4
        && stem.contains('_')
        && stem.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && !stem.starts_with("PASSWORD_HASH")
        && !stem.starts_with("USER_PASSWORD");
    is_id || is_placeholder
}

/// Everything about the response that differs from the recording.
pub(crate) fn problems(recording: &Recording, received: &Received) -> Vec<String> {
    let mut problems = Vec::new();
    let recorded = &recording.response;
    let status = recorded["status"].as_u64().unwrap_or_default();
    if status != u64::from(received.status) {
        let text: String = received.text().chars().take(120).collect();
        return vec![format!("status {} and not {status}: {text}", received.status)];
    }
    if !recorded["headers"].is_null() {
        headers(recording, received, &mut problems);
    }
    body(&recorded["body"], received, &mut problems);
    if is_lottery(recording) {
        problems.retain(|problem| !problem.starts_with("/rows/"));
    }
    problems
}

fn headers(recording: &Recording, received: &Received, problems: &mut Vec<String>) {
    let recorded: Vec<String> = recording.response["headers"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|pair| pair[0].as_str().map(str::to_lowercase))
        .collect();
    let own: Vec<String> = received.headers.iter().map(|(name, _)| name.clone()).collect();
    let is_counted = |name: &&String| !IGNORED.contains(&name.as_str());
    for name in recorded.iter().filter(is_counted).filter(|name| !own.contains(name)) {
        problems.push(format!("no header {name}"));
    }
    for name in own.iter().filter(is_counted).filter(|name| !recorded.contains(name)) {
        problems.push(format!("a header {name} that was not there"));
    }
    for name in EXACT {
        let (mut wanted, mut got) = (recording.header(name), received.header(name));
        wanted.sort();
        got.sort();
        if wanted != got && !wanted.is_empty() && !got.is_empty() {
            problems.push(format!("{name} is {got:?} and not {wanted:?}"));
        }
    }
    let cookies =
        |values: Vec<String>| -> Vec<String> { values.iter().map(|value| cookie_form(value)).collect() };
    let (wanted, got) = (cookies(recording.header("set-cookie")), cookies(received.header("set-cookie")));
    if wanted != got {
        problems.push(format!("set-cookie is {got:?} and not {wanted:?}"));
    }
}

/// A cookie without its value and expiry.
fn cookie_form(cookie: &str) -> String {
    let mut parts = cookie.split("; ");
    let name = parts.next().and_then(|pair| pair.split('=').next()).unwrap_or_default().to_owned();
    parts.filter(|part| !part.starts_with("expires=")).fold(name, |form, part| format!("{form}; {part}"))
}

fn body(recorded: &Value, received: &Received, problems: &mut Vec<String>) {
    let own = received.json();
    if let Some(binary) = recorded.get("@binary") {
        let is_file =
            received.header("content-disposition").first().is_some_and(|value| !value.contains("qr.png"));
        let length = received.body.len() as u64;
        if is_file && binary["length"] != length {
            problems.push(format!("{length} bytes and not {}", binary["length"]));
        }
    } else if recorded.get("@html").is_some() {
        if !received.text().starts_with("<!DOCTYPE html>") {
            problems.push("the body is not a page".to_owned());
        }
    } else if let Some(text) = recorded.get("@text") {
        if text["length"] != received.body.len() {
            problems.push(format!("{} bytes and not {}", received.body.len(), text["length"]));
        }
    } else if let Some(text) = recorded.as_str() {
        if own.is_object() || text.len() != received.body.len() {
            problems.push(format!("the text is {:?} and not {text:?}", received.text()));
        }
    } else if recorded.is_null() {
        if !received.body.is_empty() {
            problems.push("a body that was not there".to_owned());
        }
    } else {
        if recorded["type"].is_string() && recorded["code"].is_number() && recorded["type"] != own["type"] {
            problems.push(format!("error {} ({}) and not {}", own["type"], own["message"], recorded["type"]));
        }
        shape("", recorded, &own, problems);
    }
}

/// Whether the request was for arbitrary rows: then chance decides which of their columns are null.
fn is_lottery(recording: &Recording) -> bool {
    recording.request["query"].to_string().contains("orderRandom")
}

/// Compares structure and types, not values.
fn shape(path: &str, recorded: &Value, own: &Value, problems: &mut Vec<String>) {
    match (recorded, own) {
        (Value::Object(recorded), Value::Object(own)) => {
            for (name, value) in recorded {
                match own.get(name) {
                    Some(own) => shape(&format!("{path}/{name}"), value, own, problems),
                    None => problems.push(format!("{path}/{name} is missing")),
                }
            }
            let extra: Vec<&str> =
                own.keys().filter(|name| !recorded.contains_key(*name)).map(String::as_str).collect();
            let names: Vec<&str> = own.keys().map(String::as_str).collect();
            if !extra.is_empty() && !is_newer_model(&names) {
                problems.push(format!("{path} has more: {extra:?}"));
            }
        }
        (Value::Array(recorded), Value::Array(own)) => {
            if recorded.is_empty() != own.is_empty() {
                problems.push(format!("{path} has {} items and not {}", own.len(), recorded.len()));
            }
            let count = if recorded.len() == own.len() { recorded.len() } else { recorded.len().min(1) };
            for (index, (recorded, own)) in recorded.iter().zip(own).take(count).enumerate() {
                shape(&format!("{path}/{index}"), recorded, own, problems);
            }
        }
        _ if kind(recorded) != kind(own) => {
            problems.push(format!("{path} is {} and not {}", kind(own), kind(recorded)));
        }
        _ => {}
    }
    if path == "/total" && (recorded == 0) != (own == 0) {
        problems.push(format!("/total is {own} and not {recorded}"));
    }
}

/// Whether fields are exactly a model's of the definition, which describes newer servers than the recorded one.
fn is_newer_model(names: &[&str]) -> bool {
    static API: LazyLock<Api> = LazyLock::new(|| Api::embedded().expect("the definition can be read"));
    API.models.values().any(|model| {
        model.fields.len() == names.len() && names.iter().all(|name| model.fields.contains_key(*name))
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
