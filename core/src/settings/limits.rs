//! What bounds a client's calls.

use std::time::Duration;

use super::generated::{IDLE_TIMEOUT, MAX_RESPONSE_BYTES, TIMEOUT};
use super::{Change, ClientConfig};
use crate::error::{Error, Result};

/// How long calls may take, and how large their responses may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// For one attempt until the response begins.
    pub(crate) timeout: Duration,
    /// For the next bytes of a body.
    pub(crate) idle_timeout: Duration,
    /// For a call as a whole.
    pub(crate) deadline: Option<Duration>,
    /// For what of a response is kept in memory.
    pub(crate) max_response_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: TIMEOUT,
            idle_timeout: IDLE_TIMEOUT,
            deadline: None,
            max_response_bytes: MAX_RESPONSE_BYTES,
        }
    }
}

impl Limits {
    /// Applies a patch.
    pub(super) fn apply(&mut self, config: &ClientConfig) -> Result<()> {
        let default = Self::default();
        more_than_nothing("timeout", &config.timeout)?.apply(&mut self.timeout, default.timeout);
        more_than_nothing("idleTimeout", &config.idle_timeout)?
            .apply(&mut self.idle_timeout, default.idle_timeout);
        match more_than_nothing("deadline", &config.deadline)? {
            Change::Keep => {}
            Change::Reset => self.deadline = None,
            Change::To(deadline) => self.deadline = Some(*deadline),
        }
        more_than_nothing("maxResponseBytes", &config.max_response_bytes)?
            .apply(&mut self.max_response_bytes, default.max_response_bytes);
        Ok(())
    }
}

/// A change to something else than zero, which would have every call fail.
///
/// # Errors
/// `Configuration` that names the setting.
pub(super) fn more_than_nothing<'a, T: Default + PartialEq>(
    name: &str,
    change: &'a Change<T>,
) -> Result<&'a Change<T>> {
    match change {
        Change::To(value) if *value == T::default() => {
            Err(Error::configuration(format!("the setting `{name}` must be more than 0")))
        }
        change => Ok(change),
    }
}
