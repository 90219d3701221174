//! Which clients share connections. Pools belong to the process, so these checks have one of their own and run in turn.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use polywrite::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn connections_are_shared_until_a_fork() {
    let (endpoint, connections) = server().await;
    let count = || connections.load(Ordering::SeqCst);

    for index in 0..1000 {
        let client = Client::builder().endpoint(&*endpoint).project("shop").build().unwrap();
        client.with_session(format!("session{index}")).unwrap().ping().await.unwrap();
    }
    assert_eq!(count(), 1, "a client for every call");

    let old = Client::builder().endpoint(&*endpoint).build().unwrap();
    polywrite::after_fork();
    old.ping().await.unwrap();
    old.ping().await.unwrap();
    assert_eq!(count(), 2, "a client that was made before the fork");
}

/// Responds to every request; counts connections.
async fn server() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = connections.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(serve(stream));
        }
    });
    (endpoint, connections)
}

async fn serve(mut stream: TcpStream) {
    let mut seen = Vec::new();
    while stream.read_buf(&mut seen).await.is_ok_and(|length| length > 0) {
        if seen.ends_with(b"\r\n\r\n") {
            seen.clear();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nPong!").await.unwrap();
        }
    }
}
