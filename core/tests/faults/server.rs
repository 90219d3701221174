//! A TCP server that follows a script.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What the server does about one request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Writes these bytes and keeps the connection.
    Respond(Vec<u8>),
    /// Writes these bytes and closes the connection.
    RespondAndClose(Vec<u8>),
    /// Writes these bytes, then breaks the connection with a reset.
    RespondAndReset(Vec<u8>),
    /// Writes these pieces with a pause before each.
    Drip(Vec<Vec<u8>>, Duration),
    /// Writes the first bytes, and the second ones again and again until the client has closed the connection.
    Forever(Vec<u8>, Vec<u8>),
    /// Writes these bytes and nothing more.
    Hang(Vec<u8>),
}

/// A whole HTTP/1.1 response with a length.
pub(crate) fn respond(status: &str, headers: &[&str], body: &str) -> Act {
    Act::Respond(response_bytes(status, headers, body))
}

/// A response with a JSON body.
pub(crate) fn json(status: &str, body: &str) -> Act {
    respond(status, &["content-type: application/json"], body)
}

/// The bytes of an HTTP/1.1 response with a length.
pub(crate) fn response_bytes(status: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A running server; stops when dropped.
pub(crate) struct Server {
    address: String,
    state: Arc<State>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    script: Mutex<VecDeque<Act>>,
    requests: Mutex<Vec<String>>,
    connections: Mutex<usize>,
    ended: watch::Sender<usize>,
    tls: Option<TlsAcceptor>,
}

impl Server {
    /// A server that does one act after the other, and then the last one again.
    pub(crate) async fn start(script: impl IntoIterator<Item = Act>) -> Self {
        Self::start_with(script, None).await
    }

    /// The same behind TLS.
    pub(crate) async fn start_tls(script: impl IntoIterator<Item = Act>, tls: TlsAcceptor) -> Self {
        Self::start_with(script, Some(tls)).await
    }

    async fn start_with(script: impl IntoIterator<Item = Act>, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let script = Mutex::new(script.into_iter().collect());
        let state = Arc::new(State { script, tls, ..State::default() });
        let task = tokio::spawn(accept(listener, state.clone()));
        Self { address, state, task }
    }

    /// The endpoint to give a client.
    pub(crate) fn endpoint(&self) -> String {
        let scheme = if self.state.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}/v1", self.address)
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Every request so far: head and body as received.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.state.requests.lock().unwrap().clone()
    }

    /// The first line of every request so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.lines().next().unwrap().to_owned()).collect()
    }

    /// How many connections were opened so far.
    pub(crate) fn connections(&self) -> usize {
        *self.state.connections.lock().unwrap()
    }

    /// Waits until this many connections have ended, on either side.
    pub(crate) async fn ended(&self, count: usize) {
        let mut ended = self.state.ended.subscribe();
        let waited = tokio::time::timeout(Duration::from_secs(20), ended.wait_for(|ended| *ended >= count));
        waited.await.expect("connections stay open").unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        *state.connections.lock().unwrap() += 1;
        let state = state.clone();
        tokio::spawn(async move {
            match &state.tls {
                None => serve(Plain(stream), &state).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(Tls(Box::new(stream)), &state).await;
                    }
                }
            }
            state.ended.send_modify(|ended| *ended += 1);
        });
    }
}

/// A connection that can be broken.
trait Connection {
    type Stream: AsyncRead + AsyncWrite + Unpin;
    fn stream(&mut self) -> &mut Self::Stream;
    fn reset_on_drop(&self);
}

struct Plain(TcpStream);
struct Tls(Box<tokio_rustls::server::TlsStream<TcpStream>>);

impl Connection for Plain {
    type Stream = TcpStream;
    fn stream(&mut self) -> &mut TcpStream {
        &mut self.0
    }
    fn reset_on_drop(&self) {
        self.0.set_zero_linger().unwrap();
    }
}

impl Connection for Tls {
    type Stream = tokio_rustls::server::TlsStream<TcpStream>;
    fn stream(&mut self) -> &mut Self::Stream {
        &mut self.0
    }
    fn reset_on_drop(&self) {
        self.0.get_ref().0.set_zero_linger().unwrap();
    }
}

async fn serve(mut connection: impl Connection, state: &State) {
    while let Some(request) = read_request(connection.stream()).await {
        state.requests.lock().unwrap().push(request);
        let act = {
            let mut script = state.script.lock().unwrap();
            if script.len() > 1 { script.pop_front() } else { script.front().cloned() }
        };
        match act.expect("the script has an act") {
            Act::Respond(bytes) => {
                if connection.stream().write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Act::RespondAndClose(bytes) => {
                let _ = connection.stream().write_all(&bytes).await;
                let _ = connection.stream().shutdown().await;
                return;
            }
            Act::RespondAndReset(bytes) => {
                let _ = connection.stream().write_all(&bytes).await;
                let _ = connection.stream().flush().await;
                connection.reset_on_drop();
                return;
            }
            Act::Drip(pieces, pause) => {
                for piece in pieces {
                    tokio::time::sleep(pause).await;
                    if connection.stream().write_all(&piece).await.is_err() {
                        return;
                    }
                }
            }
            Act::Forever(first, again) => {
                let stream = connection.stream();
                if stream.write_all(&first).await.is_ok() {
                    while stream.write_all(&again).await.is_ok() {}
                }
                return;
            }
            Act::Hang(bytes) => {
                let _ = connection.stream().write_all(&bytes).await;
                // The client sends nothing more either, until it closes the connection.
                let _ = connection.stream().read(&mut [0]).await;
                return;
            }
        }
    }
}

/// Reads a request with a `content-length` body; `None` at the end of the connection.
async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
            let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            if bytes.len() >= head + 4 + length {
                return Some(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
