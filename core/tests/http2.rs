//! HTTP/2: taken where the server offers it, unless it is switched off.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/logs.rs"]
mod logs;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use polywrite::{CallOptions, Client, ClientBuilder, ErrorKind, Params, operation};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

const H2: &[u8] = b"h2";

#[tokio::test]
async fn calls_share_one_http2_connection() {
    let server = Server::start(&[H2, b"http/1.1"]).await;
    let client = server.client().build().unwrap();
    // The second time there is a connection already.
    for _ in 0..2 {
        assert_eq!(pings(&client, 32).await, ["HTTP/2"; 32]);
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_first_call_finds_out_for_all_others() {
    let server = Server::start(&[b"http/1.1"]).await;
    let client = server.client().build().unwrap();
    assert_eq!(pings(&client, 8).await, ["HTTP/1.1"; 8]);
    assert!(server.connections.load(Ordering::SeqCst) <= 8);
}

#[tokio::test]
async fn a_server_that_comes_back_with_http2_gets_what_was_not_sent_by_http1() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder()
        .endpoint(format!("https://{}/v1", listener.local_addr().unwrap()))
        .self_signed(true)
        .build()
        .unwrap();
    let (answered, hang_up) = tokio::sync::oneshot::channel();
    let (hung_up, gone) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = acceptor(&[b"http/1.1"]).accept(stream).await.unwrap();
        answer_http1(&mut stream, &mut Vec::new()).await;
        hang_up.await.unwrap();
        drop(stream);
        hung_up.send(()).unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        serve(acceptor(&[H2]), stream).await;
    });
    assert_eq!(client.ping().await.unwrap(), "HTTP/1.1");
    answered.send(()).unwrap();
    gone.await.unwrap();
    let response = client.request("POST", "/notes", &[], Params::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), "HTTP/2");
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_fails_all_calls_at_the_same_time() {
    // Nobody takes what comes in here, so that TLS never begins.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder()
        .endpoint(format!("https://{}/v1", silent.local_addr().unwrap()))
        .connect_timeout(Duration::from_millis(200))
        .retries(0)
        .build()
        .unwrap();
    let began = Instant::now();
    let calls = (0..50).map(|_| client.ping());
    for answered in futures_util::future::join_all(calls).await {
        assert_eq!(answered.unwrap_err().kind(), ErrorKind::Timeout);
    }
    // One after the other it would take ten seconds.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test]
async fn who_gives_up_leaves_finding_out_to_the_next() {
    let server = Server::start_after(1, &[H2]).await;
    let client = server.client().build().unwrap();
    let ping = |client: Client| tokio::spawn(async move { client.ping().await });
    let stuck = ping(client.clone());
    while server.connections.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let waiting = ping(client);
    tokio::task::yield_now().await;
    stuck.abort();
    assert_eq!(waiting.await.unwrap().unwrap(), "HTTP/2");
    assert_eq!(server.connections.load(Ordering::SeqCst), 2);
}

/// What the server answers to calls at the same time.
async fn pings(client: &Client, count: usize) -> Vec<String> {
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..count {
        let client = client.clone();
        calls.spawn(async move { client.ping().await.unwrap() });
    }
    calls.join_all().await
}

#[tokio::test]
async fn no_level_of_logging_shows_a_credential() {
    let server = Server::start(&[H2]).await;
    let (logs, _guard) = logs::Logs::collect();
    let client = server.client().key("standard_topsecret").cookie("a=topsecret").build().unwrap();
    client.ping().await.unwrap();
    let options = CallOptions::new().header("Authorization", "Bearer topsecret");
    client.execute(operation("locale.get").unwrap(), Params::new(), options).await.unwrap_err();
    // What HTTP/2 says is among it.
    assert!(logs.text().contains("h2::"), "{}", logs.text());
    assert!(!logs.text().contains("topsecret"), "{}", logs.text());
}

#[tokio::test]
async fn what_a_busy_server_left_untouched_is_sent_again() {
    let server = Server::start(&[H2]).await;
    let client = server.client().build().unwrap();
    let response = client.request("POST", "/busy", &[], Params::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), "HTTP/2");
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_long_answer_outlives_the_time_that_a_connection_is_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder()
        .endpoint(format!("https://{}/v1", listener.local_addr().unwrap()))
        .project("p")
        .self_signed(true)
        .build()
        .unwrap();
    let (go_on, wait) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let stream = acceptor(&[H2]).accept(listener.accept().await.unwrap().0).await.unwrap();
        let mut connection = h2::server::handshake(stream).await.unwrap();
        let (_, mut respond) = connection.accept().await.unwrap().unwrap();
        let mut body = respond.send_response(http::Response::new(()), false).unwrap();
        body.send_data(Bytes::from_static(b"one "), false).unwrap();
        tokio::spawn(async move {
            wait.await.unwrap();
            body.send_data(Bytes::from_static(b"two"), true).unwrap();
        });
        while connection.accept().await.is_some() {}
    });
    let params = Params::new().with("bucketId", "b").with("fileId", "f");
    let call = CallOptions::new().retries(0);
    let mut download =
        client.download(operation("storage.getFileDownload").unwrap(), params, call).await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "one ");
    tokio::time::pause();
    for _ in 0..20 {
        tokio::time::advance(Duration::from_secs(5)).await;
        // Lets the two sides ask each other whether they are still there.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
    tokio::time::resume();
    go_on.send(()).unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "two");
    assert_eq!(download.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn http2_can_be_switched_off() {
    let server = Server::start(&[H2, b"http/1.1"]).await;
    assert_eq!(server.client().http1_only(true).build().unwrap().ping().await.unwrap(), "HTTP/1.1");
}

#[tokio::test]
async fn a_server_without_http2_gets_http1() {
    for offered in [&[&b"http/1.1"[..]][..], &[]] {
        let server = Server::start(offered).await;
        assert_eq!(server.client().build().unwrap().ping().await.unwrap(), "HTTP/1.1");
    }
}

/// Answers with the version of HTTP that was spoken.
struct Server {
    endpoint: String,
    connections: Arc<AtomicUsize>,
}

impl Server {
    async fn start(offered: &[&[u8]]) -> Self {
        Self::start_after(0, offered).await
    }

    /// A server that never says a word on its first connections.
    async fn start_after(silent: usize, offered: &[&[u8]]) -> Self {
        let tls = acceptor(offered);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("https://{}/v1", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = connections.clone();
        tokio::spawn(async move {
            let mut kept = Vec::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                if counter.fetch_add(1, Ordering::SeqCst) < silent {
                    kept.push(stream);
                } else {
                    tokio::spawn(serve(tls.clone(), stream));
                }
            }
        });
        Self { endpoint, connections }
    }

    fn client(&self) -> ClientBuilder {
        Client::builder().endpoint(&*self.endpoint).self_signed(true)
    }
}

/// A server's side of TLS, for these versions of HTTP.
fn acceptor(offered: &[&[u8]]) -> TlsAcceptor {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], PrivateKeyDer::Pkcs8(signing_key.serialize_der().into()))
        .unwrap();
    config.alpn_protocols = offered.iter().map(|name| name.to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

async fn serve(tls: TlsAcceptor, stream: TcpStream) {
    let stream = tls.accept(stream).await.unwrap();
    match stream.get_ref().1.alpn_protocol() {
        Some(H2) => serve_http2(stream).await,
        _ => serve_http1(stream).await,
    }
}

async fn serve_http2(stream: TlsStream<TcpStream>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    let mut is_first = true;
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        if std::mem::take(&mut is_first) && request.uri().path().ends_with("/busy") {
            respond.send_reset(h2::Reason::REFUSED_STREAM);
            continue;
        }
        // The address as a whole, as HTTP/2 wants it.
        let answer = match request.uri().authority() {
            Some(_) => Bytes::from_static(b"HTTP/2"),
            None => Bytes::from_static(b"HTTP/2 without a host"),
        };
        let mut body = respond.send_response(http::Response::new(()), false).unwrap();
        body.send_data(answer, true).unwrap();
    }
}

async fn serve_http1(mut stream: TlsStream<TcpStream>) {
    let mut seen = Vec::new();
    while answer_http1(&mut stream, &mut seen).await {}
}

/// Answers the next request; false when there is none.
async fn answer_http1(stream: &mut TlsStream<TcpStream>, seen: &mut Vec<u8>) -> bool {
    while stream.read_buf(seen).await.is_ok_and(|length| length > 0) {
        if seen.ends_with(b"\r\n\r\n") {
            seen.clear();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nHTTP/1.1").await.unwrap();
            return true;
        }
    }
    false
}
