//! Responses and parameters that are nested deeply.

use polywrite::{CallOptions, DEEPEST, Error, ErrorKind, Params, Response};
use serde_json::Value;

use crate::clock::client;
use crate::operations::{CREATE_NOTE, GET_NOTE};
use crate::server::{Server, json};

/// An object with so many levels, itself counted.
fn nested(levels: usize) -> String {
    format!("{}0{}", r#"{"a":"#.repeat(levels), "}".repeat(levels))
}

async fn get(body: &str) -> Response {
    let server = Server::start([json("200 OK", body)]).await;
    let (client, _) = client(&server);
    let params = Params::new().with("noteId", "a");
    client.execute(&GET_NOTE, params, CallOptions::new()).await.unwrap()
}

// On a worker of tokio, whose stack is smaller than the main thread's.
#[tokio::test(flavor = "multi_thread")]
async fn what_appwrite_can_send_can_be_read_printed_compared_and_dropped() {
    for levels in [1, 127, 128, 129, 510, 513, DEEPEST] {
        let text = nested(levels);
        let response = get(&text).await;
        assert_eq!(response.json_text().unwrap(), text);
        tokio::spawn(async move {
            let value: Value = response.json().unwrap();
            assert_eq!(value.to_string(), text);
            assert!(format!("{value:?} {value:#?}").len() > text.len());
            assert_eq!(value.clone(), value);
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deeper_nesting_is_a_decode_error_that_says_so() {
    for levels in [DEEPEST + 1, 100_000] {
        let response = get(&nested(levels)).await;
        for error in [response.json::<Value>().unwrap_err(), response.json_text().unwrap_err()] {
            assert_eq!((error.kind(), error.operation()), (ErrorKind::Decode, Some("notes.get")));
            assert!(error.message().starts_with("nested more than 640 levels deep; "), "{}", error.message());
        }
    }
}

#[tokio::test]
async fn errors_within_deep_responses_keep_their_place() {
    let response = get(&nested(300).replace('0', "nonsense")).await;
    let error = response.json::<Value>().unwrap_err();
    assert!(error.message().starts_with("expected ident at line 1 column 1502"), "{}", error.message());
    let response = get(&format!("{} x}}", nested(300))).await;
    assert!(response.json::<Value>().unwrap_err().message().starts_with("trailing characters"));
}

async fn create(params: Params) -> (Result<Response, Error>, Vec<String>) {
    let server = Server::start([json("201 Created", "{}")]).await;
    let (client, _) = client(&server);
    let response = client.execute(&CREATE_NOTE, params, CallOptions::new()).await;
    (response, server.requests())
}

#[tokio::test(flavor = "multi_thread")]
async fn nesting_that_appwrite_accepts_is_sent_and_deeper_is_an_error_before() {
    let params =
        |levels| Params::from_json(&format!(r#"{{"noteId":"a","data":{}}}"#, nested(levels))).unwrap();
    let (response, requests) = create(params(510)).await;
    response.unwrap();
    assert!(requests[0].ends_with(&format!(r#""data":{}}}"#, nested(510))));
    let (response, requests) = create(params(511)).await;
    let error = response.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.message().contains("is nested deeper than 510 levels"), "{error}");
    assert!(requests.is_empty());
}
