use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::Client;
use crate::error::Result;
use crate::secret::Secret;
use crate::settings::{Change, ClientConfig, SdkIdentity};
use crate::transport::{Clock, SharedClock};

/// Collects the settings of a new [`Client`]. Every setting is explained at [`ClientConfig`].
#[derive(Default)]
#[must_use]
pub struct ClientBuilder {
    config: ClientConfig,
    clock: Option<SharedClock>,
}

/// Setters that store their argument in the patch.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $argument:ty;)*) => {
        $(
            $(#[$doc])*
            pub fn $name(mut self, value: impl Into<$argument>) -> Self {
                self.config.$name = Change::To(value.into());
                self
            }
        )*
    };
}

impl ClientBuilder {
    pub(super) fn new() -> Self {
        Self::default()
    }

    setters! {
        /// Sets where the API is, such as `https://appwrite.example.com/v1`.
        endpoint: String;
        /// Says whether the server is self-hosted, when its address does not tell.
        self_hosted: bool;
        /// Sets the id of the project.
        project: String;
        /// Sets an API key.
        key: Secret;
        /// Sets a user's session secret.
        session: Secret;
        /// Sets a user's JSON web token.
        jwt: Secret;
        /// Sets a bearer token.
        bearer: Secret;
        /// Sets a `cookie` header.
        cookie: Secret;
        /// Sets a development key.
        dev_key: Secret;
        /// Sets the language of server messages.
        locale: String;
        /// Sets the id of the organization.
        organization: String;
        /// Sets the user agent of the person on whose behalf calls are made.
        forwarded_user_agent: String;
        /// Acts as the user with this id.
        impersonate_user_id: String;
        /// Acts as the user with this e-mail address.
        impersonate_user_email: String;
        /// Acts as the user with this phone number.
        impersonate_user_phone: String;
        /// Accepts any certificate. For development only.
        self_signed: bool;
        /// Trusts these certificates (PEM text) beside the platform's.
        ca_certificates: String;
        /// Sets the version of the answers' format.
        response_format: String;
        /// Sends every call through this proxy.
        proxy: Secret;
        /// Names your program in the user agent.
        app_name: String;
        /// Limits how long one attempt may wait for the answer to begin. Default 40 s.
        timeout: Duration;
        /// Limits how long connecting may take. Default 10 s.
        connect_timeout: Duration;
        /// Limits how long the next bytes of a body may take. Default 30 s.
        idle_timeout: Duration;
        /// Limits how long a call may take in all. Default: not at all.
        deadline: Duration;
        /// Never uses HTTP/2.
        http1_only: bool;
        /// Tells the server about another SDK than this crate.
        sdk: SdkIdentity;
    }

    /// Adds a header to every call.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.config.headers.insert(name.into(), Some(value.into()));
        self
    }

    /// Limits how many bytes of a response are read into memory. Default 256 MiB.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.config.max_response_bytes = Change::To(bytes);
        self
    }

    /// Limits how many connections to one server are open at the same time. Default 256.
    pub fn max_connections(mut self, count: u64) -> Self {
        self.config.max_connections = Change::To(count);
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

    /// Makes the client.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for a setting that cannot work.
    pub fn build(self) -> Result<Client> {
        let mut settings = Client::new().settings().patched(&self.config)?;
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
