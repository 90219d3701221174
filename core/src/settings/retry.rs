use std::time::Duration;

use serde::Deserialize;

use super::config::{Change, change_count, change_millis};

/// A patch of how failed attempts are repeated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RetryConfig {
    /// How often a failed attempt is repeated. Default 3; 0 for never.
    #[serde(deserialize_with = "change_count")]
    pub max: Change<u32>,
    /// The longest first wait; it doubles with each attempt, and each wait is drawn between nothing and it.
    /// Default 250 ms.
    #[serde(deserialize_with = "change_millis")]
    pub base_delay: Change<Duration>,
    /// The longest wait that is our own choice. Default 8 s.
    #[serde(deserialize_with = "change_millis")]
    pub max_delay: Change<Duration>,
    /// The longest wait that the server may ask for; a longer one ends the call. Default 60 s.
    #[serde(deserialize_with = "change_millis")]
    pub max_server_delay: Change<Duration>,
}

/// How failed attempts are repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RetryPolicy {
    pub(crate) max: u32,
    pub(crate) base_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) max_server_delay: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max: 3,
            base_delay: Duration::from_millis(250),
            max_delay: Duration::from_secs(8),
            max_server_delay: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Applies a patch.
    pub(crate) fn apply(&mut self, config: &RetryConfig) {
        let default = Self::default();
        config.max.apply(&mut self.max, default.max);
        config.base_delay.apply(&mut self.base_delay, default.base_delay);
        config.max_delay.apply(&mut self.max_delay, default.max_delay);
        config.max_server_delay.apply(&mut self.max_server_delay, default.max_server_delay);
    }
}
