//! A patch of a client's settings, as Rust values or camel-case JSON.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

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
    let refused = settings.into_iter().find_map(|(name, value)| {
        let alone = Value::Object([(name.clone(), value)].into_iter().collect());
        Some((ClientConfig::deserialize(alone).err()?.to_string(), name))
    });
    let (reason, name) = refused.unwrap_or_default();
    match reason.strip_prefix("unknown field ").filter(|_| !SETTINGS_WITHIN.contains(&&*name)) {
        // It lists every known name.
        Some(names) => match similar(&name, names.split('`').skip(3).step_by(2).collect()) {
            Some(meant) => format!("there is no setting `{name}`; did you mean `{meant}`?"),
            None => format!("there is no setting `{name}`"),
        },
        None => format!("the setting `{name}` cannot have that value"),
    }
}

/// Settings that have some of their own, of which one may be the unknown one.
const SETTINGS_WITHIN: [&str; 2] = ["retries", "sdk"];

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
