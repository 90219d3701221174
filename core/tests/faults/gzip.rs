//! Compressed responses, whole and corrupt.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use polywrite::{CallOptions, ErrorKind, Params, Response, Result};

use crate::clock::client;
use crate::operations::{DELETE_NOTE, LIST_NOTES};
use crate::server::{Act, Server};

const GOOD: &str = r#"{"total":3}"#;

fn pack(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn packed_response(body: &[u8]) -> Act {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
    Act::Respond([head.as_bytes(), body].concat())
}

async fn response_to(act: Act) -> Result<Response> {
    let server = Server::start([act]).await;
    let (client, _) = client(&server);
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new().retries(0)).await
}

#[tokio::test]
async fn a_decompressed_response_has_no_content_encoding() {
    let response = response_to(packed_response(&pack(GOOD.as_bytes()))).await.unwrap();
    assert_eq!(response.text().unwrap(), GOOD);
    assert_eq!((response.header("content-encoding"), response.header("content-length")), (None, None));
}

#[tokio::test]
async fn the_name_of_the_encoding_is_read_in_any_case() {
    for name in ["GZIP", "x-gzip"] {
        let packed = pack(GOOD.as_bytes());
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: {name}\r\ncontent-length: {}\r\n\r\n",
            packed.len()
        );
        let response = response_to(Act::Respond([head.as_bytes(), &packed].concat())).await.unwrap();
        assert_eq!(response.text().unwrap(), GOOD, "{name}");
    }
}

#[tokio::test]
async fn several_gzip_members_are_joined() {
    let parts = [pack(b"{\"tot"), pack(b""), pack(b"al\":3}")].concat();
    assert_eq!(response_to(packed_response(&parts)).await.unwrap().text().unwrap(), GOOD);
}

#[tokio::test]
async fn a_body_may_come_byte_by_byte_and_grow_a_thousandfold() {
    let long = format!("\"{}\"", "a".repeat(5_000_000));
    let packed = pack(long.as_bytes());
    let mut chunked =
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for byte in &packed {
        chunked.extend_from_slice(&[b"1\r\n", &[*byte][..], b"\r\n"].concat());
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    assert!(packed.len() * 900 < long.len());
    assert_eq!(response_to(Act::Respond(chunked)).await.unwrap().text().unwrap(), long);
}

#[tokio::test]
async fn gzip_that_is_cut_off_or_not_gzip_is_an_error() {
    let whole = pack(GOOD.as_bytes());
    let mut wrong_checksum = whole.clone();
    let place = whole.len() - 8;
    wrong_checksum[place] ^= 1;
    let mut wrong_data = whole.clone();
    wrong_data[12] ^= 0xff;
    let garbage_behind = [&whole[..], b"garbage"].concat();
    for body in
        [&whole[..5], &whole[..whole.len() - 9], &whole[..whole.len() - 1], &wrong_checksum, &wrong_data]
            .into_iter()
            .chain([&garbage_behind[..], GOOD.as_bytes()])
    {
        let error = response_to(packed_response(body)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Network, "{error}");
        assert!(error.message().contains("cut off"), "{error}");
    }
}

#[tokio::test]
async fn an_empty_body_may_be_compressed() {
    let bare = b"HTTP/1.1 204 No Content\r\ncontent-encoding: gzip\r\n\r\n".to_vec();
    for act in [Act::Respond(bare), packed_response(b"")] {
        let server = Server::start([act]).await;
        let (client, _) = client(&server);
        let params = Params::new().with("noteId", "a");
        let response = client.execute(&DELETE_NOTE, params, CallOptions::new()).await.unwrap();
        assert!(response.body().is_empty());
    }
}

#[tokio::test]
async fn the_callers_own_accept_encoding_counts() {
    let server = Server::start([packed_response(&pack(GOOD.as_bytes()))]).await;
    let (client, _) = client(&server);
    let options = CallOptions::new().header("Accept-Encoding", "identity");
    client.execute(&LIST_NOTES, Params::new(), options).await.unwrap();
    assert_eq!(server.requests()[0].matches("accept-encoding: identity\r\n").count(), 1);
    assert!(!server.requests()[0].contains("gzip"));
}
