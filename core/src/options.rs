//! What may differ from call to call.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;

use crate::settings::config::{headers, millis};

/// Settings of one call; what is absent comes from the client.
///
/// Deserializes from camel-case JSON: `{"timeout": 5000, "retries": 0, "headers": {"x-trace": "1"}}`.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallOptions {
    /// How long one attempt may wait for the answer to begin. Milliseconds in JSON.
    #[serde(deserialize_with = "millis")]
    pub timeout: Option<Duration>,
    /// How often a failed attempt is repeated where that is safe; 0 for never.
    pub retries: Option<u32>,
    /// Headers that win over the client's and the operation's. An object in JSON.
    #[serde(deserialize_with = "headers")]
    pub headers: Vec<(String, String)>,
}

impl CallOptions {
    /// Options that change nothing.
    pub fn new() -> Self {
        Self::default()
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

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
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
            .field("headers", &names)
            .finish()
    }
}
