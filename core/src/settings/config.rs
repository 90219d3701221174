//! A patch of a client's settings, as Rust values or camel-case JSON.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::change::{COUNT, DURATION};
use super::generated::ClientConfig;
use crate::lossless;

impl ClientConfig {
    /// A patch that changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a patch from camel-case JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for text that is no such object. The
    /// message never shows a value.
    pub fn from_json(text: &str) -> crate::Result<Self> {
        // serde takes a list for the values in their order.
        if text.trim_start().starts_with('[') {
            return Err(crate::Error::configuration("the settings are not an object"));
        }
        serde_json::from_str(text).map_err(|cause| crate::Error::configuration(problem(text, &cause)))
    }
}

/// Why settings cannot be read. serde_json quotes the offending value, which may be a secret, so the message has only the name.
fn problem(text: &str, cause: &serde_json::Error) -> String {
    if let Some(half) = lossless::problem(text) {
        return half;
    }
    let Ok(settings) = serde_json::from_str::<Value>(text) else {
        let (line, column) = (cause.line(), cause.column());
        return format!("the settings cannot be read (line {line}, column {column}): not JSON");
    };
    let Value::Object(settings) = settings else { return "the settings are not an object".to_owned() };
    match refused(settings, "") {
        Some((name, reason)) => wording(&name, &reason),
        None => "the settings have one of them twice".to_owned(),
    }
}

/// The first of the settings, all within one or none, that cannot be read alone, and why.
fn refused(settings: Map<String, Value>, within: &str) -> Option<(String, String)> {
    settings.into_iter().find_map(|(name, value)| {
        let read = |value: Value| {
            let alone = json!({ &*name: value });
            ClientConfig::deserialize(if within.is_empty() { alone } else { json!({ within: alone }) })
        };
        let reason = read(value.clone()).err()?.to_string();
        match value {
            Value::Object(inner) if within.is_empty() && read(json!({})).is_ok() => refused(inner, &name),
            _ if within.is_empty() => Some((name, reason)),
            _ => Some((format!("{within}.{name}"), reason)),
        }
    })
}

/// What a person reads of a setting that serde refuses.
fn wording(name: &str, reason: &str) -> String {
    if let Some(names) = reason.strip_prefix("unknown field ") {
        // It lists every known name.
        return match similar(name, names.split('`').skip(3).step_by(2).collect()) {
            Some(meant) => format!("`{name}` is not a setting; did you mean `{meant}`?"),
            None => format!("`{name}` is not a setting"),
        };
    }
    // The rest of it may show the value.
    let wanted = match reason.rsplit_once("expected ").map_or("", |(_, wanted)| wanted) {
        "a string" => "text",
        "a boolean" => "true or false",
        "u64" => "a whole number, more than 0",
        "a map" => "names and values",
        wanted if wanted.starts_with("struct ") => "names and values",
        wanted @ (DURATION | COUNT) => wanted,
        _ => return format!("the setting `{name}` cannot have that value"),
    };
    format!("the setting `{name}` must be {wanted}")
}

/// The name that was meant, if one is near enough: another case, or up to two letters more, fewer or swapped.
fn similar<'name>(name: &str, known: Vec<&'name str>) -> Option<&'name str> {
    let plain = |name: &str| name.to_ascii_lowercase().replace(['_', '-'], "");
    let distance = |known: &str| strsim::osa_distance(&plain(name), &plain(known));
    let nearest = known.into_iter().min_by_key(|known| distance(known))?;
    (distance(nearest) <= 2 && name.len() > 2).then_some(nearest)
}

/// Shows which settings the patch touches; values of credentials and headers stay hidden.
impl fmt::Debug for ClientConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address may have a password in it, and a bundle of certificates a private key.
        let safe = Self {
            endpoint: self.endpoint.map(without_user),
            ca_certificates: self.ca_certificates.map(|_| "[redacted]".to_owned()),
            ..self.clone()
        };
        let mut shown = formatter.debug_struct("ClientConfig");
        safe.show(&mut shown);
        shown.field("headers", &self.headers.keys()).field("retries", &self.retries).finish()
    }
}

/// An address without its user and password, which are refused when it is used.
fn without_user(address: &str) -> String {
    let start = address.find("://").map_or(0, |at| at + "://".len());
    let (scheme, rest) = address.split_at(start);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}[redacted]{}", &rest[at..]),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::ClientConfig;

    #[test]
    fn a_setting_that_cannot_be_read_is_named_with_what_it_must_be() {
        for (text, message) in [
            (r#"{"timeout":"s3cret"}"#, "the setting `timeout` must be a duration, 0 or more"),
            (r#"{"timeout":-1}"#, "the setting `timeout` must be a duration, 0 or more"),
            (
                r#"{"maxResponseBytes":1.5}"#,
                "the setting `maxResponseBytes` must be a whole number, more than 0",
            ),
            (r#"{"key":["s3cret"]}"#, "the setting `key` must be text"),
            (r#"{"project":{"a":"s3cret"}}"#, "the setting `project` must be text"),
            (r#"{"selfSigned":"no"}"#, "the setting `selfSigned` must be true or false"),
            (r#"{"headers":["s3cret"]}"#, "the setting `headers` must be names and values"),
            (r#"{"headers":{"x-a":5}}"#, "the setting `headers.x-a` must be text"),
            (r#"{"retries":5}"#, "the setting `retries` must be names and values"),
            (r#"{"retries":{"max":-1}}"#, "the setting `retries.max` must be a whole number, 0 or more"),
            (r#"{"retries":{"most":1}}"#, "`retries.most` is not a setting"),
            (r#"{"endPoint":"s3cret"}"#, "`endPoint` is not a setting; did you mean `endpoint`?"),
            (r#"{"key":"a","key":"b"}"#, "the settings have one of them twice"),
        ] {
            assert_eq!(ClientConfig::from_json(text).unwrap_err().message(), message, "{text}");
        }
    }
}
