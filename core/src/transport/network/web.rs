//! JavaScript's `fetch` and `WebSocket`.

mod websocket;

use std::sync::Arc;
use std::time::Duration;

use http::header::HeaderMap;
use http::{Request, Response, StatusCode};

use crate::error::{Error, ErrorKind};
use crate::http::cause::find;
use crate::http::{BoxError, Fetch, HiddenRedirect, HttpClient, RequestBody, SendProgress, Sent};
use crate::settings::Settings;
use crate::transport::http::over::over;
use crate::transport::retry::failure::Failure;

pub(in crate::transport) use crate::http::ResponseBody;
pub(crate) use websocket::{WebSocket, open_websocket};

/// Sends a request and returns the head of its response; `None` when it has not come in time.
pub(in crate::transport) async fn send(
    settings: &Settings,
    request: impl Fn() -> Request<RequestBody>,
    progress: Option<&SendProgress>,
    limit: Duration,
) -> Result<Option<Response<ResponseBody>>, Failure> {
    over(&Fetch, request(), progress, limit, settings.endpoint.origin()).await
}

/// What sends the requests, for middleware that wraps it.
pub(crate) fn client(_: &Settings) -> Arc<dyn HttpClient> {
    Arc::new(Fetch)
}

/// The failure of an attempt over an HTTP client, if it is one of `fetch` alone.
///
/// # Errors
/// The cause, if it is not.
pub(in crate::transport) fn known(cause: BoxError, _: Sent, _: bool, _: &str) -> Result<Failure, BoxError> {
    match find::<HiddenRedirect>(&*cause) {
        Some(hidden) => Ok(Failure::last(Error::new(ErrorKind::Api, hidden.to_string()))),
        None => Err(cause),
    }
}

/// A proxy that forwards requests. The runtime does not say whether there is one.
#[derive(Clone)]
pub(in crate::transport) enum ForwardProxy {}

impl ForwardProxy {
    /// The error for a response that the proxy made.
    pub(in crate::transport) fn refusal(&self, _: StatusCode, _: &HeaderMap) -> Option<Error> {
        match *self {}
    }
}
