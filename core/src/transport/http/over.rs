//! One request over an HTTP client.

use std::time::Duration;

use http::{Request, Response};

use crate::http::{HttpClient, Queue, RequestBody, ResponseBody, SendProgress};
use crate::transport::retry::classify;
use crate::transport::retry::failure::Failure;

/// Sends a request and returns the head of its response; `None` when it has not come in time. The time in the pool's queue,
/// where the client wraps the pool, does not count, and while a large body makes progress, the limit does not.
pub(in crate::transport) async fn over(
    client: &dyn HttpClient,
    mut request: Request<RequestBody>,
    progress: Option<&SendProgress>,
    limit: Duration,
    server: &str,
) -> Result<Option<Response<ResponseBody>>, Failure> {
    let queue = Queue::new(progress.cloned().unwrap_or_else(SendProgress::new));
    request.extensions_mut().insert(queue.clone());
    let response = queue.or_silence(limit, client.send(request).as_mut()).await;
    response.transpose().map_err(|error| classify::http_error(error, server))
}
