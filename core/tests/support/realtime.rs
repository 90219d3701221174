//! A server of realtime that does what a test says.

use futures_util::{SinkExt, StreamExt};
use polywrite::{Client, ClientConfig};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_websockets::{Message, ServerBuilder, WebSocketStream};

/// Accepts connections.
pub(crate) struct Server(TcpListener);

impl Server {
    pub(crate) async fn start() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// A client of this server that acts as a user, and tries again at once.
    pub(crate) fn client(&self) -> Client {
        let config = json!({
            "endpoint": format!("http://{}/v1", self.0.local_addr().unwrap()), "project": "p",
            "session": "s3cret", "retries": { "max": 2, "baseDelay": 1, "maxDelay": 1 },
        });
        Client::new().configure(&ClientConfig::from_json(&config.to_string()).unwrap()).unwrap()
    }

    /// The next connection, before anything was read of it.
    pub(crate) async fn tcp(&self) -> TcpStream {
        self.0.accept().await.unwrap().0
    }

    /// The next connection, once it is open; the path and the headers of its request.
    pub(crate) async fn accept(&self) -> (Connection, String, http::HeaderMap) {
        let (request, stream) = ServerBuilder::new().accept(self.tcp().await).await.unwrap();
        (Connection(stream), request.uri().to_string(), request.headers().clone())
    }

    /// As [`accept`](Self::accept), and says that the user is known.
    pub(crate) async fn connected(&self) -> Connection {
        let (mut connection, ..) = self.accept().await;
        connection.send(connected(json!({ "$id": "u1" }))).await;
        connection
    }
}

/// The first message.
pub(crate) fn connected(user: Value) -> Value {
    json!({ "type": "connected", "data": { "channels": [], "subscriptions": [], "user": user } })
}

/// The event of a row that has a number.
pub(crate) fn event(number: u64, subscriptions: &[&str]) -> Value {
    json!({ "type": "event", "data": {
        "events": [format!("tablesdb.d.tables.t.rows.r{number}.create"), "tablesdb.*"],
        "channels": ["rows"],
        "timestamp": "2026-11-28T01:02:55.851+00:00",
        "subscriptions": subscriptions,
        "payload": { "$id": format!("r{number}"), "n": number },
    } })
}

pub(crate) struct Connection(WebSocketStream<TcpStream>);

impl From<WebSocketStream<TcpStream>> for Connection {
    fn from(stream: WebSocketStream<TcpStream>) -> Self {
        Self(stream)
    }
}

impl Connection {
    /// Sends a message. Says whether the client is there.
    pub(crate) async fn send(&mut self, message: Value) -> bool {
        self.send_text(message.to_string()).await
    }

    /// As [`send`](Self::send), for what a test writes itself.
    pub(crate) async fn send_text(&mut self, message: String) -> bool {
        self.0.send(Message::text(message)).await.is_ok()
    }

    /// The next message; none once the client has closed the connection.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            let message = self.0.next().await?.ok()?;
            if message.is_close() {
                return None;
            }
            if let Some(text) = message.as_text() {
                return Some(serde_json::from_str(text).unwrap());
            }
        }
    }

    /// The IDs and channels of the next `subscribe`, which is accepted.
    pub(crate) async fn subscribed(&mut self) -> Option<Vec<(String, Value)>> {
        let message = self.next().await?;
        assert_eq!(message["type"], "subscribe", "{message}");
        let items = message["data"].as_array().unwrap();
        let named = items
            .iter()
            .map(|it| (it["subscriptionId"].as_str().unwrap().to_owned(), it["channels"].clone()));
        let response = json!({ "to": "subscribe", "success": true, "subscriptions": items });
        self.send(json!({ "type": "response", "data": response })).await.then(|| named.collect())
    }
}
