//! Servers that hang, and servers that are slow.

use std::time::Duration;

use polywrite::{CallOptions, Client, ErrorKind, Params};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::clock::{TestClock, builder};
use crate::operations::{CREATE_NOTE, DELETE_NOTE, GET_NOTE, LIST_NOTES};
use crate::over;
use crate::server::{Act, Server, json, response_bytes};

const SHORT: Duration = Duration::from_millis(150);

fn impatient(server: &Server) -> Client {
    builder(server).0.timeout(SHORT).idle_timeout(SHORT).build().unwrap()
}

#[tokio::test]
async fn a_post_without_a_response_in_time_is_not_retried() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let params = Params::new().with("noteId", "a");
    let error = impatient(&server).execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("may have received"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_call_that_is_safe_to_repeat_is_retried_without_a_response_in_time() {
    for operation in [&GET_NOTE, &DELETE_NOTE] {
        let server = Server::start([Act::Hang(Vec::new()), json("200 OK", "{}")]).await;
        let (builder, clock) = builder(&server);
        let client = builder.timeout(SHORT).build().unwrap();
        let params = Params::new().with("noteId", "a");
        client.execute(operation, params, CallOptions::new()).await.unwrap();
        assert_eq!((server.requests().len(), clock.waits().len()), (2, 1));
    }
}

#[tokio::test]
async fn a_server_that_hangs_gets_as_many_attempts_as_the_policy_allows() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let options = CallOptions::new().retries(2);
    let error = impatient(&server).execute(&LIST_NOTES, Params::new(), options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(server.requests().len(), 3);
    assert_eq!(error.attempts().len(), 3);
    assert!(error.attempts().iter().all(|attempt| attempt.kind == ErrorKind::Timeout), "{error:?}");
    assert!(error.to_string().contains(", after 3 attempts"), "{error}");
}

/// A listener whose queue is full: it neither accepts nor refuses a connection.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connecting_that_takes_too_long_is_retried_even_for_a_post() {
    let listener = tokio::net::TcpSocket::new_v4().unwrap();
    listener.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    let listener = listener.listen(0).unwrap();
    let mut queue = Vec::new();
    while let Ok(Ok(waiting)) = tokio::time::timeout(SHORT, tokio::net::TcpStream::connect(address)).await {
        queue.push(waiting);
    }
    let client = Client::builder()
        .endpoint(format!("http://{address}/v1"))
        .connect_timeout(SHORT)
        .clock(TestClock::default())
        .build()
        .unwrap();
    let params = Params::new().with("noteId", "a");
    let error = client.execute(&CREATE_NOTE, params, CallOptions::new().retries(1)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Timeout, 2), "{error:?}");
    assert!(error.message().starts_with("connecting to http://127.0.0.1:"), "{error}");
    drop((listener, queue));
}

#[tokio::test]
async fn the_time_limit_can_be_set_for_one_call() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let client = builder(&server).0.build().unwrap();
    let options = CallOptions::new().timeout(SHORT).retries(0);
    let error = client.execute(&LIST_NOTES, Params::new(), options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.message(), "no response within 0.15 s");
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
async fn a_server_that_hangs_after_a_large_body_is_given_no_more_time_than_after_a_small_one() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let client = impatient(&server);
    let params = Params::new().with("noteId", &"a".repeat(1 << 21));
    let call = client.execute(&CREATE_NOTE, params, CallOptions::new());
    // Far above the limit, and far below what so many bytes would take on a slow network.
    let error = tokio::time::timeout(Duration::from_secs(15), call).await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Timeout, "no response within 0.15 s"));
    assert_eq!(error.attempts().len(), 1);
}

#[tokio::test]
async fn a_large_body_has_the_time_that_it_takes() {
    const LIMIT: Duration = Duration::from_secs(1);
    const MEBIBYTE: usize = 1 << 20;
    // More than fits into the system's buffers.
    let body = "a".repeat(32 * MEBIBYTE);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    let length = body.len();
    let reading = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut piece, mut seen) = (vec![0; MEBIBYTE], 0);
        while seen < length {
            tokio::time::sleep(LIMIT / 20).await;
            seen += stream.read_exact(&mut piece).await.unwrap();
        }
        stream.write_all(&response_bytes("201 Created", &[], "{}")).await.unwrap();
        // Closing with unread bytes would reset the connection, which may discard the response.
        let _ = stream.read_to_end(&mut piece).await;
    });
    let client = over::builder().endpoint(endpoint).timeout(LIMIT).retries(0).build().unwrap();
    let params = Params::new().with("noteId", &body);
    client.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap();
    reading.abort();
}

#[tokio::test]
async fn a_slow_body_survives_while_bytes_arrive() {
    let text = r#"{"total":3,"notes":[]}"#;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", text.len());
    let pieces = std::iter::once(head.into_bytes()).chain(text.bytes().map(|byte| vec![byte]));
    // All in all it takes several times the limits.
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
