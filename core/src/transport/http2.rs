//! A connection on which HTTP/2 is spoken: many calls at the same time.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use h2::client::{Builder, Connection, SendRequest};
use h2::{Ping, Reason, RecvStream};
use http::header::CONTENT_LENGTH;
use http::{Method, Request, Response};
use http_body::Body;
use tokio::time::{Instant, timeout};

use super::network::Look;
use super::outgoing::Outgoing;
use super::pulse::{Pulse, Watched};
use super::sending::Sending;
use super::servers::Server;
use super::stream::Stream;
use super::unanswered::{CROWDED, Unanswered, WORN};

/// How much of an answer may wait unread, in bytes: enough for a fast line, and little beside a large download.
const STREAM_WINDOW: u32 = 2 * 1024 * 1024;
/// How large an answer's headers may be, in bytes.
const HEADERS: u32 = 1024 * 1024;
/// How many calls may be under way until the server has said how many.
const FIRST_STREAMS: usize = 100;
/// After how long a silence of a connection with calls under way the server is asked for a sign of life; after as long
/// again it is taken for dead.
const PING: Duration = Duration::from_secs(20);
/// How long a silence makes a connection useless for new calls, when a call is given up and has not waited for less.
const FROZEN: Duration = Duration::from_secs(5);

/// Shares one connection among any number of calls.
#[derive(Clone)]
pub(super) struct Http2 {
    sender: SendRequest<Bytes>,
    line: Arc<Line>,
}

/// What is known of the connection.
struct Line {
    pulse: Arc<Pulse>,
    look: Look,
    /// No new call goes out on it.
    is_retired: AtomicBool,
    /// A call has had its answer on it.
    is_proven: AtomicBool,
    calls: AtomicUsize,
}

/// A call that is under way until this is dropped.
pub(super) struct Under(Arc<Line>);

/// The rest of an answer.
pub(super) struct Rest {
    body: RecvStream,
    /// A server may answer before it has the whole request.
    sending: Option<Sending>,
    call: Under,
    /// The silence that makes the connection useless for new calls.
    silence: Duration,
}

/// Given up after a silence it has no new call go out on the connection.
impl Drop for Rest {
    fn drop(&mut self) {
        let line = &self.call.0;
        if line.pulse.silence() >= self.silence && !self.body.is_end_stream() {
            line.retire();
        }
    }
}

impl Rest {
    /// The next bytes of the body; `None` at its end. Bytes that are handed out make room for others.
    pub(super) fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, h2::Error>>> {
        if self.sending.as_mut().is_some_and(|sending| sending.poll(context).is_ready()) {
            self.sending = None;
        }
        let data = ready!(self.body.poll_data(context));
        if let Some(Ok(data)) = &data {
            // It fails when nothing more comes anyway.
            let _ = self.body.flow_control().release_capacity(data.len());
        }
        Poll::Ready(data)
    }

    /// Has no new call go out on the connection.
    pub(super) fn retire(&self) {
        self.call.0.retire();
    }

    /// Whether all of the body is here.
    pub(super) fn is_over(&self) -> bool {
        self.body.is_end_stream()
    }
}

