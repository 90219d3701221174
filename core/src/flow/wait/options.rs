//! How to wait.

use std::time::Duration;

use crate::options::CallOptions;
use crate::transfer::Listener;

/// How to wait for something.
#[derive(Clone, Debug, Default)]
pub struct WaitOptions {
    pub(super) call: CallOptions,
    pub(super) timeout: Option<Duration>,
    pub(super) status: Listener<String>,
}

impl WaitOptions {
    /// The default time limit of what is waited for, no listener.
    pub fn new() -> Self {
        Self::default()
    }

    /// Settings of each call that reads the status.
    #[must_use]
    pub fn call(mut self, call: CallOptions) -> Self {
        self.call = call;
        self
    }

    /// How long to wait in all, more than 0. Default: 60 s for columns and indexes, 10 min for what takes longer.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Called with the first status and each time that the status has changed.
    #[must_use]
    pub fn on_status(mut self, listener: impl Fn(String) + Send + Sync + 'static) -> Self {
        self.status = Listener::new(listener);
        self
    }
}
