//! A server that speaks HTTP/2 frame by frame, and so can misbehave as no library does.

use polywrite::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::server::{H2, acceptor};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GO_AWAY: u8 = 7;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The server.
pub(crate) struct Raw {
    listener: TcpListener,
    tls: TlsAcceptor,
    settings: Vec<u8>,
}

/// One connection to the server.
pub(crate) struct Connection(TlsStream<TcpStream>);

/// A complete request.
pub(crate) struct Request {
    pub(crate) stream: u32,
    pub(crate) body: String,
}

impl Raw {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { listener, tls: acceptor(&[H2]), settings: Vec::new() }
    }

    /// Allows so many calls at the same time.
    pub(crate) fn with_streams(mut self, count: u32) -> Self {
        self.settings = [&[0, 3][..], &count.to_be_bytes()].concat();
        self
    }

    pub(crate) fn client(&self) -> ClientBuilder {
        let endpoint = format!("https://{}/v1", self.listener.local_addr().unwrap());
        Client::builder().endpoint(endpoint).self_signed(true).retries(0)
    }

    pub(crate) async fn accept(&self) -> Connection {
        let stream = self.listener.accept().await.unwrap().0;
        let mut connection = Connection(self.tls.accept(stream).await.unwrap());
        let mut preface = [0; PREFACE.len()];
        connection.0.read_exact(&mut preface).await.unwrap();
        assert_eq!(preface, PREFACE);
        connection.send(SETTINGS, 0, 0, &self.settings).await;
        connection
    }
}

impl Connection {
    /// The next request; none when the client has closed the connection. Acknowledges SETTINGS and PING.
    pub(crate) async fn request(&mut self) -> Option<Request> {
        let mut body = String::new();
        loop {
            let mut head = [0; 9];
            self.0.read_exact(&mut head).await.ok()?;
            let [a, b, c, kind, flags, stream @ ..] = head;
            let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
            self.0.read_exact(&mut payload).await.ok()?;
            match kind {
                SETTINGS if flags & ACK == 0 => self.send(SETTINGS, ACK, 0, &[]).await,
                PING if flags & ACK == 0 => self.send(PING, ACK, 0, &payload).await,
                DATA => body.push_str(std::str::from_utf8(&payload).unwrap()),
                _ => {}
            }
            if matches!(kind, DATA | HEADERS) && flags & END_STREAM != 0 {
                return Some(Request { stream: u32::from_be_bytes(stream), body });
            }
        }
    }

    /// Responds with 200 and the body.
    pub(crate) async fn respond(&mut self, request: &Request, body: &str) {
        // From the static table: `:status: 200`.
        self.respond_with(request, &[0x88], body).await;
    }

    /// Begins a response.
    pub(crate) async fn begin(&mut self, request: &Request, body: &str) {
        self.send(HEADERS, END_HEADERS, request.stream, &[0x88]).await;
        self.send(DATA, 0, request.stream, body.as_bytes()).await;
    }

    /// Responds with headers as HPACK writes them.
    pub(crate) async fn respond_with(&mut self, request: &Request, headers: &[u8], body: &str) {
        let mut pieces = headers.chunks(16_384).peekable();
        let mut kind = HEADERS;
        while let Some(piece) = pieces.next() {
            let flags = if pieces.peek().is_none() { END_HEADERS } else { 0 };
            self.send(kind, flags, request.stream, piece).await;
            kind = CONTINUATION;
        }
        self.send(DATA, END_STREAM, request.stream, body.as_bytes()).await;
    }

    /// Reports a request as untouched (REFUSED_STREAM).
    pub(crate) async fn refuse(&mut self, request: &Request) {
        self.send(RESET, 0, request.stream, &7u32.to_be_bytes()).await;
    }

    /// Resets the stream of a request.
    pub(crate) async fn reset(&mut self, request: &Request) {
        // INTERNAL_ERROR
        self.send(RESET, 0, request.stream, &2u32.to_be_bytes()).await;
    }

    /// Reports requests above the last one as untouched.
    pub(crate) async fn go_away(&mut self, last: u32, code: u32) {
        let payload = [last.to_be_bytes(), code.to_be_bytes()].concat();
        self.send(GO_AWAY, 0, 0, &payload).await;
    }

    async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        let mut frame = u32::try_from(payload.len()).unwrap().to_be_bytes()[1..].to_vec();
        frame.extend([kind, flags]);
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        self.write(&frame).await;
    }

    /// Writes any bytes, whether they are a frame or not.
    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        // The client may have closed the connection.
        let _ = self.0.write_all(bytes).await;
        let _ = self.0.flush().await;
    }
}

/// A header field as HPACK writes it without its tables and without Huffman's code.
pub(crate) fn field(name: &str, value: &str) -> Vec<u8> {
    let mut field = vec![0];
    for text in [name, value] {
        // An integer with a prefix of seven bits; RFC 7541, section 5.1.
        let mut rest = text.len();
        if rest < 127 {
            field.push(rest as u8);
        } else {
            field.push(127);
            rest -= 127;
            while rest >= 128 {
                field.push((rest % 128) as u8 | 128);
                rest /= 128;
            }
            field.push(rest as u8);
        }
        field.extend(text.as_bytes());
    }
    field
}
