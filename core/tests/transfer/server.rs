//! An HTTP/1.1 server on a plain socket, so that it can misbehave as no library does.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;

/// A request with its whole body.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Start, inclusive end and total of a Content-Range.
    pub(crate) fn range(&self) -> Option<(u64, u64, u64)> {
        let (range, total) = self.header("content-range")?.strip_prefix("bytes ")?.split_once('/')?;
        let (start, end) = range.split_once('-')?;
        Some((start.parse().unwrap(), end.parse().unwrap(), total.parse().unwrap()))
    }
}

/// What the server does about a request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// A response; with `cut` only that many bytes of the body are sent before the connection closes, with `hold` so many
    /// before there is a permit.
    Respond {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
        cut: Option<usize>,
        hold: Option<(usize, Arc<Semaphore>)>,
    },
    /// Nothing, until the client closes the connection.
    Silence,
}

impl Act {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Act::Respond { status, headers: Vec::new(), body: body.into(), cut: None, hold: None }
    }

    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Act::new(status, body.to_string()).with("content-type", "application/json")
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Act::Respond { headers, .. } = &mut self {
            headers.push((name, value.into()));
        }
        self
    }

    pub(crate) fn cut_after(mut self, bytes: usize) -> Self {
        if let Act::Respond { cut, .. } = &mut self {
            *cut = Some(bytes);
        }
        self
    }

    pub(crate) fn hold_after(mut self, bytes: usize, until: Arc<Semaphore>) -> Self {
        if let Act::Respond { hold, .. } = &mut self {
            *hold = Some((bytes, until));
        }
        self
    }
}

type PendingAct = Pin<Box<dyn Future<Output = Act> + Send>>;
type Handler = Arc<dyn Fn(Request) -> PendingAct + Send + Sync>;

/// A running server, which stops when it is dropped.
pub(crate) struct Server {
    pub(crate) endpoint: String,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<Request>>,
    closed: AtomicUsize,
    news: Notify,
}

impl Server {
    pub(crate) async fn start<F>(handler: impl Fn(Request) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Act> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
        let handler: Handler = Arc::new(move |request| Box::pin(handler(request)));
        let seen = Arc::new(Seen::default());
        let task = tokio::spawn({
            let seen = seen.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve(stream, handler.clone(), seen.clone()));
                }
            }
        });
        Server { endpoint, seen, task }
    }

    /// Every request so far, in the order in which they were complete.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// Waits until so many requests have come.
    pub(crate) async fn wait_for_requests(&self, count: usize) {
        self.wait_until(|seen| seen.requests.lock().unwrap().len() >= count).await;
    }

    /// Waits until the client has closed so many connections on a silent server.
    pub(crate) async fn wait_for_closed_connections(&self, count: usize) {
        self.wait_until(|seen| seen.closed.load(Ordering::SeqCst) >= count).await;
    }

    async fn wait_until(&self, condition: impl Fn(&Seen) -> bool) {
        loop {
            let news = self.seen.news.notified();
            let mut news = std::pin::pin!(news);
            news.as_mut().enable();
            if condition(&self.seen) {
                return;
            }
            news.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, handler: Handler, seen: Arc<Seen>) {
    while let Some(request) = read(&mut stream).await {
        seen.requests.lock().unwrap().push(request.clone());
        seen.news.notify_waiters();
        match handler(request).await {
            Act::Respond { status, headers, body, cut, hold } => {
                let mut head = format!("HTTP/1.1 {status} Status\r\n");
                if headers.iter().all(|(name, _)| *name != "transfer-encoding") {
                    head.push_str(&format!("content-length: {}\r\n", body.len()));
                }
                headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
                head.push_str("\r\n");
                let sent = async {
                    stream.write_all(head.as_bytes()).await?;
                    let body = &body[..cut.unwrap_or(body.len())];
                    let (first, rest) = body.split_at(hold.as_ref().map_or(0, |(bytes, _)| *bytes));
                    stream.write_all(first).await?;
                    if let Some((_, until)) = hold {
                        let _permit = until.acquire().await;
                    }
                    stream.write_all(rest).await
                };
                if sent.await.is_err() || cut.is_some() {
                    return;
                }
            }
            Act::Silence => {
                let _ = stream.read(&mut [0]).await;
                seen.closed.fetch_add(1, Ordering::SeqCst);
                seen.news.notify_waiters();
                return;
            }
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).unwrap();
    let mut lines = text.lines();
    let mut first = lines.next().unwrap().split(' ');
    let headers =
        lines.map(|line| line.split_once(": ").unwrap()).map(|(name, value)| (name.into(), value.into()));
    let mut request = Request {
        method: first.next().unwrap().into(),
        path: first.next().unwrap().into(),
        headers: headers.collect(),
        body: bytes.split_off(head + 4),
    };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    while request.body.len() < length {
        if stream.read_buf(&mut request.body).await.ok()? == 0 {
            return None;
        }
    }
    assert_eq!(request.body.len(), length);
    Some(request)
}
