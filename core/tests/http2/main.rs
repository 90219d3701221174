//! HTTP/2: used where the server offers it, unless it is switched off.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/logs.rs"]
mod logs;

#[path = "../chaos/chance.rs"]
mod chance;
mod chaos;
mod ending;
mod raw;
mod server;
mod silence;

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use bytes::Bytes;
use polywrite::{CallOptions, Client, ErrorKind, Params, operation};
use tokio::net::TcpListener;

use server::{H2, Server, acceptor, respond_http1, serve};

#[tokio::test]
async fn calls_share_one_http2_connection() {
    let server = Server::start(&[H2, b"http/1.1"]).await;
    let client = server.client().build().unwrap();
    // The second time a connection is open already.
    for _ in 0..2 {
        assert_eq!(pings(&client, 32).await, ["HTTP/2"; 32]);
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_first_call_learns_the_protocol_for_all_others() {
    let server = Server::start(&[b"http/1.1"]).await;
    let client = server.client().build().unwrap();
    assert_eq!(pings(&client, 8).await, ["HTTP/1.1"; 8]);
    assert!(server.connections.load(Ordering::SeqCst) <= 8);
}

#[tokio::test]
async fn a_server_that_returns_with_http2_gets_what_was_not_sent_over_http1() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder()
        .endpoint(format!("https://{}/v1", listener.local_addr().unwrap()))
        .self_signed(true)
        .build()
        .unwrap();
    let (responded, may_close) = tokio::sync::oneshot::channel();
    let (closed, gone) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = acceptor(&[b"http/1.1"]).accept(stream).await.unwrap();
        respond_http1(&mut stream, &mut Vec::new()).await;
        may_close.await.unwrap();
        drop(stream);
        closed.send(()).unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        serve(acceptor(&[H2]), stream).await;
    });
    assert_eq!(client.ping().await.unwrap(), "HTTP/1.1");
    responded.send(()).unwrap();
    gone.await.unwrap();
    let response = client.request("POST", "/notes", &[], Params::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), "HTTP/2");
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_fails_all_calls_at_the_same_time() {
    // Nothing accepts connections here, so TLS never begins.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Client::builder()
        .endpoint(format!("https://{}/v1", silent.local_addr().unwrap()))
        .connect_timeout(Duration::from_millis(200))
        .retries(0)
        .build()
        .unwrap();
    let began = Instant::now();
    let calls = (0..50).map(|_| client.ping());
    for result in futures_util::future::join_all(calls).await {
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Timeout);
    }
    // One after the other they would take ten seconds.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_cancelled_first_call_leaves_the_handshake_to_the_next() {
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

/// The responses to concurrent calls.
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
    // The logs of h2 are included.
    assert!(logs.text().contains("h2::"), "{}", logs.text());
    assert!(!logs.text().contains("topsecret"), "{}", logs.text());
}

#[tokio::test]
async fn a_request_that_a_busy_server_left_untouched_is_sent_again() {
    let server = Server::start(&[H2]).await;
    let client = server.client().build().unwrap();
    let response = client.request("POST", "/busy", &[], Params::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), "HTTP/2");
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_long_response_outlives_the_idle_time_of_its_connection() {
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
        // Lets both sides exchange their pings.
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
