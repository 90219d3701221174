//! A connection on which HTTP/1.1 is spoken: one call at a time.

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

use super::forwarder::Forwarder;
use super::network::Look;
use super::outgoing::Outgoing;
use super::pool::forks;
use super::stream::Stream;
use super::unanswered::{Unanswered, WORN};

/// A connection, driven by the call that has it.
///
/// Hyper means it to be driven by a task of its own. Here nothing is handed from task to task: that costs less, a call
/// that ends gives the connection back at that moment, and one that is given up closes it.
pub(super) struct Http1 {
    sender: SendRequest<Outgoing>,
    /// None once it is over.
    line: Option<Connection<TokioIo<Stream>, Outgoing>>,
    look: Look,
    way: Way,
    /// A call has had its answer on it.
    is_proven: bool,
    /// The server has sent more than it was asked for.
    has_surplus: bool,
    /// In which process it was opened.
    forks: u32,
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

/// What a request looks like depends on who reads it.
enum Way {
    /// The server.
    Direct,
    /// A proxy, which is told the whole address and perhaps a password.
    Forwarded(Forwarder),
}

impl Http1 {
    /// Begins to speak on a connection, one of those that are open.
    pub(super) async fn new(stream: Stream, open: &Arc<AtomicUsize>) -> hyper::Result<Self> {
        let way = match &stream {
            Stream::Forwarded(_, forwarder) => Way::Forwarded(forwarder.clone()),
            Stream::Plain(_) | Stream::Tls(_) => Way::Direct,
        };
        let look = stream.look();
        let (sender, line) = handshake(TokioIo::new(stream)).await?;
        Ok(Self {
            sender,
            line: Some(line),
            look,
            way,
            is_proven: false,
            has_surplus: false,
            forks: forks(),
            _counted: Counted::new(open),
        })
    }

    /// Sends a request and returns the head of its answer, whose body needs the connection to arrive.
    pub(super) async fn send(
        mut self: Box<Self>,
        mut request: Request<Outgoing>,
    ) -> Result<(Response<Incoming>, Box<Self>), Unanswered> {
        self.address(&mut request);
        let is_taken = request.body().is_taken();
        let mut answer = pin!(self.sender.try_send_request(request));
        let answered = poll_fn(|context| {
            drive(&mut self.line, &mut self.has_surplus, context);
            poll_driven(context, |context| answer.as_mut().poll(context))
        });
        match answered.await {
            // It answers something else: a request before this one, for the second time.
            Ok(answer)
                if answer.status().is_success()
                    && is_taken.is_some_and(|is_taken| !is_taken.load(Ordering::Relaxed)) =>
            {
                let cause = "the server answered before the request was sent";
                Err(Unanswered::Broken(cause.into()))
            }
            Ok(mut answer) => {
                self.is_proven = true;
                if let Way::Forwarded(forwarder) = &self.way {
                    answer.extensions_mut().insert(forwarder.clone());
                }
                Ok((answer, self))
            }
            Err(mut failed) => {
                let is_unsent = failed.take_message().is_some();
                let cause = failed.into_error();
                if !is_unsent {
                    return Err(Unanswered::Broken(cause.into()));
                }
                if self.has_surplus || cause.source().is_some_and(is_surplus) {
                    return Err(Unanswered::OutOfStep(cause.into()));
                }
                let again = if self.is_proven { WORN } else { 0 };
                Err(Unanswered::Untouched { cause: cause.into(), again })
            }
        }
    }

    /// Whether the server has sent more than it was asked for, which ends the connection.
    pub(super) fn has_surplus(&self) -> bool {
        self.has_surplus
    }

    /// Has the next call find out first whether the server has closed the connection.
    pub(super) fn look(&self) {
        self.look.ask();
    }

    /// Moves what can move.
    pub(super) fn drive(&mut self, context: &mut Context<'_>) {
        drive(&mut self.line, &mut self.has_surplus, context);
    }

    /// Whether another call can be made, as far as can be known at once.
    pub(super) fn is_ready(&mut self) -> bool {
        self.drive(&mut Context::from_waker(Waker::noop()));
        self.line.is_some() && self.sender.is_ready()
    }

    fn address(&self, request: &mut Request<Outgoing>) {
        let uri = request.uri();
        if let Some(authority) = uri.authority()
            && let Ok(host) = HeaderValue::from_str(authority.as_str())
        {
            request.headers_mut().entry(HOST).or_insert(host);
        }
        match &self.way {
            Way::Direct => {
                let path = request.uri().path_and_query().cloned();
                *request.uri_mut() = path.map(Uri::from).unwrap_or_default();
            }
            Way::Forwarded(forwarder) => {
                if let Some(password) = &forwarder.password {
                    request.headers_mut().insert(PROXY_AUTHORIZATION, password.clone());
                }
            }
        }
    }
}

/// In the child of a fork the line is leaked. Closing it would take it out of the epoll instance, which the parent has too
/// and goes on waiting with.
impl Drop for Http1 {
    fn drop(&mut self) {
        if self.forks != forks() {
            std::mem::forget(self.line.take());
        }
    }
}

/// Polls what comes about by driving the line and not otherwise: it need not wake anybody.
pub(super) fn poll_driven<T>(
    context: &mut Context<'_>,
    poll: impl FnOnce(&mut Context<'_>) -> Poll<T>,
) -> Poll<T> {
    let polled = poll(&mut Context::from_waker(Waker::noop()));
    // Unless it is there and tokio has the task, which has done much, wait for the others.
    if polled.is_pending() && !has_budget_remaining() {
        context.waker().wake_by_ref();
    }
    polled
}

fn drive(
    line: &mut Option<Connection<TokioIo<Stream>, Outgoing>>,
    has_surplus: &mut bool,
    context: &mut Context<'_>,
) {
    // Those who wait for something on it are told what went wrong.
    if let Some(Poll::Ready(ended)) = line.as_mut().map(|line| Pin::new(line).poll(context)) {
        *has_surplus |= ended.is_err_and(|cause| is_surplus(&cause));
        *line = None;
    }
}

/// Whether a connection ended because bytes came that nobody had asked for.
fn is_surplus(cause: &(dyn Error + 'static)) -> bool {
    // Hyper has no word for this kind; of those without a reason it is the one that is none of the others.
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
