//! Responses that break, stall or are not what they should be.

use polywrite::{CallOptions, ErrorKind, Params};

use crate::clock::client;
use crate::operations::{CREATE_NOTE, DELETE_NOTE, GET_NOTE, GET_PICTURE, LIST_NOTES};
use crate::server::{Act, Server, json, respond, response_bytes};

const GOOD: &str = r#"{"total":3}"#;

#[tokio::test]
async fn a_reset_before_the_response_is_retried() {
    let server = Server::start([Act::RespondAndReset(Vec::new()), json("200 OK", GOOD)]).await;
    let (client, clock) = client(&server);
    let response = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), GOOD);
    assert_eq!(server.requests().len(), 2);
    // The server most likely closed the idle connection: no need to wait.
    assert!(clock.waits().is_empty());
}

#[tokio::test]
async fn a_reset_within_the_response_is_retried() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"tot".to_vec();
    let server = Server::start([Act::RespondAndReset(half), json("200 OK", GOOD)]).await;
    let (client, clock) = client(&server);
    let response = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), GOOD);
    assert_eq!((server.requests().len(), clock.waits().len()), (2, 1));
}

#[tokio::test]
async fn a_response_that_is_cut_off_is_retried_or_an_error() {
    let short = b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"tot".to_vec();
    let chunk = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"tot\r\n".to_vec();
    // Without a length the end of the connection looks like the end of the response.
    let endless = b"HTTP/1.1 200 OK\r\n\r\n{\"tot".to_vec();
    for half in [short, chunk, endless] {
        let server = Server::start([Act::RespondAndClose(half.clone()), json("200 OK", GOOD)]).await;
        let (mended, _) = client(&server);
        let response = mended.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
        assert_eq!(response.text().unwrap(), GOOD);

        let server = Server::start([Act::RespondAndClose(half)]).await;
        let (broken, _) = client(&server);
        let error = broken.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Network | ErrorKind::Decode), "{error}");
        assert!(error.message().contains("cut off"), "{error}");
        assert_eq!(error.attempts().len(), 4);
    }
}

#[tokio::test]
async fn malformed_json_shows_where_and_how_it_begins() {
    let server = Server::start([json("200 OK", r#"{"total": nonsense}"#)]).await;
    let (client, _) = client(&server);
    let response = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    let error = response.json::<serde_json::Value>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.operation(), Some("notes.list"));
    assert!(error.message().contains("column 12"), "{error}");
    assert!(error.message().contains(r#"begins: {"total": nonsense}"#), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_page_with_200_is_an_error_that_shows_it() {
    let page = "<!DOCTYPE html>\n<html><title>Proxy</title></html>";
    let server = Server::start([respond("200 OK", &["content-type: text/html"], page)]).await;
    let (client, _) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status(), Some(200));
    assert!(error.message().contains("not JSON"), "{error}");
    assert!(error.message().contains("begins: <!DOCTYPE html> <html><title>Proxy"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_page_with_404_asks_about_the_endpoint() {
    let server =
        Server::start([respond("404 Not Found", &["content-type: text/html"], "<!DOCTYPE html>")]).await;
    let (client, _) = client(&server);
    let error =
        client.execute(&GET_NOTE, Params::new().with("noteId", "a"), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.message(), "the server responded 404 Not Found");
    assert!(error.hint().unwrap().contains("/v1"), "{error}");
}

#[tokio::test]
async fn no_content_is_fine_with_any_content_type() {
    for headers in [&[][..], &["content-type: text/html"][..], &["content-type: application/json"][..]] {
        let mut bare = response_bytes("204 No Content", headers, "");
        if headers.is_empty() {
            bare = b"HTTP/1.1 204 No Content\r\n\r\n".to_vec();
        }
        let server = Server::start([Act::Respond(bare)]).await;
        let (client, _) = client(&server);
        let params = Params::new().with("noteId", "a");
        let response = client.execute(&DELETE_NOTE, params, CallOptions::new()).await.unwrap();
        assert_eq!((response.status(), response.body().len()), (204, 0));
    }
}

#[tokio::test]
async fn an_empty_operation_ignores_a_body() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let params = Params::new().with("noteId", "a");
    assert_eq!(client.execute(&DELETE_NOTE, params, CallOptions::new()).await.unwrap().status(), 200);
}

#[tokio::test]
async fn no_content_where_json_belongs_is_an_error() {
    let server = Server::start([Act::Respond(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())]).await;
    let (client, _) = client(&server);
    let params = Params::new().with("noteId", "a");
    let error = client.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("is empty"), "{error}");
}

#[tokio::test]
async fn bytes_stay_bytes_even_when_they_are_json() {
    let server = Server::start([json("200 OK", r#"{"a" : 1}"#)]).await;
    let (client, _) = client(&server);
    let response = client.execute(&GET_PICTURE, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(&response.body()[..], br#"{"a" : 1}"#);
    let request = server.requests().remove(0);
    assert!(request.contains("\r\naccept: image/png\r\n"), "{request}");
    assert!(request.contains("\r\nx-extra: 1\r\n"), "{request}");
}

#[tokio::test]
async fn a_download_that_breaks_at_its_very_end_is_whole() {
    // Appwrite does not say how long a large file is, so the end may be all that was lost.
    let endless = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nabcd\r\n".to_vec();
    let last = respond("206 Partial Content", &["content-range: bytes 0-3/4"], "abcd");
    let server = Server::start([Act::RespondAndClose(endless), last]).await;
    let (client, _) = client(&server);
    let download = client.download(&GET_PICTURE, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(download.size(), None);
    assert_eq!(&download.bytes().await.unwrap()[..], b"abcd");
    assert!(server.requests()[1].contains("\r\nrange: bytes=0-\r\n"), "{:?}", server.requests());
}

#[tokio::test]
async fn a_plain_text_is_the_message_of_its_error() {
    let server = Server::start([respond("502 Bad Gateway", &[], "upstream is asleep")]).await;
    let (client, _) = client(&server);
    let options = CallOptions::new().retries(0);
    let error = client.execute(&LIST_NOTES, Params::new(), options).await.unwrap_err();
    assert_eq!((error.message(), error.body()), ("upstream is asleep", Some("upstream is asleep")));
    assert_eq!(error.kind(), ErrorKind::Api);
}

#[tokio::test]
async fn what_is_not_http_is_an_error() {
    let server = Server::start([Act::RespondAndClose(b"220 smtp.example.com ready\r\n".to_vec())]).await;
    let (client, _) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
}

#[tokio::test]
async fn gzip_is_unpacked_and_broken_gzip_is_an_error() {
    // `{"total":3}`, compressed.
    const PACKED: &[u8] = &[
        31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 171, 86, 42, 201, 47, 73, 204, 81, 178, 50, 174, 5, 0, 177, 74,
        253, 39, 11, 0, 0, 0,
    ];
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", PACKED.len());
    let packed = [head.as_bytes(), PACKED].concat();
    let mut broken = packed.clone();
    let middle = broken.len() - 12;
    broken[middle] ^= 0xff;

    let server = Server::start([Act::Respond(packed)]).await;
    let (whole, _) = client(&server);
    let response = whole.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert_eq!(response.text().unwrap(), GOOD);
    assert!(server.requests()[0].contains("\r\naccept-encoding: gzip\r\n"));

    let server = Server::start([Act::Respond(broken)]).await;
    let (spoilt, _) = client(&server);
    spoilt.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
}
