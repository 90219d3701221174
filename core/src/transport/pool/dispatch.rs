//! Which connection a request goes out on: an idle one, a shared one or a new one.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use http::{Request, Response, StatusCode};

use super::connection::Connection;
use super::http1::Http1;
use super::http2::Http2;
use super::negotiation::Negotiation;
use super::origin::{Origin, Origins, Returning};
use super::permit::Permit;
use super::response_body::ResponseBody;
use super::send_error::{RESENDS_ON_PROVEN, SendError};
use super::sweeper;
use crate::error::{Error, ErrorKind, Result};
use crate::http::cause::is_short_of_files;
use crate::http::{BoxError, RequestBody};
use crate::settings::{ConnectionSettings, Endpoint};
use crate::transport::io::connector::Connector;
use crate::transport::io::proxy::Proxies;
use crate::transport::io::stream::Stream;
use crate::transport::io::tls::{self, Verifier};

/// An HTTP/2 connection that has waited for longer is checked for having been closed, and before every request that must
/// not be sent twice.
const CHECKED_AFTER: Duration = Duration::from_micros(100);
/// How often one attempt goes out again on the same connection when the server refuses the stream.
const REFUSED: usize = 3;
/// For how long a call waits for another one to give its connection back, when the program may open no more files.
const SHORT_OF_FILES: Duration = Duration::from_millis(50);

/// Connections to any number of servers, all opened in the same way.
pub(in crate::transport) struct Pool {
    connector: Connector,
    origins: Origins,
    connect_timeout: Duration,
    /// Closes idle connections of every pool and returns how many.
    close_idle: fn() -> usize,
}

impl Pool {
    /// Opens nothing yet.
    pub(super) fn new(
        settings: &ConnectionSettings,
        verifier: Arc<Verifier>,
        close_idle: fn() -> usize,
    ) -> Result<Self> {
        let tls = tls::config(verifier, settings.http1_only).map_err(|cause| {
            Error::new(ErrorKind::Internal, format!("connections cannot be set up: {cause}"))
        })?;
        let proxies = Proxies::new(settings.proxy.as_ref());
        let connect_timeout = settings.connect_timeout;
        let connector = Connector::new(tls, proxies, connect_timeout);
        let max_connections = usize::try_from(settings.max_connections).unwrap_or(usize::MAX);
        Ok(Self { connector, origins: Origins::new(max_connections), connect_timeout, close_idle })
    }

    /// What opens its connections.
    pub(in crate::transport) fn connector(&self) -> &Connector {
        &self.connector
    }

    /// Waits in the queue of the endpoint's server until another call may be in flight.
    pub(in crate::transport) async fn permit(&self, endpoint: &Endpoint) -> Permit {
        Permit::acquire(self.origins.get(endpoint.origin())).await
    }

    /// Closes every connection that no call needs and returns how many.
    pub(super) fn close_idle(&self) -> usize {
        self.origins.close_idle()
    }