impl Http2 {
    /// Begins to speak on a connection.
    pub(super) async fn new(stream: Stream, server: &Arc<Server>) -> Result<Self, h2::Error> {
        let pulse = Arc::new(Pulse::new());
        let line = Arc::new(Line {
            pulse: pulse.clone(),
            look: stream.look(),
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
            .handshake(Watched::new(stream, pulse))
            .await?;
        tokio::spawn(drive(connection, line.clone(), Arc::downgrade(server)));
        Ok(Self { sender, line })
    }

    /// Whether new calls may go out on it.
    pub(super) fn is_usable(&self) -> bool {
        !self.line.is_retired.load(Ordering::Relaxed)
    }

    /// Whether calls are under way.
    pub(super) fn has_calls(&self) -> bool {
        self.line.has_calls()
    }

    /// Has the next call find out first whether the server has closed the connection.
    pub(super) fn look(&self) {
        self.line.look.ask();
    }

    /// Sends a request and returns the head of its answer. Given up after a silence of half of `limit`, it has no new
    /// call go out on the connection.
    pub(super) async fn send(
        mut self,
        request: Request<Outgoing>,
        limit: Duration,
    ) -> Result<Response<Rest>, Unanswered> {
        let (head, body) = request.into_parts();
        let mut head = Request::from_parts(head, ());
        let length = body.size_hint().exact().unwrap_or_default();
        if length > 0 || matches!(*head.method(), Method::POST | Method::PUT | Method::PATCH) {
            head.headers_mut().entry(CONTENT_LENGTH).or_insert(length.into());
        }
        let is_whole = body.is_end_stream();
        let writes = self.line.pulse.writes();
        let sent = self.sender.send_request(head, is_whole);
        let (mut answer, stream) = sent.map_err(|cause| self.line.untouched(cause))?;
        let call = Under::new(self.line.clone());
        let mut sending = (!is_whole).then(|| Sending::new(body, stream));
        let silence = limit.min(FROZEN) / 2;
        let mut vigil = Vigil { line: &self.line, sent: Instant::now(), silence, is_over: false };
        let answered = poll_fn(|context| {
            if let Some(Poll::Ready(sent)) = sending.as_mut().map(|sending| sending.poll(context)) {
                sending = None;
                if let Err(cause) = sent {
                    return Poll::Ready(Err(Unanswered::Broken(cause.into())));
                }
            }
            let answer = Pin::new(&mut answer).poll(context);
            answer.map_err(|cause| self.line.unanswered(cause, writes))
        });
        let answered = answered.await;
        vigil.is_over = true;
        let answer = answered?;
        self.line.is_proven.store(true, Ordering::Relaxed);
        Ok(answer.map(|body| Rest { body, sending, call, silence }))
    }
}

impl Line {
    fn retire(&self) {
        self.is_retired.store(true, Ordering::Relaxed);
    }

    fn has_calls(&self) -> bool {
        self.calls.load(Ordering::Relaxed) > 0
    }

    /// The connection takes no more calls.
    fn untouched(&self, cause: h2::Error) -> Unanswered {
        self.retire();
        let again = match self.is_proven.load(Ordering::Relaxed) {
            true if cause.is_go_away() || cause.is_io() => WORN,
            false if cause.is_go_away() => CROWDED,
            // Other reasons may lie with the request.
            _ => 0,
        };
        Unanswered::Untouched { cause: cause.into(), again }
    }

    /// Why no answer came to a request that was handed over when `writes` was the connection's number of writes.
    // RFC 9113, section 8.7: what the server refuses, and what is above the last number that it names when it goes, it
    // has not looked at. H2 fails no others with what the server said when it went.
    fn unanswered(&self, cause: h2::Error, writes: u64) -> Unanswered {
        if cause.is_reset() && cause.is_remote() && cause.reason() == Some(Reason::REFUSED_STREAM) {
            return Unanswered::Refused(cause.into());
        }
        let left = cause.is_go_away() && cause.is_remote();
        if left || self.pulse.writes() == writes {
            return self.untouched(cause);
        }
        Unanswered::Broken(cause.into())
    }
}

impl Under {
    fn new(line: Arc<Line>) -> Self {
        line.calls.fetch_add(1, Ordering::Relaxed);
        Self(line)
    }
}

impl Drop for Under {
    fn drop(&mut self) {
        self.0.calls.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Notices when a call is given up for want of any sign of life.
struct Vigil<'call> {
    line: &'call Line,
    sent: Instant,
    silence: Duration,
    is_over: bool,
}

impl Drop for Vigil<'_> {
    fn drop(&mut self) {
        if !self.is_over && self.line.pulse.silence().min(self.sent.elapsed()) >= self.silence {
            self.line.retire();
        }
    }
}

/// Moves everything on a connection until it is over.
async fn drive(connection: Connection<Watched, Bytes>, line: Arc<Line>, server: Weak<Server>) {
    let mut connection = connection;
    let mut pings = connection.ping_pong();
    let mut streams = 0;
    let mut line_over = pin!(poll_fn(|context| {
        let over = Pin::new(&mut connection).poll(context);
        let allowed = connection.max_concurrent_send_streams();
        if allowed != std::mem::replace(&mut streams, allowed)
            && let Some(server) = server.upgrade()
        {
            server.places.resize(allowed);
        }
        // Its calls are told how it ended.
        over.map(drop)
    }));
    while timeout(PING, line_over.as_mut()).await.is_err() {
        let Some(pings) = pings.as_mut().filter(|_| line.has_calls() && line.pulse.silence() >= PING) else {
            continue;
        };
        let answered = pin!(pings.ping(Ping::opaque()));
        match timeout(PING, select(line_over.as_mut(), answered)).await {
            Ok(Either::Right((Ok(_), _))) => {}
            Ok(_) | Err(_) => break,
        }
    }
    line.retire();
}
