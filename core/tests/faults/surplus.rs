//! Servers and proxies that send surplus bytes over HTTP/1.1: no call gets what belongs to another.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use polywrite::{CallOptions, Client, ErrorKind, Params};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::clock::client;
use crate::operations::{CREATE_NOTE, GET_ANY_NOTE, LIST_NOTES};
use crate::server::{Act, Server, json, response_bytes};

/// A server that writes what the test says, when the test says it.
struct Puppet {
    listener: TcpListener,
    client: Client,
}

impl Puppet {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
        Self { listener, client: Client::builder().endpoint(endpoint).retries(0).build().unwrap() }
    }

    /// Accepts a connection and reads its first request.
    async fn accept(&self) -> TcpStream {
        let mut stream = self.listener.accept().await.unwrap().0;
        assert!(request_arrived(&mut stream).await);
        stream
    }

    async fn get(&self, note: &str) -> polywrite::Result<String> {
        let client = self.client.clone();
        let params = Params::new().with("noteId", note);
        let response = client.execute(&GET_ANY_NOTE, params, CallOptions::new()).await?;
        Ok(response.text().unwrap().to_owned())
    }
}

/// Waits for a request's head; false when the connection has ended.
pub(crate) async fn request_arrived(stream: &mut TcpStream) -> bool {
    let mut seen = Vec::new();
    while !seen.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut seen).await.unwrap_or_default() == 0 {
            return false;
        }
    }
    true
}

pub(crate) async fn respond(stream: &mut TcpStream, body: &str) {
    stream.write_all(&response_bytes("200 OK", &[], body)).await.unwrap();
}

#[tokio::test]
async fn surplus_bytes_end_a_connection() {
    let puppet = Puppet::start().await;
    let (first, stream) = tokio::join!(puppet.get("a"), async {
        let mut stream = puppet.accept().await;
        respond(&mut stream, r#""a""#).await;
        stream
    });
    assert_eq!(first.unwrap(), r#""a""#);
    let mut stream = stream;
    respond(&mut stream, r#""a""#).await;
    // What the second call would take for its own response has arrived.
    let (second, ()) = tokio::join!(puppet.get("b"), async {
        let mut stream = puppet.accept().await;
        respond(&mut stream, r#""b""#).await;
    });
    assert_eq!(second.unwrap(), r#""b""#);
    assert!(!request_arrived(&mut stream).await, "the connection got another call");
}

#[tokio::test]
async fn the_connection_that_was_just_returned_is_not_the_next_one_while_others_are_idle() {
    let puppet = Puppet::start().await;
    let calls = async { join_all(["a", "b", "c"].map(|note| puppet.get(note))).await };
    let (results, mut streams) = tokio::join!(calls, async {
        let mut streams = Vec::new();
        for _ in 0..3 {
            streams.push(puppet.accept().await);
        }
        for stream in &mut streams {
            respond(stream, "{}").await;
        }
        streams
    });
    assert!(results.iter().all(Result::is_ok));
    let (mut last, mut quick) = (None, 0);
    while quick < 6 {
        let began = Instant::now();
        let (result, used) = tokio::join!(puppet.get("d"), async {
            let arrivals = streams.iter_mut().enumerate().map(|(number, stream)| {
                Box::pin(async move {
                    assert!(request_arrived(stream).await);
                    respond(stream, "{}").await;
                    number
                })
            });
            futures_util::future::select_all(arrivals).await.0
        });
        result.unwrap();
        let before = last.replace(used);
        // After five milliseconds a connection is used like the others.
        if before.is_some() && began.elapsed() < Duration::from_millis(4) {
            assert_ne!(before, last);
            quick += 1;
        }
    }
}

#[tokio::test]
async fn connections_to_a_server_that_sent_too_much_rest_before_they_are_used_again() {
    let good = response_bytes("200 OK", &[], "{}");
    let twice = [good.clone(), good.clone()].concat();
    let server = Server::start([Act::Respond(twice), Act::Respond(good)]).await;
    let (client, _) = client(&server);
    for _ in 0..3 {
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (3, 3));
    // After that they are used again.
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(1)).await;
    tokio::time::resume();
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (4, 3));
}

#[tokio::test]
async fn a_response_that_comes_before_its_request_was_sent_is_not_accepted() {
    let puppet = Puppet::start().await;
    // More than fits into the system's socket buffers.
    let data = "x".repeat(32 * 1024 * 1024);
    let params = Params::new().with("noteId", "a").with("default", &*data);
    let call = puppet.client.execute(&CREATE_NOTE, params, CallOptions::new());
    let (result, _stream) = tokio::join!(call, async {
        let mut stream = puppet.listener.accept().await.unwrap().0;
        stream.read_exact(&mut [0; 100]).await.unwrap();
        respond(&mut stream, r#"{"of": "another"}"#).await;
        stream
    });
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert!(error.message().contains("before the request was sent"), "{error}");
}

#[tokio::test]
async fn a_server_may_reject_a_request_before_it_has_all_of_it() {
    let puppet = Puppet::start().await;
    let data = "x".repeat(32 * 1024 * 1024);
    let params = Params::new().with("noteId", "a").with("default", &*data);
    let call = puppet.client.execute(&CREATE_NOTE, params, CallOptions::new());
    let (result, _stream) = tokio::join!(call, async {
        let mut stream = puppet.listener.accept().await.unwrap().0;
        stream.read_exact(&mut [0; 100]).await.unwrap();
        stream.write_all(&response_bytes("413 Content Too Large", &[], "{}")).await.unwrap();
        stream
    });
    assert_eq!(result.unwrap_err().status(), Some(413));
}

#[tokio::test]
async fn a_misdirected_request_is_sent_once_more_on_a_new_connection() {
    let misdirected = || json("421 Misdirected Request", "{}");
    let server = Server::start([misdirected(), json("200 OK", "{}"), misdirected()]).await;
    let (client, _) = client(&server);
    let params = || Params::new().with("noteId", "a");
    let call = || client.execute(&CREATE_NOTE, params(), CallOptions::new().retries(0));
    call().await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
    assert_eq!(call().await.unwrap_err().status(), Some(421));
    assert_eq!((server.requests().len(), server.connections()), (4, 3));
}
