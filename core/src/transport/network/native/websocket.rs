//! WebSocket connections: opened as those of HTTP are, with the same proxies, certificates and time limits.

use std::io;

use futures_util::{FutureExt, SinkExt, StreamExt};
use http::uri::{PathAndQuery, Uri};
use tokio::io::BufReader;
use tokio::time::timeout;
use tokio_websockets::upgrade::Error as UpgradeError;
use tokio_websockets::{ClientBuilder, Error as WebSocketError, Limits, Message as Frame, WebSocketStream};

use super::failure::send_error;
use crate::error::{Error, ErrorKind};
use crate::http::BoxError;
use crate::settings::{ConnectionSettings, Settings};
use crate::transport::io::stream::{Stream, Wire};
use crate::transport::io::tunnel;
use crate::transport::network::{Message, Unopened};
use crate::transport::pool::registry;
use crate::transport::pool::send_error::SendError;
use crate::transport::retry::failure::{Failure, Retry};

/// How many bytes are read at a time: the event of a row has some seven thousand, and by itself a WebSocket reads eight.
const READ: usize = 256 * 1024;

/// A connection: a stream of messages, and a sink for them.
pub(crate) struct WebSocket(WebSocketStream<BufReader<Stream>>);

impl WebSocket {
    /// Whether the request that opens a connection has the client's headers.
    pub(crate) const SENDS_HEADERS: bool = true;

    /// Waits for the next message; none once the connection has ended.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        let message = self.0.next().await?.ok()?;
        if message.is_text() {
            return Some(Message::Text(message.into_payload().into()));
        }
        (!message.is_close()).then_some(Message::Other)
    }

    /// The next message as [`next`](Self::next) says it, if that does not have to wait.
    pub(crate) fn next_at_once(&mut self) -> Option<Option<Message>> {
        self.next().now_or_never()
    }

    /// Sends text. Says whether the connection is still there.
    pub(crate) async fn send(&mut self, text: String) -> bool {
        self.0.send(Frame::text(text)).await.is_ok()
    }

    /// Asks the server for a sign of life, without a message that it would count. Says whether the connection is still
    /// there.
    pub(crate) async fn ping(&mut self) -> bool {
        self.0.send(Frame::ping("")).await.is_ok()
    }

    /// Ends the connection.
    pub(crate) async fn close(&mut self) {
        // It may have ended already.
        let _ = self.0.send(Frame::close(None, "")).await;
    }
}

/// Opens a connection to a path of the endpoint's server, with the headers of the settings.
pub(crate) async fn open_websocket(settings: &Settings, path: PathAndQuery) -> Result<WebSocket, Unopened> {
    let lasting = |error: Error| Unopened { error, lasts: true };
    let connection = ConnectionSettings { http1_only: true, ..settings.connection.clone() };
    let pool = registry::pool(&connection).map_err(lasting)?;
    let server = settings.endpoint.server();
    let stream = match pool.connector().open(server.clone()).await {
        Ok(stream) => tunnelled(stream, &server).await,
        Err(cause) => Err(cause),
    };
    let shown = settings.endpoint.origin();
    let stream = stream.map_err(|cause| Unopened::from(send_error(SendError::NotConnected(cause), shown)))?;

    let largest = usize::try_from(settings.limits.max_response_bytes).unwrap_or(usize::MAX);
    let uri = settings.endpoint.uri(path);
    let mut builder = ClientBuilder::from_uri(uri).limits(Limits::default().max_payload_len(Some(largest)));
    for (name, value) in &settings.headers {
        builder = builder.add_header(name.clone(), value.clone()).map_err(|_| {
            lasting(Error::configuration(format!("the header `{name}` belongs to the WebSocket")))
        })?;
    }
    let limit = settings.limits.timeout;
    match timeout(limit, builder.connect_on(BufReader::with_capacity(READ, stream))).await {
        Ok(Ok((stream, _))) => Ok(WebSocket(stream)),
        Ok(Err(cause)) => Err(refused(cause, shown)),
        Err(_) => Err(Failure::timed_out(limit).into()),
    }
}

/// A proxy that forwards requests has to be asked for a tunnel: a WebSocket is not a request.
async fn tunnelled(stream: Stream, server: &Uri) -> Result<Stream, BoxError> {
    match stream {
        Stream::Forwarded(Wire::Proxy(to_proxy), proxy) => {
            tunnel::connect(*to_proxy, proxy.password.as_ref(), server).await
        }
        other => Ok(other),
    }
}

fn refused(cause: WebSocketError, server: &str) -> Unopened {
    match cause {
        WebSocketError::Upgrade(UpgradeError::DidNotSwitchProtocols(status)) => {
            let message = format!("{server} responded {status} instead of opening a WebSocket");
            let hint = "the server may lack realtime, or a proxy before it does not pass WebSockets on";
            let error = Error::new(ErrorKind::Api, message).with_status(status).with_hint(hint);
            Unopened { error, lasts: matches!(status, 200..=299 | 400..=407 | 409..=428 | 501) }
        }
        WebSocketError::Io(cause) => Failure::broken(cause.into(), Retry::Never).into_retriable(),
        other => Failure::broken(io::Error::other(other).into(), Retry::Never).into_retriable(),
    }
}

impl Failure {
    fn into_retriable(self) -> Unopened {
        Unopened { error: self.error, lasts: false }
    }
}
