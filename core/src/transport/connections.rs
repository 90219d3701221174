//! The connections of one pool, and what HTTP is told about them.

use std::sync::Arc;
use std::time::Duration;

use http::header::PROXY_AUTHORIZATION;
use http::{Request, Response};
use hyper_util::client::legacy::{Client, Error as HttpError};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connection::ConnectionSettings;
use super::connector::Connector;
use super::outgoing::Outgoing;
use super::proxy::Proxies;
use super::tls::{self, Verifier};
use crate::error::{Error, Result};

/// Shorter than the keep-alive of common proxies (nginx: 75 s), so that we hang up first.
const IDLE_CONNECTION: Duration = Duration::from_secs(60);
/// How much of an answer may wait unread, in bytes: enough for a fast line, and little beside a large download.
const HTTP2_STREAM_WINDOW: u32 = 2 * 1024 * 1024;
/// How often a connection with calls in flight is asked whether it is still there.
const HTTP2_PING: Duration = Duration::from_secs(20);

/// Connections to any number of servers, all opened in the same way.
pub(super) struct Connections {
    client: Client<Connector, Outgoing>,
    proxies: Arc<Proxies>,
}

impl Connections {
    /// Opens nothing yet.
    pub(super) fn new(settings: &ConnectionSettings, verifier: Arc<Verifier>) -> Result<Self> {
        let tls = tls::config(verifier, settings.http1_only)
            .map_err(|cause| Error::configuration(format!("connections cannot be set up: {cause}")))?;
        let proxies = Arc::new(Proxies::new(settings.proxy.as_ref()));
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_CONNECTION)
            .http2_initial_stream_window_size(HTTP2_STREAM_WINDOW)
            .http2_initial_connection_window_size(2 * HTTP2_STREAM_WINDOW)
            .http2_keep_alive_interval(HTTP2_PING)
            .build(Connector::new(tls, proxies.clone(), settings.connect_timeout));
        Ok(Self { client, proxies })
    }

    /// Sends a request and returns the head of its answer.
    pub(super) async fn send(
        &self,
        mut request: Request<Outgoing>,
    ) -> Result<Response<hyper::body::Incoming>, HttpError> {
        if let Some(password) = self.proxies.authorization(request.uri()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, password);
        }
        self.client.request(request).await
    }
}
