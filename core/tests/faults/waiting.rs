//! Servers that hang, and servers that are only slow.

use std::time::Duration;

use polywrite::{CallOptions, Client, ErrorKind, Params};

use crate::clock::builder;
use crate::operations::{CREATE_NOTE, LIST_NOTES};
use crate::server::{Act, Server};

const SHORT: Duration = Duration::from_millis(150);

fn impatient(server: &Server) -> Client {
    builder(server).0.timeout(SHORT).idle_timeout(SHORT).build().unwrap()
}

#[tokio::test]
async fn a_hanging_server_is_a_time_out_and_not_asked_twice() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let params = Params::new().with("noteId", "a");
    let error = impatient(&server).execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("may have received"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_time_limit_can_be_set_for_one_call() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let client = builder(&server).0.build().unwrap();
    let options = CallOptions::new().timeout(SHORT);
    let error = client.execute(&LIST_NOTES, Params::new(), options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.message(), "no answer within 150ms");
}

#[tokio::test]
async fn a_body_that_stalls_is_a_time_out() {
    let server =
        Server::start([Act::Hang(b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"to".to_vec())]).await;
    let error = impatient(&server).execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().contains("stalled"), "{error}");
}

#[tokio::test]
async fn a_slow_body_survives_while_bytes_arrive() {
    let text = r#"{"total":3,"notes":[]}"#;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", text.len());
    let pieces = std::iter::once(head.into_bytes()).chain(text.bytes().map(|byte| vec![byte]));
    // Altogether it takes several times the limits.
    let server = Server::start([Act::Drip(pieces.collect(), Duration::from_millis(25))]).await;
    let response = impatient(&server).execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), text);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn dropping_the_call_closes_its_connection() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let client = builder(&server).0.build().unwrap();
    let call = client.execute(&LIST_NOTES, Params::new(), CallOptions::new());
    assert!(tokio::time::timeout(SHORT, call).await.is_err());
    assert_eq!(server.requests().len(), 1);
}
