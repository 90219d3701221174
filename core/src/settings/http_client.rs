//! The HTTP client that the program brought.

use std::sync::Arc;

use super::ClientConfig;
use crate::error::{Error, Result};
use crate::http::HttpClient;

/// What sends the requests in place of the pool.
#[derive(Clone)]
pub(crate) struct OwnHttpClient(pub(crate) Arc<dyn HttpClient>);

impl OwnHttpClient {
    /// Refuses settings of connections, which that client opens itself.
    ///
    /// # Errors
    /// `Configuration` that names the first of them.
    pub(super) fn refuse(config: &ClientConfig) -> Result<()> {
        match config.of_connections() {
            None => Ok(()),
            Some(name) => Err(Error::configuration(format!(
                "the setting `{name}` has no effect on an HTTP client of your own, which opens its connections itself"
            ))
            .with_hint(format!("leave `{name}` out, and set up the HTTP client in that way"))),
        }
    }
}
