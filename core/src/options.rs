//! What may differ from call to call.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::lossless;
use crate::settings::config::{count, headers, millis};

/// Settings of one call; what is absent comes from the client.
///
/// Deserializes from camel-case JSON: `{"timeout": 5000, "retries": 0, "headers": {"x-trace": "1"}}`.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CallOptions {
    /// How long one attempt may wait for the answer to begin. Milliseconds in JSON.
    #[serde(deserialize_with = "millis")]
    pub timeout: Option<Duration>,
    /// How often a failed attempt is repeated where that is safe; 0 for never.
    #[serde(deserialize_with = "count")]
    pub retries: Option<u32>,
    /// How long the call may take in all: connecting, every attempt, the waits between them and the whole body, of uploads
    /// and downloads too. Milliseconds in JSON.
    #[serde(deserialize_with = "millis")]
    pub deadline: Option<Duration>,
    /// The largest response that is read into memory, in bytes after decompression. Downloads into files and streams are
    /// not bounded.
    pub max_response_bytes: Option<u64>,
    /// Headers that win over the client's and the operation's. An object in JSON.
    #[serde(deserialize_with = "headers")]
    pub headers: Vec<(String, String)>,
}

impl CallOptions {
    /// Options that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads options from camel-case JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for text that is not such an object.
    pub fn from_json(text: &str) -> Result<Self> {
        // serde takes a list for the values in their order.
        let read = text.trim_start().starts_with('{').then(|| serde_json::from_str(text).ok());
        read.flatten().ok_or_else(|| Error::argument(problem(text)))
    }

    /// Limits how long one attempt may wait for the answer to begin.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how often a failed attempt is repeated where that is safe.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = Some(retries);
        self
    }

    /// Limits how long the call may take in all.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Limits how many bytes of the response are read into memory.
    #[must_use]
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = Some(bytes);
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Refuses limits with which no call could succeed.
    ///
    /// # Errors
    /// `Argument` that names the option.
    pub(crate) fn check(&self) -> Result<()> {
        let nothing = [
            ("timeout", self.timeout == Some(Duration::ZERO)),
            ("deadline", self.deadline == Some(Duration::ZERO)),
            ("maxResponseBytes", self.max_response_bytes == Some(0)),
        ];
        match nothing.iter().find(|(_, is_nothing)| *is_nothing) {
            Some((name, _)) => Err(Error::argument(format!("the option `{name}` must be more than 0"))),
            None => Ok(()),
        }
    }
}

/// Why options cannot be read, without their values: they may be credentials.
fn problem(text: &str) -> String {
    if let Some(half) = lossless::problem(text) {
        return format!("the call's options: {half}");
    }
    let Ok(Value::Object(options)) = serde_json::from_str(text) else {
        return "the call's options are not a JSON object".to_owned();
    };
    let refused = options.into_iter().find_map(|(name, value)| {
        let alone = Value::Object([(name.clone(), value)].into_iter().collect());
        Some((CallOptions::deserialize(alone).err()?.to_string(), name))
    });
    match refused.unwrap_or_default() {
        (reason, name) if reason.starts_with("unknown field") => format!("there is no option `{name}`"),
        (_, name) => format!("the option `{name}` cannot have that value"),
    }
}

/// Header values stay hidden: they may be credentials.
impl fmt::Debug for CallOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .field("deadline", &self.deadline)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("headers", &names)
            .finish()
    }
}
