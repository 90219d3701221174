//! The connections of one pool, and what HTTP is told about them.

use std::error::Error as StdError;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use http::{Request, Response, StatusCode};

use super::arriving::{Arriving, Unread};
use super::connection::ConnectionSettings;
use super::connector::{BoxError, Connector};
use super::http1::Http1;
use super::http2::Http2;
use super::outgoing::Outgoing;
use super::places::Place;
use super::pool;
use super::proxy::Proxies;
use super::servers::{Returning, Scout, Server, Servers};
use super::stream::Stream;
use super::tls::{self, Verifier};
use super::unanswered::{Unanswered, WORN};
use crate::error::{Error, ErrorKind, Result};
use crate::settings::Endpoint;

/// Whether the server has ended a connection for HTTP/2 is looked at when it has waited for longer, and before every
/// request that must not be sent twice. One for HTTP/1.1 is always looked at: what came meanwhile would be taken for the
/// answer.
const LOOK: Duration = Duration::from_micros(100);
/// How often one attempt goes out again on the same connection that has too much to do.
const REFUSED: usize = 3;
/// For how long a call waits for another one to need its connection no more, when the program may open no more files.
const SHORT_OF_FILES: Duration = Duration::from_millis(50);

/// Connections to any number of servers, all opened in the same way.
pub(super) struct Connections {
    connector: Connector,
    servers: Servers,
    connect_timeout: Duration,
}

/// A connection that a call can go out on.
pub(super) enum Connection {
    /// For one call at a time.
    Http1(Box<Http1>),
    /// For many.
    Http2(Http2),
}

impl Connections {
    /// Opens nothing yet.
    pub(super) fn new(settings: &ConnectionSettings, verifier: Arc<Verifier>) -> Result<Self> {
        let tls = tls::config(verifier, settings.http1_only).map_err(|cause| {
            Error::new(ErrorKind::Internal, format!("connections cannot be set up: {cause}"))
        })?;
        let proxies = Proxies::new(settings.proxy.as_ref());
        let connect_timeout = settings.connect_timeout;
        let connector = Connector::new(tls, proxies, connect_timeout);
        let max_connections = usize::try_from(settings.max_connections).unwrap_or(usize::MAX);
        Ok(Self { connector, servers: Servers::new(max_connections), connect_timeout })
    }

    /// Waits in the queue of the endpoint's server until another call may be under way.
    pub(super) async fn place(&self, endpoint: &Endpoint) -> Place {
        Place::at(self.servers.get(endpoint.origin())).await
    }

    /// Closes every connection that no call needs; says how many.
    pub(super) fn close_idle(&self) -> usize {
        self.servers.close_idle()
    }

    /// Sends a request to the endpoint's server and returns the head of its answer. `limit` is the time after which the
    /// caller gives up.
    pub(super) async fn send(
        &self,
        endpoint: &Endpoint,
        place: Place,
        request: impl Fn() -> Request<Outgoing>,
        limit: Duration,
    ) -> Result<Response<Arriving>, Unanswered> {
        let server = &place.server;
        let mut is_misdirected = false;
        let (mut resent, mut refused) = (0, 0);
        let mut returning = None;
        let mut ticket = None;
        loop {
            let queues = is_misdirected || server.has_returning();
            let waiting = if queues { None } else { server.idle.take() };
            let (connection, waited) = match waiting {
                Some((connection, waited)) => (connection, Some(waited)),
                // Rare, and as large as all else that a call needs.
                None => {
                    let ticket = *ticket.get_or_insert_with(|| server.turns.ticket());
                    Box::pin(self.open_or_take(endpoint, server, ticket, is_misdirected))
                        .await
                        .map_err(Unanswered::NotConnected)?
                }
            };
            drop(returning.take());
            let request = request();
            if let Some(waited) = waited {
                connection.look(waited > LOOK || !request.method().is_idempotent());
            }
            let is_http2 = matches!(connection, Connection::Http2(_));
            match connection.send(request, limit).await {
                // This was the wrong server for the request, behind a name that leads to several.
                // RFC 9110, section 15.5.20.
                Ok(answer) if answer.status() == StatusCode::MISDIRECTED_REQUEST && !is_misdirected => {
                    is_misdirected = true;
                    answer.into_body().retire();
                }
                Ok(answer) => return Ok(answer.map(|body| Arriving::new(body, place))),
                Err(Unanswered::Untouched { again, .. }) if resent < again => {
                    resent += 1;
                    returning = is_http2.then(|| Returning::to(server));
                }
                Err(Unanswered::OutOfStep(_)) if resent < WORN => {
                    resent += 1;
                    server.idle.distrust();
                }
                Err(Unanswered::Refused(_)) if refused < REFUSED => refused += 1,
                Err(unanswered) => return Err(unanswered),
            }
        }
    }

