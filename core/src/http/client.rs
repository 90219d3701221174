//! The trait of what sends requests.

use std::pin::Pin;
use std::sync::Arc;

use super::error::HttpError;
use super::request_body::RequestBody;
use super::response_body::ResponseBody;

/// A request that is being sent, until the head of its response is there.
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<ResponseBody>, HttpError>> + Send + 'a>>;

/// Sends requests, for [`ClientBuilder::http_client`](crate::ClientBuilder::http_client).
///
/// One call of [`send`](Self::send) is one attempt. An implementation
///
/// - sends the request once. It follows no redirects, repeats nothing, keeps no cookies: the core decides about these, and
///   a redirect that carries the request's credentials to another host would give them away;
/// - returns the response as it came, whatever its status. It may decompress the body if it then removes `content-encoding`;
/// - returns as soon as the head of the response is there, and a body that can be read afterwards;
/// - stops when the future or the body is dropped: that is how calls are cancelled and time limits end them;
/// - says of a request that failed whether the server can have received it: that decides whether the core repeats a POST.
///
/// The request has an absolute URL and no `host` header. It also has no `content-length`: the body knows its length.
///
/// Calls are not queued above a client of your own: every call reaches it at once, and it decides how many connections it
/// opens. The time that a request waits inside it counts towards `timeout`; only the queue of Polywrite's own pool, behind
/// [`Client::http_client`](crate::Client::http_client), does not count.
pub trait HttpClient: Send + Sync + 'static {
    /// Sends a request and returns the head of its response.
    ///
    /// # Errors
    /// When there is no response; an error status is a response.
    fn send<'a>(&'a self, request: http::Request<RequestBody>) -> Sending<'a>;
}

impl<C: HttpClient + ?Sized> HttpClient for Arc<C> {
    fn send<'a>(&'a self, request: http::Request<RequestBody>) -> Sending<'a> {
        (**self).send(request)
    }
}

impl<C: HttpClient + ?Sized> HttpClient for Box<C> {
    fn send<'a>(&'a self, request: http::Request<RequestBody>) -> Sending<'a> {
        (**self).send(request)
    }
}
