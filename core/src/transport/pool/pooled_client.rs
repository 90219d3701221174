//! The pool behind the trait that middleware wraps.

use std::time::Duration;

use http::{Request, Response};

use super::registry;
use crate::http::{HttpClient, HttpError, Queue, RequestBody, ResponseBody, Sending};
use crate::settings::{ConnectionSettings, Endpoint};

/// Sends requests over the connections of the process.
pub(crate) struct PooledClient {
    settings: ConnectionSettings,
    /// The time limit of the client's calls, which says after what silence a connection is not used again.
    limit: Duration,
}

impl PooledClient {
    /// Opens nothing yet.
    pub(crate) fn new(settings: ConnectionSettings, limit: Duration) -> Self {
        Self { settings, limit }
    }

    async fn exchange(&self, request: Request<RequestBody>) -> Result<Response<ResponseBody>, HttpError> {
        let (head, body) = request.into_parts();
        let (scheme, authority) = (head.uri.scheme_str(), head.uri.authority());
        let server = scheme.zip(authority).map(|(scheme, authority)| format!("{scheme}://{authority}"));
        let server = Endpoint::parse(&server.unwrap_or_default()).map_err(HttpError::not_sent)?;
        let pool = registry::pool(&self.settings).map_err(HttpError::not_sent)?;
        let permit = pool.permit(&server);
        let permit = match head.extensions.get::<Queue>() {
            Some(queue) => queue.wait(permit).await,
            None => permit.await,
        };
        let (body, progress) = body.unread();
        let again = || {
            let mut again = Request::new(RequestBody::new(&body, progress.clone()));
            *again.method_mut() = head.method.clone();
            *again.uri_mut() = head.uri.clone();
            *again.headers_mut() = head.headers.clone();
            again
        };
        let response = pool.send(&server, permit, again, self.limit).await?;
        Ok(response.map(ResponseBody::new))
    }
}

impl HttpClient for PooledClient {
    fn send<'a>(&'a self, request: Request<RequestBody>) -> Sending<'a> {
        Box::pin(self.exchange(request))
    }
}
