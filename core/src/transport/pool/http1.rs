//! An HTTP/1.1 connection: one request at a time.

use std::error::Error;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use http::header::{HOST, HeaderValue, PROXY_AUTHORIZATION};
use http::{Request, Response, Uri};
use hyper::body::Incoming;
use hyper::client::conn::http1::{Connection, SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::task::coop::has_budget_remaining;

use super::send_error::{RESENDS_ON_PROVEN, SendError};
use crate::http::RequestBody;
use crate::process;
use crate::transport::io::forward_proxy::ForwardProxy;
use crate::transport::io::stream::Stream;
use crate::transport::io::tcp::LivenessCheck;

/// A connection, driven by the call that has it.
///
/// Hyper means it to be driven by a task of its own. Here nothing is handed from task to task: that costs less, a call
/// that ends gives the connection back at that moment, and one that is given up closes it.
pub(super) struct Http1 {
    sender: SendRequest<RequestBody>,
    /// None once it has ended.
    connection: Option<Connection<TokioIo<Stream>, RequestBody>>,
    liveness_check: LivenessCheck,
    target: Target,
    /// Whether it has returned a response.
    is_proven: bool,
    /// Whether the server has sent bytes that no request asked for.
    has_surplus: bool,
    /// The process that opened it.
    generation: u32,
    _counted: Counted,
}

/// A connection that counts as open until this is dropped.
struct Counted(Arc<AtomicUsize>);

impl Counted {
    fn new(open: &Arc<AtomicUsize>) -> Self {
        open.fetch_add(1, Ordering::Relaxed);
        Self(open.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Who reads a request, which decides the form of its target.
enum Target {
    /// The server.
    Server,
    /// A proxy, which reads the whole URL and perhaps a password.
    Proxy(ForwardProxy),
}

impl Http1 {
    /// Starts HTTP on a connection, one of those that are open.
    pub(super) async fn new(stream: Stream, open: &Arc<AtomicUsize>) -> hyper::Result<Self> {
        let target = match &stream {
            Stream::Forwarded(_, proxy) => Target::Proxy(proxy.clone()),
            Stream::Plain(_) | Stream::Tls(_) => Target::Server,
        };
        let liveness_check = stream.liveness_check();
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        Ok(Self {
            sender,
            connection: Some(connection),
            liveness_check,
            target,
            is_proven: false,
            has_surplus: false,
            generation: process::generation(),
            _counted: Counted::new(open),
        })
    }

    /// Sends a request and returns the head of its response, whose body needs the connection to arrive.
    pub(super) async fn send(
        mut self: Box<Self>,
        mut request: Request<RequestBody>,
    ) -> Result<(Response<Incoming>, Box<Self>), SendError> {
        self.address(&mut request);
        let is_handed_out = request.body().is_handed_out();
        let mut responding = pin!(self.sender.try_send_request(request));
        let sent = poll_fn(|context| {
            drive(&mut self.connection, &mut self.has_surplus, context);
            poll_driven(context, |context| responding.as_mut().poll(context))
        });
        match sent.await {
            // The response is to an earlier request, for the second time.
            Ok(response)
                if response.status().is_success()
                    && is_handed_out.is_some_and(|is_handed_out| !is_handed_out.load(Ordering::Relaxed)) =>
            {
                let cause = "the server responded before the request was sent";
                Err(SendError::Broken(cause.into()))
            }
            Ok(mut response) => {
                self.is_proven = true;
                if let Target::Proxy(proxy) = &self.target {
                    response.extensions_mut().insert(proxy.clone());
                }
                Ok((response, self))
            }
            Err(mut failed) => {
                let is_unsent = failed.take_message().is_some();
                let cause = failed.into_error();
                if !is_unsent {
                    return Err(SendError::Broken(cause.into()));
                }
                if self.has_surplus || cause.source().is_some_and(is_surplus) {
                    return Err(SendError::OutOfSync(cause.into()));
                }
                let resends = if self.is_proven { RESENDS_ON_PROVEN } else { 0 };
                Err(SendError::NotProcessed { cause: cause.into(), resends })
            }
        }
    }

    /// Whether the server has sent bytes that no request asked for, which ends the connection.
    pub(super) fn has_surplus(&self) -> bool {
        self.has_surplus
    }

    /// Makes the next request first check whether the server has closed the connection.
    pub(super) fn check_liveness(&self) {
        self.liveness_check.request();
    }

    /// Reads and writes what the socket has and takes at this moment.
    pub(super) fn drive(&mut self, context: &mut Context<'_>) {
        drive(&mut self.connection, &mut self.has_surplus, context);
    }

    /// Whether another request can be sent, as far as can be known at once.
    pub(super) fn is_ready(&mut self) -> bool {
        self.drive(&mut Context::from_waker(Waker::noop()));
        self.connection.is_some() && self.sender.is_ready()
    }

    fn address(&self, request: &mut Request<RequestBody>) {
        let authority = request.uri().authority();
        if let Some(Ok(host)) = authority.map(|authority| HeaderValue::from_str(authority.as_str())) {
            request.headers_mut().entry(HOST).or_insert(host);
        }
        match &self.target {
            Target::Server => {
                let path = request.uri().path_and_query().cloned();
                *request.uri_mut() = path.map(Uri::from).unwrap_or_default();
            }
            Target::Proxy(proxy) => {
                if let Some(password) = &proxy.password {
                    request.headers_mut().insert(PROXY_AUTHORIZATION, password.clone());
                }
            }
        }
    }
}

/// The child of a fork leaks its parent's connection: closing it would remove it from the epoll instance that both have and
/// on which the parent goes on waiting.
impl Drop for Http1 {
    fn drop(&mut self) {
        if self.generation != process::generation() {
            std::mem::forget(self.connection.take());
        }
    }
}

/// Polls a future that only `drive` can complete, so it gets a waker that does nothing.
pub(super) fn poll_driven<T>(
    context: &mut Context<'_>,
    poll: impl FnOnce(&mut Context<'_>) -> Poll<T>,
) -> Poll<T> {
    let polled = poll(&mut Context::from_waker(Waker::noop()));
    // `Pending` may only mean that tokio's cooperative budget is spent; schedule another poll.
    if polled.is_pending() && !has_budget_remaining() {
        context.waker().wake_by_ref();
    }
    polled
}

fn drive(
    connection: &mut Option<Connection<TokioIo<Stream>, RequestBody>>,
    has_surplus: &mut bool,
    context: &mut Context<'_>,
) {
    // Hyper passes the error on to the request in progress.
    if let Some(Poll::Ready(ended)) = connection.as_mut().map(|connection| Pin::new(connection).poll(context))
    {
        *has_surplus |= ended.is_err_and(|cause| is_surplus(&cause));
        *connection = None;
    }
}

/// Whether a connection ended because bytes came that no request asked for.
fn is_surplus(cause: &(dyn Error + 'static)) -> bool {
    // Hyper has no test for this kind; of those without a cause it is the one that is none of the others.
    cause.downcast_ref::<hyper::Error>().is_some_and(|cause| {
        let other = cause.is_parse()
            || cause.is_user()
            || cause.is_canceled()
            || cause.is_closed()
            || cause.is_incomplete_message()
            || cause.is_shutdown()
            || cause.is_timeout();
        cause.source().is_none() && !other
    })
}
