use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Client;
use crate::error::Result;
use crate::http::HttpClient;
use crate::settings::{Change, ClientConfig, Clock, OwnHttpClient, SdkIdentity, Settings, SharedClock};

/// Collects the settings of a new [`Client`].
#[derive(Default)]
#[must_use]
pub struct ClientBuilder {
    pub(super) config: ClientConfig,
    clock: Option<SharedClock>,
    http_client: Option<OwnHttpClient>,
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Names another SDK than this crate to the server.
    pub fn sdk(mut self, sdk: SdkIdentity) -> Self {
        self.config.sdk = Change::To(sdk);
        self
    }

    /// Adds a header to every call.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.config.headers.insert(name.into(), Some(value.into()));
        self
    }

    /// Sets how often a failed attempt is repeated where that is safe; 0 for never. Default 3.
    pub fn retries(mut self, max: u32) -> Self {
        self.config.retries.max = Change::To(max);
        self
    }

    /// Sets the longest first wait between attempts, and the longest one at all. Default 250 ms and 8 s.
    pub fn retry_delays(mut self, base: Duration, max: Duration) -> Self {
        self.config.retries.base_delay = Change::To(base);
        self.config.retries.max_delay = Change::To(max);
        self
    }

    /// Replaces the clock that waits between attempts, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(SharedClock(Arc::new(clock)));
        self
    }

    /// Sends the requests with an HTTP client of your own, in place of Polywrite's pool of connections. It opens the
    /// connections, so the settings of connections (`ca_certificates`, `self_signed`, `proxy`, `http1_only`,
    /// `connect_timeout`, `max_connections`) are errors beside it. Time limits, retries and all else stay as they are.
    pub fn http_client(mut self, client: impl HttpClient) -> Self {
        self.http_client = Some(OwnHttpClient(Arc::new(client)));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for a setting that cannot work.
    pub fn build(self) -> Result<Client> {
        let mut settings = match self.http_client {
            None => Client::new().settings().patched(&self.config)?,
            own => Settings { http_client: own, ..Client::new().settings().clone() }.patched(&self.config)?,
        };
        if let Some(clock) = self.clock {
            settings.clock = clock;
        }
        Ok(settings.into())
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.config.fmt(formatter)
    }
}
