//! From a response to HTTP.

use std::io::{Read, Seek, SeekFrom, Write};

use axum::{
    body::Body,
    http::{self, HeaderName, HeaderValue, StatusCode},
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::{
    failure::Failure,
    response::{self, Response},
};

/// Bodies at least this long are compressed for clients that can read it.
const COMPRESS_FROM: usize = 1024;

/// The longest content that the server sends in one piece: 20 MB.
const ONE_PIECE: u64 = 20_000_000;

/// How much of a file is read at a time.
const FILE_CHUNK: usize = 256 * 1024;

/// Headers that keep a response out of every cache.
pub(crate) const NO_CACHE: [(&str, &str); 3] =
    [("cache-control", "no-cache, no-store, must-revalidate"), ("expires", "0"), ("pragma", "no-cache")];

/// What the client can do with the response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client {
    /// It asked with HEAD: headers only.
    pub(crate) is_head: bool,
    /// It reads gzip.
    pub(crate) reads_gzip: bool,
}

/// The response as HTTP; `headers` come first, and `json` is the text of a body of JSON.
pub(crate) fn success(
    given: Response,
    json: Option<Bytes>,
    headers: &[(&'static str, String)],
    client: Client,
) -> http::Response<Body> {
    let mut response = match given.body {
        response::Body::Empty => {
            let mut response = http::Response::new(Body::empty());
            set(&mut response, "content-type", "text/html");
            response
        }
        response::Body::Json(_) => text("application/json; charset=UTF-8", json.unwrap_or_default(), client),
        response::Body::Bytes(kind, content) => text(&kind, content, client),
        // What the server sends in one piece it compresses as well.
        response::Body::File { kind, path, start, length }
            if client.reads_gzip && is_compressible(&kind) && length <= ONE_PIECE =>
        {
            match piece(&path, start, length) {
                Ok(content) => text(&kind, content, client),
                Err(_) => http::Response::new(Body::empty()),
            }
        }
        response::Body::File { kind, path, start, length } => {
            let body = if client.is_head { Body::empty() } else { file(path, start, length) };
            let mut response = http::Response::new(body);
            set(&mut response, "content-type", &kind);
            set(&mut response, "content-length", &length.to_string());
            response
        }
    };
    *response.status_mut() = StatusCode::from_u16(given.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    finish(response, headers.iter().chain(&given.headers), client)
}

/// The failure as HTTP: JSON, or the server's page.
pub(crate) fn failure(
    failure: &Failure,
    headers: &[(&'static str, String)],
    client: Client,
) -> http::Response<Body> {
    let mut response = if failure.page {
        text("text/html; charset=UTF-8", Bytes::from(page(failure)), client)
    } else {
        text("application/json; charset=UTF-8", Bytes::from(failure.body().to_string()), client)
    };
    *response.status_mut() =
        StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in NO_CACHE {
        append(&mut response, name, value);
    }
    finish(response, headers.iter(), client)
}

const PAGE: &str = include_str!("page.html");

/// The server's page for people, in our own words.
fn page(failure: &Failure) -> String {
    let title = if failure.status == 404 { "Page not found" } else { failure.said() };
    PAGE.replace("{status}", &failure.status.to_string()).replace("{title}", &as_text(title))
}

/// Text as HTML shows it: what a request has brought runs no scripts.
fn as_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn text(kind: &str, content: Bytes, client: Client) -> http::Response<Body> {
    let is_worth_it = content.len() >= COMPRESS_FROM && is_compressible(kind);
    let compressed = (client.reads_gzip && is_worth_it).then(|| gzip(&content)).flatten();
    let is_compressed = compressed.is_some();
    let mut response = http::Response::new(Body::from(compressed.unwrap_or(content)));
    set(&mut response, "content-type", kind);
    if is_compressed {
        set(&mut response, "content-encoding", "gzip");
        set(&mut response, "x-utopia-compression", "true");
        set(&mut response, "vary", "Accept-Encoding");
    }
    response
}

/// Content types that the server compresses: text, and pictures that are text.
fn is_compressible(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/")
        || matches!(
            kind,
            "application/json"
                | "application/javascript"
                | "application/xml"
                | "application/xhtml+xml"
                | "image/svg+xml"
        )
}

/// A part of a file, whole.
fn piece(path: &std::path::Path, start: u64, length: u64) -> std::io::Result<Bytes> {
    let mut file = std::fs::File::open(path)?;
    file.seek(SeekFrom::Start(start))?;
    let mut content = Vec::new();
    file.take(length).read_to_end(&mut content)?;
    Ok(Bytes::from(content))
}

fn gzip(content: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 4), Compression::fast());
    encoder.write_all(content).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// Streams part of a file; a file that vanishes meanwhile cuts the response off.
fn file(path: std::path::PathBuf, start: u64, length: u64) -> Body {
    let (sender, receiver) = tokio::sync::mpsc::channel::<std::io::Result<Bytes>>(2);
    tokio::spawn(async move {
        let read = async {
            let mut file = tokio::fs::File::open(path).await?;
            file.seek(std::io::SeekFrom::Start(start)).await?;
            let mut left = length;
            while left > 0 {
                let mut buffer = vec![0; FILE_CHUNK.min(usize::try_from(left).unwrap_or(FILE_CHUNK))];
                file.read_exact(&mut buffer).await?;
                left -= buffer.len() as u64;
                if sender.send(Ok(Bytes::from(buffer))).await.is_err() {
                    break;
                }
            }
            Ok::<(), std::io::Error>(())
        };
        if let Err(problem) = read.await {
            // The receiver may be gone already; then no reader waits for the problem either.
            let _ = sender.send(Err(problem)).await;
        }
    });
    Body::new(FileBody { receiver })
}

/// A body fed by a channel.
struct FileBody {
    receiver: tokio::sync::mpsc::Receiver<std::io::Result<Bytes>>,
}

impl hyper::body::Body for FileBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
        self.receiver.poll_recv(context).map(|chunk| chunk.map(|chunk| chunk.map(hyper::body::Frame::data)))
    }
}

fn finish<'a>(
    mut response: http::Response<Body>,
    headers: impl Iterator<Item = &'a (&'static str, String)>,
    client: Client,
) -> http::Response<Body> {
    for (name, value) in headers {
        append(&mut response, name, value);
    }
    if client.is_head {
        let length = hyper::body::Body::size_hint(response.body()).exact();
        if let Some(length) = length.filter(|_| !response.headers().contains_key("content-length")) {
            set(&mut response, "content-length", &length.to_string());
        }
        *response.body_mut() = Body::empty();
    }
    response
}

fn set(response: &mut http::Response<Body>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

fn append(response: &mut http::Response<Body>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
        response.headers_mut().append(HeaderName::from_static(name), value);
    }
}
