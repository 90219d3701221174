//! Answers and parameters that are nested deeply.

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
async fn what_appwrite_can_send_is_read_printed_compared_and_dropped() {
    for levels in [1, 127, 128, 129, 510, 513, DEEPEST] {
        let text = nested(levels);
        let answer = get(&text).await;
        assert_eq!(answer.json_text().unwrap(), text);
        tokio::spawn(async move {
            let value: Value = answer.json().unwrap();
            assert_eq!(value.to_string(), text);
            assert!(format!("{value:?} {value:#?}").len() > text.len());
            assert_eq!(value.clone(), value);
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deeper_is_a_decode_error_that_says_so() {
    for levels in [DEEPEST + 1, 100_000] {
        let answer = get(&nested(levels)).await;
        for error in [answer.json::<Value>().unwrap_err(), answer.json_text().unwrap_err()] {
            assert_eq!((error.kind(), error.operation()), (ErrorKind::Decode, Some("notes.get")));
            assert!(error.message().starts_with("nested more than 640 levels deep; "), "{}", error.message());
        }
    }
}

#[tokio::test]
async fn errors_within_deep_answers_keep_their_place() {
    let answer = get(&nested(300).replace('0', "nonsense")).await;
    let error = answer.json::<Value>().unwrap_err();
    assert!(error.message().starts_with("expected ident at line 1 column 1502"), "{}", error.message());
    let answer = get(&format!("{} x}}", nested(300))).await;
    assert!(answer.json::<Value>().unwrap_err().message().starts_with("trailing characters"));
}

async fn create(params: Params) -> (Result<Response, Error>, Vec<String>) {
    let server = Server::start([json("201 Created", "{}")]).await;
    let (client, _) = client(&server);
    let answer = client.execute(&CREATE_NOTE, params, CallOptions::new()).await;
    (answer, server.requests())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_appwrite_takes_is_sent_and_deeper_values_are_refused_before() {
    let params =
        |levels| Params::from_json(&format!(r#"{{"noteId":"a","data":{}}}"#, nested(levels))).unwrap();
    let (answer, requests) = create(params(510)).await;
    answer.unwrap();
    assert!(requests[0].ends_with(&format!(r#""data":{}}}"#, nested(510))));
    let (answer, requests) = create(params(511)).await;
    let error = answer.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.message().contains("is nested deeper than 510 levels"), "{error}");
    assert!(requests.is_empty());
}
