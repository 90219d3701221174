use std::time::Duration;

use super::RetryConfig;
use super::generated::{RETRY_BASE_DELAY, RETRY_MAX, RETRY_MAX_DELAY, RETRY_MAX_SERVER_DELAY};
use crate::random;

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
            max: RETRY_MAX,
            base_delay: RETRY_BASE_DELAY,
            max_delay: RETRY_MAX_DELAY,
            max_server_delay: RETRY_MAX_SERVER_DELAY,
        }
    }
}

impl RetryPolicy {
    /// A wait between nothing and the doubled-up limit, so that clients that failed together do not return together.
    pub(crate) fn backoff(&self, attempt: u32) -> Duration {
        let limit = self.base_delay.saturating_mul(1 << attempt.min(20)).min(self.max_delay);
        limit.mul_f64(random::fraction())
    }

    /// Applies a patch.
    pub(crate) fn apply(&mut self, config: &RetryConfig) {
        let default = Self::default();
        config.max.apply(&mut self.max, default.max);
        config.base_delay.apply(&mut self.base_delay, default.base_delay);
        config.max_delay.apply(&mut self.max_delay, default.max_delay);
        config.max_server_delay.apply(&mut self.max_server_delay, default.max_server_delay);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_stays_below_its_limits() {
        let policy = RetryPolicy::default();
        for attempt in 0..40 {
            let limit = policy.base_delay * 2u32.saturating_pow(attempt).min(1000);
            assert!(policy.backoff(attempt) <= limit.min(policy.max_delay));
        }
    }
}