    /// Sends a request to the endpoint's server and returns the head of its response. `limit` is the time after which the
    /// caller gives up.
    pub(in crate::transport) async fn send(
        &self,
        endpoint: &Endpoint,
        permit: Permit,
        request: impl Fn() -> Request<RequestBody>,
        limit: Duration,
    ) -> Result<Response<ResponseBody>, SendError> {
        let origin = &permit.origin;
        let mut is_misdirected = false;
        let (mut resent, mut refused) = (0, 0);
        let mut returning = None;
        let mut ticket = None;
        loop {
            let queues = is_misdirected || origin.has_returning();
            let idle = if queues { None } else { origin.idle.take() };
            let (connection, waited) = match idle {
                Some((connection, waited)) => (connection, Some(waited)),
                // Boxed because it is rare, and its future as large as all else that a call needs.
                None => {
                    let ticket = *ticket.get_or_insert_with(|| origin.negotiations.ticket());
                    Box::pin(self.open_or_take(endpoint, origin, ticket, is_misdirected))
                        .await
                        .map_err(SendError::NotConnected)?
                }
            };
            drop(returning.take());
            let request = request();
            if let Some(waited) = waited {
                connection.check_liveness(waited > CHECKED_AFTER || !request.method().is_idempotent());
            }
            let is_http2 = matches!(connection, Connection::Http2(_));
            match connection.send(request, limit).await {
                // This was the wrong server for the request, behind a name that leads to several.
                // RFC 9110, section 15.5.20.
                Ok(response) if response.status() == StatusCode::MISDIRECTED_REQUEST && !is_misdirected => {
                    is_misdirected = true;
                    response.into_body().retire();
                }
                Ok(response) => return Ok(response.map(|body| ResponseBody::new(body, permit))),
                Err(SendError::NotProcessed { resends, .. }) if resent < resends => {
                    resent += 1;
                    returning = is_http2.then(|| Returning::to(origin));
                }
                Err(SendError::OutOfSync(_)) if resent < RESENDS_ON_PROVEN => {
                    resent += 1;
                    origin.idle.distrust();
                }
                Err(SendError::Refused(_)) if refused < REFUSED => refused += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Opens a connection, or takes one that another call returns first; then also returns how long that one was idle.
    async fn open_or_take(
        &self,
        endpoint: &Endpoint,
        origin: &Arc<Origin>,
        ticket: u64,
        is_misdirected: bool,
    ) -> Result<(Connection, Option<Duration>), BoxError> {
        let mut opening = pin!(self.open(endpoint, origin, ticket));
        if is_misdirected {
            return Ok((opening.await?, None));
        }
        loop {
            match select(opening.as_mut(), pin!(origin.freed.notified())).await {
                Either::Left((opened, _)) => return Ok((opened?, None)),
                Either::Right(..) => {
                    if let Some((connection, waited)) = origin.idle.take() {
                        return Ok((connection, Some(waited)));
                    }
                }
            }
        }
    }

    /// Opens a connection, or finds one that another call opened meanwhile and shares.
    async fn open(
        &self,
        endpoint: &Endpoint,
        origin: &Arc<Origin>,
        ticket: u64,
    ) -> Result<Connection, BoxError> {
        if !endpoint.is_secure() {
            return self.connect(endpoint, origin).await;
        }
        let negotiation = origin.negotiations.begin(ticket).await;
        if let Some(http2) = origin.idle.shared() {
            return Ok(Connection::Http2(http2));
        }
        let negotiation = negotiation.filter(Negotiation::is_needed);
        let connected = self.connect(endpoint, origin).await;
        if let Some(negotiation) = negotiation {
            let found = connected.as_ref().ok();
            negotiation.end(found.map(|connection| matches!(connection, Connection::Http2(_))));
        }
        connected
    }

    async fn connect(&self, endpoint: &Endpoint, origin: &Arc<Origin>) -> Result<Connection, BoxError> {
        // Connections may be idle that have to rest before they are used.
        origin.idle.close_oldest(origin.too_many(1));
        let stream = self.open_stream(endpoint, origin).await?;
        if stream.is_http2() {
            let connection = Http2::new(stream, &origin.permits).await?;
            return Ok(Connection::Http2(sweeper::share(origin, connection)));
        }
        origin.set_http1();
        Ok(Connection::Http1(Box::new(Http1::new(stream, &origin.open).await?)))
    }

    /// Opens a connection's stream. When the program may open no more files, it closes what no call needs and waits for
    /// what others give back.
    async fn open_stream(&self, endpoint: &Endpoint, origin: &Arc<Origin>) -> Result<Stream, BoxError> {
        let end = tokio::time::Instant::now() + self.connect_timeout;
        loop {
            let failed = match self.connector.open(endpoint.server()).await {
                Ok(stream) => return Ok(stream),
                Err(cause) if is_short_of_files(&*cause) && tokio::time::Instant::now() < end => cause,
                Err(cause) => return Err(cause),
            };
            tracing::debug!("the program may open no more files: {failed}");
            // A few are left to the rest of the program from now on.
            origin.allow_fewer_connections();
            if (self.close_idle)() == 0 {
                tokio::time::sleep(SHORT_OF_FILES).await;
            }
        }
    }
}
