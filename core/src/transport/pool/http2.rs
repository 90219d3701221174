//! An HTTP/2 connection: many requests at the same time.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use h2::client::{Builder, Connection, SendRequest};
use h2::{Ping, RecvStream};
use http::header::CONTENT_LENGTH;
use http::{Method, Request, Response};
use http_body::Body;
use tokio::time::{Instant, timeout};

use super::activity::{Activity, WatchedStream};
use super::body_sender::BodySender;
use super::permits::Permits;
use super::send_error::{RESENDS_ON_NEW, RESENDS_ON_PROVEN, SendError};
use crate::http::{RequestBody, is_left_out, is_refused};
use crate::transport::io::stream::Stream;
use crate::transport::io::tcp::LivenessCheck;

/// How many bytes of a response may wait unread: enough for a fast network, and little beside a large download.
const STREAM_WINDOW: u32 = 2 * 1024 * 1024;
/// How many bytes the headers of a response may have.
const HEADERS: u32 = 1024 * 1024;
/// How many requests may be in flight until the server has said how many it allows.
const FIRST_STREAMS: usize = 100;
/// After how long a silence of a connection with requests in flight the client sends a PING; after as long a silence again
/// the connection counts as dead.
const PING: Duration = Duration::from_secs(20);
/// How long a silence makes a connection unusable for new requests, when a call is given up that has waited for as long.
const FROZEN: Duration = Duration::from_secs(5);

/// Shares one connection among any number of requests.
#[derive(Clone)]
pub(super) struct Http2 {
    sender: SendRequest<Bytes>,
    state: Arc<State>,
}

/// What all clones of a connection know of it.
struct State {
    activity: Arc<Activity>,
    liveness_check: LivenessCheck,
    /// No new request goes out on it.
    is_retired: AtomicBool,
    /// It has returned a response.
    is_proven: AtomicBool,
    calls: AtomicUsize,
}

/// A call that counts as in flight until this is dropped.
struct ActiveCall(Arc<State>);

/// The body of a response, and the part of the request's body that has not been sent yet.
pub(super) struct Http2Body {
    body: RecvStream,
    /// A server may respond before it has the whole request.
    sending: Option<BodySender>,
    call: ActiveCall,
    /// The silence that makes the connection unusable for new requests.
    silence: Duration,
}

/// A call that is given up after a silence retires the connection.
impl Drop for Http2Body {
    fn drop(&mut self) {
        let state = &self.call.0;
        if state.activity.silence() >= self.silence && !self.body.is_end_stream() {
            state.retire();
        }
    }
}

impl Http2Body {
    /// The next bytes of the body; `None` at its end. Bytes that are handed out make room for others.
    pub(super) fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, h2::Error>>> {
        if self.sending.as_mut().is_some_and(|sending| sending.poll(context).is_ready()) {
            self.sending = None;
        }
        let data = ready!(self.body.poll_data(context));
        if let Some(Ok(data)) = &data {
            // This fails only when nothing more comes.
            let _ = self.body.flow_control().release_capacity(data.len());
        }
        Poll::Ready(data)
    }

    /// Lets no new request go out on the connection.
    pub(super) fn retire(&self) {
        self.call.0.retire();
    }

    /// Whether the whole body has arrived.
    pub(super) fn has_ended(&self) -> bool {
        self.body.is_end_stream()
    }
}

impl Http2 {
    /// Starts HTTP/2 on a connection. `permits` follow the number of streams that the server allows.
    pub(super) async fn new(stream: Stream, permits: &Arc<Permits>) -> Result<Self, h2::Error> {
        let activity = Arc::new(Activity::new());
        let state = Arc::new(State {
            activity: activity.clone(),
            liveness_check: stream.liveness_check(),
            is_retired: AtomicBool::new(false),
            is_proven: AtomicBool::new(false),
            calls: AtomicUsize::new(0),
        });
        let (sender, connection) = Builder::new()
            .enable_push(false)
            .initial_max_send_streams(FIRST_STREAMS)
            .initial_window_size(STREAM_WINDOW)
            .initial_connection_window_size(2 * STREAM_WINDOW)
            .max_header_list_size(HEADERS)
            .handshake(WatchedStream::new(stream, activity))
            .await?;
        tokio::spawn(drive(connection, state.clone(), Arc::downgrade(permits)));
        Ok(Self { sender, state })
    }

    /// Whether new requests may go out on it.
    pub(super) fn is_usable(&self) -> bool {
        !self.state.is_retired.load(Ordering::Relaxed)
    }

    /// Whether calls are in flight.
    pub(super) fn has_calls(&self) -> bool {
        self.state.has_calls()
    }

    /// Makes the next request first check whether the server has closed the connection.
    pub(super) fn check_liveness(&self) {
        self.state.liveness_check.request();
    }

