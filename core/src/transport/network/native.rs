//! Connections of Polywrite's own.

mod failure;
mod websocket;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};

use crate::error::Result;
use crate::http::{HttpClient, RequestBody, SendProgress};
use crate::settings::Settings;
use crate::transport::pool::pooled_client::PooledClient;
use crate::transport::pool::registry;
use crate::transport::retry::failure::Failure;

pub(in crate::transport) use crate::transport::io::forward_proxy::ForwardProxy;
pub(in crate::transport) use crate::transport::pool::response_body::ResponseBody;
pub(in crate::transport) use failure::known;
pub(crate) use websocket::{WebSocket, open_websocket};

/// Sends a request and returns the head of its response; `None` when it has not come in time. While a large body makes
/// progress, the limit does not count.
pub(in crate::transport) async fn send(
    settings: &Settings,
    request: impl Fn() -> Request<RequestBody>,
    progress: Option<&SendProgress>,
    limit: Duration,
) -> Result<Option<Response<ResponseBody>>, Failure> {
    let pool = registry::pool(&settings.connection).map_err(Failure::last)?;
    // The time in the queue does not count as time that the server takes.
    let permit = pool.permit(&settings.endpoint).await;
    let response = pin!(pool.send(&settings.endpoint, permit, request, limit));
    let response = match progress {
        None => tokio::time::timeout(limit, response).await.ok(),
        Some(progress) => progress.or_silence(limit, response).await,
    };
    response.transpose().map_err(|error| failure::send_error(error, settings.endpoint.origin()))
}

/// What sends the requests, for middleware that wraps it.
pub(crate) fn client(settings: &Settings) -> Arc<dyn HttpClient> {
    Arc::new(PooledClient::new(settings.connection.clone(), settings.limits.timeout))
}
