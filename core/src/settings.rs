//! What a client is set to: immutable once made.

mod apply;
pub(crate) mod change;
mod clock;
mod config;
mod connection;
mod endpoint;
#[cfg_attr(target_family = "wasm", allow(dead_code, reason = "it has the defaults of connections"))]
mod generated;
mod header;
mod header_setting;
mod headers;
mod http_client;
mod identity;
mod limits;
mod reference;
mod retry;

use std::sync::Arc;

use http::header::{HeaderMap, HeaderName, HeaderValue};

pub use change::Change;
pub use clock::Clock;
pub(crate) use clock::SharedClock;
pub(crate) use connection::ConnectionSettings;
#[cfg(not(target_family = "wasm"))]
pub(crate) use connection::{CaCertificates, proxy};
pub(crate) use endpoint::{Endpoint, Place};
pub use generated::{ClientConfig, Credential, RetryConfig};
pub(crate) use header::{header_name, header_value, put_header, refuse_key_with_session};
pub(crate) use headers::HeaderValues;
pub(crate) use http_client::OwnHttpClient;
pub use identity::SdkIdentity;
pub(crate) use limits::Limits;
pub(crate) use retry::RetryPolicy;

use crate::operation::Operation;
use crate::operations::{CLOUD_FORMAT, SELF_HOSTED_FORMAT};

/// Called with warnings of the server.
pub(crate) type WarningHook = Arc<dyn Fn(&str) + Send + Sync>;

/// Who receives the warnings of the server.
#[derive(Clone, Default)]
pub(crate) enum Warnings {
    /// `tracing`, each different one once in a process.
    #[default]
    Logged,
    /// A hook, each different one once in a process.
    Once(WarningHook),
    /// A hook, with every response that has one.
    Every(WarningHook),
}

/// Every setting of a client.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) endpoint: Endpoint,
    /// Whether the caller named the endpoint.
    pub(crate) endpoint_told: bool,
    /// Whether the caller gave a key, or took it away.
    pub(crate) key_told: bool,
    /// What the caller said; none leaves it to the endpoint.
    pub(crate) self_hosted_choice: Option<bool>,
    pub(crate) self_hosted: bool,
    pub(crate) response_format: Option<String>,
    /// Those that travel as headers, credentials among them.
    pub(crate) values: HeaderValues,
    pub(crate) extra_headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) identity: SdkIdentity,
    pub(crate) app_name: Option<String>,
    pub(crate) limits: Limits,
    pub(crate) retry: RetryPolicy,
    pub(crate) connection: ConnectionSettings,
    /// What sends the requests, in place of the pool that `connection` describes.
    pub(crate) http_client: Option<OwnHttpClient>,
    pub(crate) warnings: Warnings,
    pub(crate) clock: SharedClock,
    /// Everything above that travels as a header, ready to send.
    pub(crate) headers: HeaderMap,
}

impl Settings {
    /// The version of the responses' format that is asked for.
    fn response_format(&self) -> &str {
        let newest = if self.self_hosted { SELF_HOSTED_FORMAT } else { CLOUD_FORMAT };
        self.response_format.as_deref().unwrap_or(newest)
    }

    /// An operation's path below the endpoint, with parameters in braces.
    pub(crate) fn path_of(&self, operation: &Operation) -> &'static str {
        operation.self_hosted_path.filter(|_| self.self_hosted).unwrap_or(operation.path)
    }

    /// Whether a header's value must not be printed.
    pub(crate) fn hides(&self, header: &HeaderName) -> bool {
        header::is_credential(header.as_str()) || self.extra_headers.iter().any(|(name, _)| name == header)
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Extra headers may be credentials: their names say enough.
        let extra: Vec<&str> = self.extra_headers.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("Settings")
            .field("endpoint", &self.endpoint)
            .field("self_hosted", &self.self_hosted)
            .field("response_format", &self.response_format())
            .field("values", &self.values)
            .field("extra_headers", &extra)
            .field("identity", &self.identity)
            .field("app_name", &self.app_name)
            .field("limits", &self.limits)
            .field("retry", &self.retry)
            .field("connection", &self.connection)
            .field("http_client", &self.http_client.is_some())
            .finish_non_exhaustive()
    }
}
