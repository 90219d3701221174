//! WebSocket connections that the runtime opens.

use bytes::Bytes;
use http::uri::PathAndQuery;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};

use crate::error::{Error, ErrorKind};
use crate::host::timer::timeout;
use crate::settings::Settings;
use crate::transport::network::{Message, Unopened};
use crate::transport::retry::failure::Failure;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = WebSocket)]
    type Native;
    #[wasm_bindgen(constructor, catch, js_class = WebSocket)]
    fn new(url: &str) -> Result<Native, JsValue>;
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn listen(this: &Native, name: &str, listener: &Listener);
    #[wasm_bindgen(method, js_name = removeEventListener)]
    fn forget(this: &Native, name: &str, listener: &Listener);
    #[wasm_bindgen(method, catch)]
    fn send(this: &Native, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Native);

    type MessageEvent;
    #[wasm_bindgen(method, getter)]
    fn data(this: &MessageEvent) -> JsValue;
}

type Listener = Closure<dyn FnMut(JsValue)>;

/// What happens to a connection.
enum Event {
    Opened,
    Arrived(Message),
    Ended,
}

/// A connection.
pub(crate) struct WebSocket {
    native: Native,
    events: UnboundedReceiver<Event>,
    listeners: [(&'static str, Listener); 4],
}

impl WebSocket {
    /// Whether the request that opens a connection has the client's headers: JavaScript cannot add any.
    pub(crate) const SENDS_HEADERS: bool = false;

    fn of(native: Native) -> Self {
        let (sender, events) = unbounded_channel();
        let listener = |name: &'static str, read: fn(JsValue) -> Event| {
            let sender: UnboundedSender<Event> = sender.clone();
            // The connection may have been dropped.
            let listener = Closure::new(move |event| drop(sender.send(read(event))));
            native.listen(name, &listener);
            (name, listener)
        };
        let listeners = [
            listener("open", |_| Event::Opened),
            listener("message", |event| Event::Arrived(message(event.unchecked_into()))),
            listener("error", |_| Event::Ended),
            listener("close", |_| Event::Ended),
        ];
        Self { native, events, listeners }
    }

    /// Waits for the next message; none once the connection has ended.
    pub(crate) async fn next(&mut self) -> Option<Message> {
        loop {
            match self.events.recv().await? {
                Event::Opened => {}
                Event::Arrived(message) => return Some(message),
                Event::Ended => return None,
            }
        }
    }

    /// The next message as [`next`](Self::next) says it, if that does not have to wait.
    pub(crate) fn next_at_once(&mut self) -> Option<Option<Message>> {
        match self.events.try_recv() {
            Ok(Event::Arrived(message)) => Some(Some(message)),
            Err(TryRecvError::Empty) => None,
            Ok(Event::Opened | Event::Ended) | Err(TryRecvError::Disconnected) => Some(None),
        }
    }

    /// Sends text. Says whether the connection is still there.
    pub(crate) async fn send(&mut self, text: String) -> bool {
        self.native.send(&text).is_ok()
    }

    /// Asks the server for a sign of life. JavaScript has no pings: it takes a message of Appwrite's own.
    pub(crate) async fn ping(&mut self) -> bool {
        self.send(r#"{"type":"ping"}"#.to_owned()).await
    }

    /// Ends the connection.
    pub(crate) async fn close(&mut self) {
        self.native.close();
    }
}

impl Drop for WebSocket {
    fn drop(&mut self) {
        for (name, listener) in &self.listeners {
            self.native.forget(name, listener);
        }
        self.native.close();
    }
}

fn message(event: MessageEvent) -> Message {
    event.data().as_string().map_or(Message::Other, |text| Message::Text(Bytes::from(text)))
}

/// Opens a connection to a path of the endpoint's server.
pub(crate) async fn open_websocket(settings: &Settings, path: PathAndQuery) -> Result<WebSocket, Unopened> {
    let url = settings.endpoint.uri(path).to_string().replacen("http", "ws", 1);
    let native = Native::new(&url).map_err(|_| {
        let error = Error::configuration("this runtime opens no WebSockets, which realtime needs");
        Unopened { error, lasts: true }
    })?;
    let mut socket = WebSocket::of(native);
    let limit = settings.limits.timeout;
    match timeout(limit, socket.events.recv()).await {
        Ok(Some(Event::Opened)) => Ok(socket),
        Ok(_) => {
            // JavaScript says no more.
            let message = format!("cannot open a WebSocket to {}", settings.endpoint.origin());
            Err(Unopened { error: Error::new(ErrorKind::Network, message), lasts: false })
        }
        Err(_) => Err(Failure::timed_out(limit).into()),
    }
}
