//! Sending requests with a `reqwest::Client`.

use std::io;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::{ClientBuilder, Url, redirect, retry};

use super::client::{HttpClient, Sending};
use super::error::{HttpError, Sent};
use super::redirected::Redirected;
use super::request_body::RequestBody;
use super::response_body::ResponseBody;
use super::{is_left_out, is_refused};
use crate::error::{Error, Result};

/// Sends requests with a `reqwest::Client`: with its proxies, certificates, DNS and connections.
///
/// ```no_run
/// use polywrite::Client;
/// use polywrite::http::Reqwest;
///
/// # fn main() -> polywrite::Result<()> {
/// let builder = reqwest::Client::builder().tcp_nodelay(true).pool_max_idle_per_host(10);
/// let client = Client::builder()
///     .endpoint("https://appwrite.example.com/v1")
///     .http_client(Reqwest::build(builder)?)
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// What a program configures there still holds there: a `timeout` of the builder ends attempts, too, and default headers are
/// added to every request.
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: reqwest::Client,
    follows_no_redirects: bool,
}

impl Reqwest {
    /// Makes a client and switches off what the core does itself: redirects, retries and decompression.
    ///
    /// Reqwest's redirects would carry the API key to other hosts, as `X-Appwrite-Key` is not one of the headers that it
    /// removes.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) when reqwest cannot make the client, for example without
    /// one of its TLS features.
    pub fn build(builder: ClientBuilder) -> Result<Self> {
        let builder = builder.redirect(redirect::Policy::none()).retry(retry::never());
        let client = builder.no_gzip().no_brotli().no_zstd().no_deflate().build().map_err(|cause| {
            Error::configuration(format!("reqwest cannot make the client: {cause}")).with_source(cause)
        })?;
        Ok(Self { client, follows_no_redirects: true })
    }

    /// Uses a client as it is. That it follows no redirects and repeats nothing is the caller's duty, which
    /// [`build`](Self::build) does itself.
    ///
    /// A call whose request it redirected to another origin, or to another path if it was not a GET or HEAD, fails: its
    /// credentials may have gone there, and a POST may have become a GET.
    pub fn trusting(client: reqwest::Client) -> Self {
        Self { client, follows_no_redirects: false }
    }

    async fn exchange(
        &self,
        request: http::Request<RequestBody>,
    ) -> Result<http::Response<ResponseBody>, HttpError> {
        let request = request.map(|body| match body.is_empty() {
            true => reqwest::Body::from(Bytes::new()),
            false => reqwest::Body::wrap(Shared(Mutex::new(body))),
        });
        let request = reqwest::Request::try_from(request).map_err(HttpError::not_sent)?;
        let redirectable =
            (!self.follows_no_redirects).then(|| (request.method().clone(), request.url().clone()));
        let response = self.client.execute(request).await.map_err(failed)?;
        let redirected = redirectable.and_then(|(method, url)| elsewhere(&method, &url, response.url()));
        if let Some(to) = redirected {
            return Err(HttpError::perhaps_sent(Redirected { to }));
        }
        Ok(http::Response::from(response).map(ResponseBody::new))
    }
}

impl HttpClient for Reqwest {
    fn send<'a>(&'a self, request: http::Request<RequestBody>) -> Sending<'a> {
        Box::pin(self.exchange(request))
    }
}

/// Where a request was redirected to, if that must not be.
fn elsewhere(method: &http::Method, from: &Url, to: &Url) -> Option<String> {
    if from.origin() != to.origin() {
        return Some(to.origin().ascii_serialization());
    }
    let may_redirect = matches!(*method, http::Method::GET | http::Method::HEAD);
    (!may_redirect && from.path() != to.path()).then(|| to.path().to_owned())
}

/// An error without its URL, whose query may have secrets.
fn failed(error: reqwest::Error) -> HttpError {
    let sent = if error.is_connect() || error.is_builder() || is_unprocessed(&error) {
        Sent::No
    } else {
        Sent::Perhaps
    };
    HttpError { sent, timed_out: error.is_timeout(), source: error.without_url().into() }
}

/// Whether an HTTP/2 server said that it did not process the request.
fn is_unprocessed(error: &reqwest::Error) -> bool {
    let causes =
        std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source());
    // What a server that found an error has processed, reqwest does not say.
    let is_orderly = |cause: &h2::Error| cause.reason() == Some(h2::Reason::NO_ERROR);
    causes
        .filter_map(|cause| cause.downcast_ref::<h2::Error>())
        .any(|cause| is_refused(cause) || is_left_out(cause) && is_orderly(cause))
}

/// A body that threads can share, as reqwest demands, though only one ever polls it.
struct Shared(Mutex<RequestBody>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, RequestBody> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Body for Shared {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Pin::new(self.get_mut().0.get_mut().unwrap_or_else(PoisonError::into_inner)).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.lock().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().size_hint()
    }
}
