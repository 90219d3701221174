//! The connections of one pool, and what HTTP is told about them.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};

use http::{Request, Response};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};

use super::arriving::Arriving;
use super::connection::ConnectionSettings;
use super::connector::{BoxError, Connector};
use super::http1::Http1;
use super::idle::{Connection, Http2, Idle};
use super::outgoing::Outgoing;
use super::proxy::Proxies;
use super::servers::{Server, Servers};
use super::stream::Stream;
use super::tls::{self, Verifier};
use super::unanswered::Unanswered;
use crate::error::{Error, Result};
use crate::settings::Endpoint;

/// How much of an answer may wait unread, in bytes: enough for a fast line, and little beside a large download.
const HTTP2_STREAM_WINDOW: u32 = 2 * 1024 * 1024;
/// How often a connection with calls in flight is asked whether it is still there.
const HTTP2_PING: Duration = Duration::from_secs(20);
/// Whether the server has hung up is looked at when a connection has waited for longer, and before every request that
/// must not be sent twice.
const LOOK: Duration = Duration::from_micros(100);
/// The same for HTTP/2, where looking costs more.
const HTTP2_LOOK: Duration = Duration::from_secs(1);

/// Connections to any number of servers, all opened in the same way.
pub(super) struct Connections {
    connector: Connector,
    idle: Arc<Idle>,
    servers: Servers,
}

impl Connections {
    /// Opens nothing yet.
    pub(super) fn new(settings: &ConnectionSettings, verifier: Arc<Verifier>) -> Result<Self> {
        let tls = tls::config(verifier, settings.http1_only)
            .map_err(|cause| Error::configuration(format!("connections cannot be set up: {cause}")))?;
        let proxies = Proxies::new(settings.proxy.as_ref());
        let connector = Connector::new(tls, proxies, settings.connect_timeout);
        Ok(Self { connector, idle: Arc::default(), servers: Servers::default() })
    }

    /// Sends a request to the endpoint's server and returns the head of its answer.
    pub(super) async fn send(
        &self,
        endpoint: &Endpoint,
        mut request: Request<Outgoing>,
    ) -> Result<Response<Arriving>, Unanswered> {
        loop {
            let (connection, waited) = match self.idle.take(endpoint.origin()) {
                Some((connection, waited)) => (connection, Some(waited)),
                // Rare, and as large as all else that a call needs.
                None => Box::pin(self.open_or_take(endpoint)).await.map_err(Unanswered::NotConnected)?,
            };
            let repeatable = request.method().is_idempotent();
            if waited.is_some_and(|waited| look(&connection, waited, repeatable)) {
                // Nobody may have looked at the network meanwhile. The first turn asks the system about it, the second
                // lets the connection's task act on that.
                tokio::task::yield_now().await;
                tokio::task::yield_now().await;
            }
            match self.send_on(connection, request).await {
                Err(Unanswered::Unsent(unsent, _)) if waited.is_some() => {
                    request = *unsent;
                    // HTTP/1.1 has made a path of it.
                    let path = request.uri().path_and_query().cloned();
                    *request.uri_mut() = path.map(|path| endpoint.uri(path)).unwrap_or_default();
                }
                answered => return answered,
            }
        }
    }

    async fn send_on(
        &self,
        connection: Connection,
        request: Request<Outgoing>,
    ) -> Result<Response<Arriving>, Unanswered> {
        match connection {
            Connection::Http1(connection) => {
                let (answer, connection) = connection.send(request).await?;
                Ok(answer.map(|body| Arriving::alone(body, connection, self.idle.clone())))
            }
            Connection::Http2(mut connection) => {
                let answer = connection.try_send_request(request).await?;
                Ok(answer.map(Arriving::among_others))
            }
        }
    }

    /// Opens a connection, unless another call can do without its own before that one is there; then it says for how
    /// long that has waited.
    async fn open_or_take(&self, endpoint: &Endpoint) -> Result<(Connection, Option<Duration>), BoxError> {
        let server = self.servers.get(endpoint.origin());
        let mut opening = pin!(self.open(endpoint, &server));
        loop {
            match select(opening.as_mut(), pin!(server.freed.notified())).await {
                Either::Left((opened, _)) => return Ok((opened?, None)),
                Either::Right(..) => {
                    if let Some((connection, waited)) = self.idle.take(endpoint.origin()) {
                        return Ok((connection, Some(waited)));
                    }
                }
            }
        }
    }

    /// Opens a connection, or finds one that was opened meanwhile and can be shared.
    async fn open(&self, endpoint: &Endpoint, server: &Arc<Server>) -> Result<Connection, BoxError> {
        if !endpoint.is_secure() {
            return self.connect(endpoint, server).await;
        }
        let scout = server.scout().await;
        if let Some(http2) = self.idle.shared(endpoint.origin()) {
            return Ok(Connection::Http2(http2));
        }
        let connected = self.connect(endpoint, server).await;
        if let Some(scout) = scout {
            let found = connected.as_ref().ok();
            scout.returns(found.map(|connection| matches!(connection, Connection::Http2(_))));
        }
        connected
    }

    async fn connect(&self, endpoint: &Endpoint, server: &Arc<Server>) -> Result<Connection, BoxError> {
        let stream = self.connector.open(endpoint.server()).await?;
        if stream.is_http2() {
            let connection = http2(stream).await?;
            return Ok(Connection::Http2(self.idle.share(server, connection)));
        }
        Ok(Connection::Http1(Box::new(Http1::new(server.clone(), stream).await?)))
    }
}

/// Has a connection that has waited find out whether the server has hung up; true when that is up to the runtime.
fn look(connection: &Connection, waited: Duration, repeatable: bool) -> bool {
    match connection {
        Connection::Http1(connection) => {
            if waited > LOOK || !repeatable {
                connection.look();
            }
            false
        }
        Connection::Http2(_) => waited > HTTP2_LOOK,
    }
}

/// Begins to speak HTTP/2 on a connection, which a task drives: it has several calls at the same time.
async fn http2(stream: Stream) -> hyper::Result<Http2> {
    let (sender, line) = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .initial_stream_window_size(HTTP2_STREAM_WINDOW)
        .initial_connection_window_size(2 * HTTP2_STREAM_WINDOW)
        .keep_alive_interval(HTTP2_PING)
        .handshake(TokioIo::new(stream))
        .await?;
    // Its calls are told how it ended.
    tokio::spawn(async { drop(line.await) });
    Ok(sender)
}
