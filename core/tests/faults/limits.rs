//! What bounds a call: the time for all of it, and the bytes that are kept in memory.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use polywrite::{CallOptions, Client, ClientConfig, Error, ErrorKind, Params};

use crate::clock::{builder, client};
use crate::operations::{CREATE_NOTE, GET_PICTURE, LIST_NOTES};
use crate::server::{Act, Server, json, respond};

#[test]
fn limits_of_zero_are_errors() {
    let settings =
        ["timeout", "connectTimeout", "idleTimeout", "deadline", "maxResponseBytes", "maxConnections"];
    for name in settings {
        let patch = ClientConfig::from_json(&format!(r#"{{"{name}": 0}}"#)).unwrap();
        let error = Client::new().configure(&patch).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.message(), format!("the setting `{name}` must be more than 0"));
        for other in ["-1", "\"1\"", "NaN", "1e400"] {
            let error = ClientConfig::from_json(&format!(r#"{{"{name}": {other}}}"#)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration, "{name}: {other}");
        }
        let patch = ClientConfig::from_json(&format!(r#"{{"{name}": null}}"#)).unwrap();
        Client::new().configure(&patch).unwrap();
    }
    for name in ["maxResponseBytes", "maxConnections"] {
        assert!(ClientConfig::from_json(&format!(r#"{{"{name}": 1.5}}"#)).is_err(), "{name}");
    }
}

#[tokio::test]
async fn options_of_zero_fail_before_sending() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    for (name, options) in [
        ("timeout", CallOptions::new().timeout(Duration::ZERO)),
        ("deadline", CallOptions::new().deadline(Duration::ZERO)),
        ("maxResponseBytes", CallOptions::new().max_response_bytes(0)),
    ] {
        let error = client.execute(&LIST_NOTES, Params::new(), options).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert_eq!(error.message(), format!("the option `{name}` must be more than 0"));
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn limits_are_shown() {
    let builder =
        Client::builder().deadline(Duration::from_secs(7)).max_response_bytes(12_345).max_connections(17);
    let options = CallOptions::new().deadline(Duration::from_secs(7)).max_response_bytes(12_345);
    let shown = format!("{builder:?}");
    for shown in [shown, format!("{:?}", builder.build().unwrap()), format!("{options:?} 17")] {
        for part in ["7s", "12345", "17"] {
            assert!(shown.contains(part), "{part} in {shown}");
        }
    }
}

const LIMIT: u64 = 1 << 20;

/// What the error for a response that is too large must say.
fn is_too_large(error: &Error, what: &str) {
    assert_eq!(error.kind(), ErrorKind::Decode, "{what}: {error:?}");
    assert_eq!(error.status(), Some(200), "{what}");
    assert_eq!(error.attempts().len(), 1, "{what} is not retried");
    assert!(error.operation().is_some(), "{what}: {error}");
    assert!(error.message().contains(&LIMIT.to_string()), "{what}: {error}");
    let hint = error.hint().unwrap_or_default();
    assert!(hint.contains("maxResponseBytes") && hint.contains("max_response_bytes"), "{what}: {error}");
}

fn limited(server: &Server) -> Client {
    builder(server).0.max_response_bytes(LIMIT).build().unwrap()
}

/// A body without an end: the same piece again and again, until the client stops reading.
fn endless(head: &str, piece: &[u8]) -> Act {
    let head = format!("HTTP/1.1 {head}\r\ntransfer-encoding: chunked\r\n\r\n");
    Act::Forever(head.into_bytes(), [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat())
}

/// Many zeros, compressed into few bytes.
fn bomb(size: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&vec![b'0'; size]).unwrap();
    encoder.finish().unwrap()
}

fn packed(status: &str, body: &[u8]) -> Act {
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
    Act::Respond([head.as_bytes(), body].concat())
}

#[tokio::test]
async fn a_response_that_announces_too_much_fails_before_it_is_read() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n";
    let server = Server::start([Act::Hang(head.into())]).await;
    let error = limited(&server).execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    is_too_large(&error, "announced");
    assert!(error.message().contains("10000000000"), "{error}");
    assert_eq!(server.requests().len(), 1);
    server.ended(1).await;
}

#[tokio::test]
async fn an_endless_response_ends_at_the_limit() {
    let piece = vec![b'1'; 10_000];
    for operation in [&LIST_NOTES, &GET_PICTURE] {
        let server = Server::start([endless("200 OK", &piece)]).await;
        let error = limited(&server).execute(operation, Params::new(), CallOptions::new()).await.unwrap_err();
        is_too_large(&error, operation.id);
        // The client closes the connection, and the server notices.
        server.ended(1).await;
    }
    let server = Server::start([endless("200 OK", &piece)]).await;
    let error = limited(&server).request("GET", "/notes", &[], Params::new()).await.unwrap_err();
    is_too_large(&error, "request");
    let error = limited(&server)
        .download(&GET_PICTURE, Params::new(), CallOptions::new())
        .await
        .unwrap()
        .bytes()
        .await;
    let error = error.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Decode, Some("notes.getPicture")), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_read_at_all() {
    let piece = vec![b'1'; 10_000];
    for head in ["302 Found\r\nlocation: /elsewhere", "307 Temporary Redirect\r\nlocation: /elsewhere"] {
        let server = Server::start([endless(head, &piece), json("200 OK", "{}")]).await;
        limited(&server).execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
        server.ended(1).await;
    }
    let server = Server::start([endless("302 Found\r\nlocation: /elsewhere", &piece)]).await;
    let error = limited(&server).redirect("GET", "/notes", &[], Params::new()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(302)), "{error:?}");
}

#[tokio::test]
async fn what_counts_is_the_size_after_decompression() {
    let small = bomb(LIMIT as usize);
    let large = bomb(200 * LIMIT as usize);
    assert!((large.len() as u64) < LIMIT, "what travels is small");
    let server = Server::start([packed("200 OK", &small), packed("200 OK", &large)]).await;
    let client = limited(&server);
    let whole = client.execute(&GET_PICTURE, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(whole.body().len() as u64, LIMIT);
    let error = client.execute(&GET_PICTURE, Params::new(), CallOptions::new()).await.unwrap_err();
    is_too_large(&error, "packed");
}

#[tokio::test]
async fn a_single_call_can_have_a_limit_of_its_own() {
    let body = format!("\"{}\"", "1".repeat(98));
    let server = Server::start([json("200 OK", &body)]).await;
    let (client, _) = client(&server);
    let of = |bytes| CallOptions::new().max_response_bytes(bytes);
    client.execute(&LIST_NOTES, Params::new(), of(100)).await.unwrap();
    let error = client.execute(&LIST_NOTES, Params::new(), of(99)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("99"), "{error}");
    let small = builder(&server).0.max_response_bytes(99).build().unwrap();
    small.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    small.execute(&LIST_NOTES, Params::new(), of(100)).await.unwrap();
}

#[tokio::test]
async fn of_an_errors_body_only_the_beginning_is_read() {
    let piece = vec![b'1'; 10_000];
    let large = bomb(200 * LIMIT as usize);
    for act in [packed("500 Internal Server Error", &large), endless("500 Internal Server Error", &piece)] {
        let server = Server::start([act]).await;
        let error =
            limited(&server).execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(500)));
        assert!(error.body().unwrap().len() <= 2 * 64 * 1024, "{}", error.body().unwrap().len());
        server.ended(1).await;
    }
}

#[tokio::test]
async fn a_slow_body_of_an_error_delays_no_call() {
    const SHORT: Duration = Duration::from_millis(300);
    let head = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 100000\r\n\r\n".to_vec();
    let pieces = std::iter::once(head).chain((0..100_000).map(|_| b"1".to_vec()));
    let server = Server::start([Act::Drip(pieces.collect(), SHORT / 30)]).await;
    let client = builder(&server).0.idle_timeout(SHORT).build().unwrap();
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.status(), Some(403));
    server.ended(1).await;
}

const DEADLINE: Duration = Duration::from_secs(2);

/// What the error of a call that did not end in time must say.
fn is_late(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    assert_eq!(error.message(), "the call's deadline of 2 s has passed");
    assert!(error.hint().unwrap_or_default().contains("may have received"), "{error}");
    assert_eq!(error.attempts().last().map(|attempt| attempt.kind), Some(ErrorKind::Timeout));
}

#[tokio::test]
async fn a_slow_body_ends_with_the_deadline() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n[".to_vec();
    let pieces = std::iter::once(head).chain((0..100_000).map(|_| b"1".to_vec()));
    let act = Act::Drip(pieces.collect(), Duration::from_millis(20));
    let server = Server::start([act]).await;
    let client = builder(&server).0.deadline(DEADLINE).build().unwrap();
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    is_late(&error);
    assert_eq!((error.operation(), server.requests().len()), (Some("notes.list"), 1));
    server.ended(1).await;
}

#[tokio::test]
async fn the_deadline_is_for_all_attempts() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let client = builder(&server).0.timeout(Duration::from_millis(20)).build().unwrap();
    let options = CallOptions::new().retries(u32::MAX).deadline(DEADLINE);
    let error = client.execute(&LIST_NOTES, Params::new(), options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("deadline of 2 s"), "{error}");
    assert!(error.attempts().len() > 1, "{error:?}");
    // On a busy machine an attempt may end before its request is sent.
    assert!(server.requests().len() <= error.attempts().len(), "{error:?}");
}

#[tokio::test]
async fn a_call_waits_for_a_server_that_hangs_until_the_deadline() {
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let client = builder(&server).0.deadline(DEADLINE).build().unwrap();
    let params = Params::new().with("noteId", &"a".repeat(1 << 21));
    for error in [
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err(),
        client.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap_err(),
        client.request("GET", "/notes", &[], Params::new()).await.unwrap_err(),
        client.redirect("GET", "/notes", &[], Params::new()).await.unwrap_err(),
    ] {
        is_late(&error);
        assert_eq!(error.attempts().len(), 1);
    }
}

#[tokio::test]
async fn a_call_does_not_wait_for_an_attempt_after_the_deadline() {
    let server = Server::start([respond("503 Service Unavailable", &["retry-after: 30"], "")]).await;
    let (client, clock) = client(&server);
    let options = CallOptions::new().deadline(DEADLINE);
    let error = client.execute(&LIST_NOTES, Params::new(), options).await.unwrap_err();
    // The error has the server's message, and says why there was only one attempt.
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(503)));
    assert!(error.hint().unwrap_or_default().contains("deadline of 2 s leaves no time"), "{error}");
    assert_eq!((error.attempts().len(), clock.waits().len(), server.requests().len()), (1, 0, 1));
    assert_eq!(error.attempts()[0].wait, None);
}

#[tokio::test]
async fn a_call_within_its_deadline_succeeds() {
    let server = Server::start([respond("502 Bad Gateway", &[], ""), json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    for deadline in [Duration::from_secs(600), Duration::MAX] {
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new().deadline(deadline)).await.unwrap();
    }
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn the_largest_count_of_a_language_means_no_limit() {
    for count in ["4294967296", "9223372036854775807", "18446744073709551615"] {
        ClientConfig::from_json(&format!(r#"{{"retries": {{"max": {count}}}}}"#)).unwrap();
        let options: CallOptions = serde_json::from_str(&format!(r#"{{"retries": {count}}}"#)).unwrap();
        assert_eq!(options.retries, Some(u32::MAX), "{count}");
    }
    for wrong in ["-1", "1.5", "1e400"] {
        assert!(
            ClientConfig::from_json(&format!(r#"{{"retries": {{"max": {wrong}}}}}"#)).is_err(),
            "{wrong}"
        );
        assert!(
            serde_json::from_str::<CallOptions>(&format!(r#"{{"retries": {wrong}}}"#)).is_err(),
            "{wrong}"
        );
    }
}