    /// Opens a connection, unless another call can do without its own before that one is there; then it says for how
    /// long that has waited.
    async fn open_or_take(
        &self,
        endpoint: &Endpoint,
        server: &Arc<Server>,
        ticket: u64,
        is_misdirected: bool,
    ) -> Result<(Connection, Option<Duration>), BoxError> {
        let mut opening = pin!(self.open(endpoint, server, ticket));
        if is_misdirected {
            return Ok((opening.await?, None));
        }
        loop {
            match select(opening.as_mut(), pin!(server.freed.notified())).await {
                Either::Left((opened, _)) => return Ok((opened?, None)),
                Either::Right(..) => {
                    if let Some((connection, waited)) = server.idle.take() {
                        return Ok((connection, Some(waited)));
                    }
                }
            }
        }
    }

    /// Opens a connection, or finds one that was opened meanwhile and can be shared.
    async fn open(
        &self,
        endpoint: &Endpoint,
        server: &Arc<Server>,
        ticket: u64,
    ) -> Result<Connection, BoxError> {
        if !endpoint.is_secure() {
            return self.connect(endpoint, server).await;
        }
        let scout = server.scout(ticket).await;
        if let Some(http2) = server.idle.shared() {
            return Ok(Connection::Http2(http2));
        }
        let scout = scout.filter(Scout::is_needed);
        let connected = self.connect(endpoint, server).await;
        if let Some(scout) = scout {
            let found = connected.as_ref().ok();
            scout.returns(found.map(|connection| matches!(connection, Connection::Http2(_))));
        }
        connected
    }

    async fn connect(&self, endpoint: &Endpoint, server: &Arc<Server>) -> Result<Connection, BoxError> {
        // Some may wait that are not to be used yet.
        server.idle.close_oldest(server.too_many(1));
        let stream = self.reach(endpoint, server).await?;
        if stream.is_http2() {
            let connection = Http2::new(stream, server).await?;
            return Ok(Connection::Http2(server.share(connection)));
        }
        server.speaks_http1();
        Ok(Connection::Http1(Box::new(Http1::new(stream, &server.open).await?)))
    }

    /// Opens a connection's stream. When the program may open no more files, it closes what no call needs and waits for
    /// what others give back.
    async fn reach(&self, endpoint: &Endpoint, server: &Arc<Server>) -> Result<Stream, BoxError> {
        let end = tokio::time::Instant::now() + self.connect_timeout;
        loop {
            let failed = match self.connector.open(endpoint.server()).await {
                Ok(stream) => return Ok(stream),
                Err(cause) if is_short_of_files(&*cause) && tokio::time::Instant::now() < end => cause,
                Err(cause) => return Err(cause),
            };
            tracing::debug!("the program may open no more files: {failed}");
            // A few are left to the rest of the program from now on.
            server.is_short_of_files();
            if pool::close_idle() == 0 {
                tokio::time::sleep(SHORT_OF_FILES).await;
            }
        }
    }
}

impl Connection {
    /// Sends a request and returns the head of its answer.
    async fn send(self, request: Request<Outgoing>, limit: Duration) -> Result<Response<Unread>, Unanswered> {
        match self {
            Connection::Http1(connection) => connection.send(request).await.map(Unread::alone),
            Connection::Http2(connection) => connection.send(request, limit).await.map(Unread::among_others),
        }
    }

    /// Has the next call find out first whether the server has ended the connection, or has sent something on it.
    fn look(&self, has_reason: bool) {
        match self {
            Connection::Http1(connection) => connection.look(),
            Connection::Http2(connection) if has_reason => connection.look(),
            Connection::Http2(_) => {}
        }
    }
}

/// Whether the program, or the whole machine, has as many files open as it may have.
fn is_short_of_files(error: &(dyn StdError + 'static)) -> bool {
    // EMFILE and ENFILE, which are the same everywhere but on Windows.
    let is_short = |error: &io::Error| matches!(error.raw_os_error(), Some(23 | 24));
    super::failure::reasons(error).filter_map(|reason| reason.downcast_ref()).any(is_short)
}