    /// Sends a request and returns the head of its response. A call that is given up after a silence of half of `limit`
    /// retires the connection.
    pub(super) async fn send(
        mut self,
        request: Request<RequestBody>,
        limit: Duration,
    ) -> Result<Response<Http2Body>, SendError> {
        let (head, body) = request.into_parts();
        let mut head = Request::from_parts(head, ());
        let length = body.size_hint().exact().unwrap_or_default();
        if length > 0 || matches!(*head.method(), Method::POST | Method::PUT | Method::PATCH) {
            head.headers_mut().entry(CONTENT_LENGTH).or_insert(length.into());
        }
        let is_whole = body.is_end_stream();
        let writes = self.state.activity.writes();
        let sent = self.sender.send_request(head, is_whole);
        let (mut responding, stream) = sent.map_err(|cause| self.state.not_processed(cause))?;
        let call = ActiveCall::new(self.state.clone());
        let mut sending = (!is_whole).then(|| BodySender::new(body, stream));
        let silence = limit.min(FROZEN) / 2;
        let mut guard = SilenceGuard { state: &self.state, sent: Instant::now(), silence, is_over: false };
        let response = poll_fn(|context| {
            if let Some(Poll::Ready(sent)) = sending.as_mut().map(|sending| sending.poll(context)) {
                sending = None;
                if let Err(cause) = sent {
                    return Poll::Ready(Err(SendError::Broken(cause.into())));
                }
            }
            let response = Pin::new(&mut responding).poll(context);
            response.map_err(|cause| self.state.send_error(cause, writes))
        });
        let response = response.await;
        guard.is_over = true;
        let response = response?;
        self.state.is_proven.store(true, Ordering::Relaxed);
        Ok(response.map(|body| Http2Body { body, sending, call, silence }))
    }
}

impl State {
    fn retire(&self) {
        self.is_retired.store(true, Ordering::Relaxed);
    }

    fn has_calls(&self) -> bool {
        self.calls.load(Ordering::Relaxed) > 0
    }

    /// The connection takes no more requests.
    fn not_processed(&self, cause: h2::Error) -> SendError {
        self.retire();
        let resends = match self.is_proven.load(Ordering::Relaxed) {
            true if cause.is_go_away() || cause.is_io() => RESENDS_ON_PROVEN,
            false if cause.is_go_away() => RESENDS_ON_NEW,
            // Other causes may lie with the request.
            _ => 0,
        };
        SendError::NotProcessed { cause: cause.into(), resends }
    }

    /// Why a request had no response that was handed over when `writes` was the connection's number of writes.
    fn send_error(&self, cause: h2::Error, writes: u64) -> SendError {
        if is_refused(&cause) {
            return SendError::Refused(cause.into());
        }
        if is_left_out(&cause) || self.activity.writes() == writes {
            return self.not_processed(cause);
        }
        SendError::Broken(cause.into())
    }
}

impl ActiveCall {
    fn new(state: Arc<State>) -> Self {
        state.calls.fetch_add(1, Ordering::Relaxed);
        Self(state)
    }
}

impl Drop for ActiveCall {
    fn drop(&mut self) {
        self.0.calls.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Retires the connection when a call is given up during which the server sent nothing.
struct SilenceGuard<'call> {
    state: &'call State,
    sent: Instant,
    silence: Duration,
    is_over: bool,
}

impl Drop for SilenceGuard<'_> {
    fn drop(&mut self) {
        if !self.is_over && self.state.activity.silence().min(self.sent.elapsed()) >= self.silence {
            self.state.retire();
        }
    }
}

/// Drives a connection until it ends.
async fn drive(connection: Connection<WatchedStream, Bytes>, state: Arc<State>, permits: Weak<Permits>) {
    let mut connection = connection;
    let mut pings = connection.ping_pong();
    let mut streams = 0;
    let mut ending = pin!(poll_fn(|context| {
        let ended = Pin::new(&mut connection).poll(context);
        let allowed = connection.max_concurrent_send_streams();
        if allowed != std::mem::replace(&mut streams, allowed) {
            if let Some(permits) = permits.upgrade() {
                permits.resize(allowed);
            }
        }
        // h2 passes the error on to the streams.
        ended.map(drop)
    }));
    while timeout(PING, ending.as_mut()).await.is_err() {
        let is_silent = state.has_calls() && state.activity.silence() >= PING;
        let Some(pings) = pings.as_mut().filter(|_| is_silent) else { continue };
        let pong = pin!(pings.ping(Ping::opaque()));
        match timeout(PING, select(ending.as_mut(), pong)).await {
            Ok(Either::Right((Ok(_), _))) => {}
            Ok(_) | Err(_) => break,
        }
    }
    state.retire();
}
