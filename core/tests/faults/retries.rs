//! What is retried, when, and how often.

use std::time::Duration;

use polywrite::{CallOptions, ErrorKind, Params};

use crate::clock::{NOW, builder, client};
use crate::operations::{CREATE_NOTE, DELETE_NOTE, GET_NOTE, LIST_NOTES};
use crate::server::{Act, Server, json, respond};

const LIMITED: &str = r#"{"message":"Rate limit","code":429,"type":"general_rate_limit_exceeded"}"#;
const GOOD: &str = r#"{"total":0}"#;

fn note() -> Params {
    Params::new().with("noteId", "a")
}

#[tokio::test]
async fn retry_after_seconds_is_obeyed_even_for_a_post() {
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let limited = respond(status, &["retry-after: 5"], LIMITED);
        let server = Server::start([limited, json("201 Created", GOOD)]).await;
        let (client, clock) = client(&server);
        let response = client.execute(&CREATE_NOTE, note(), CallOptions::new()).await.unwrap();
        assert_eq!(response.status(), 201);
        assert_eq!(server.requests().len(), 2);
        assert!(clock.waits()[0] >= Duration::from_secs(5) && clock.waits()[0] < Duration::from_secs(6));
        // Both attempts carry the same bytes.
        assert_eq!(server.requests()[0], server.requests()[1]);
        assert!(server.requests()[0].ends_with("\r\n\r\n{\"noteId\":\"a\"}"));
    }
}

#[tokio::test]
async fn retry_after_may_be_a_date() {
    let busy = respond("503 Service Unavailable", &["retry-after: Sun, 06 Nov 1994 08:49:47 GMT"], "");
    let server = Server::start([busy, json("200 OK", GOOD)]).await;
    let (client, clock) = client(&server);
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert!(clock.waits()[0] >= Duration::from_secs(10) && clock.waits()[0] < Duration::from_secs(11));
}

#[tokio::test]
async fn without_retry_after_the_reset_counts() {
    let reset = format!("X-RateLimit-Reset: {}", NOW + 20);
    let limited = respond("429 Too Many Requests", &[&reset], LIMITED);
    let server = Server::start([limited, json("200 OK", GOOD)]).await;
    let (client, clock) = client(&server);
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert!(clock.waits()[0] >= Duration::from_secs(20) && clock.waits()[0] < Duration::from_secs(21));
}

#[tokio::test]
async fn a_call_does_not_wait_for_a_reset_in_the_past() {
    let reset = format!("x-ratelimit-reset: {}", NOW - 20);
    let limited = respond("429 Too Many Requests", &[&reset], LIMITED);
    let server = Server::start([limited, json("200 OK", GOOD)]).await;
    let (client, clock) = client(&server);
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert!(clock.waits()[0] <= Duration::from_millis(250), "{:?}", clock.waits());
}

#[tokio::test]
async fn meaningless_waits_become_our_own_and_endless_ones_end_the_call() {
    for value in ["-5", "soon", "1.5", ""] {
        let limited = respond("429 Too Many Requests", &[&format!("retry-after: {value}")], LIMITED);
        let server = Server::start([limited, json("200 OK", GOOD)]).await;
        let (client, clock) = client(&server);
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
        assert!(clock.waits()[0] <= Duration::from_millis(250), "{value}: {:?}", clock.waits());
    }
    for value in ["18446744073709551615", "99999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let limited = respond("429 Too Many Requests", &[&format!("retry-after: {value}")], LIMITED);
        let server = Server::start([limited]).await;
        let (client, _) = client(&server);
        let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::RateLimited, 1), "{value}");
    }
}

#[tokio::test]
async fn with_neither_waits_grow_and_the_error_lists_each_attempt() {
    let server = Server::start([json("429 Too Many Requests", LIMITED)]).await;
    let (client, clock) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.status(), Some(429));
    assert_eq!(error.error_type(), Some("general_rate_limit_exceeded"));
    assert_eq!(error.operation(), Some("notes.list"));
    assert_eq!(error.attempts().len(), 4);
    assert_eq!(server.requests().len(), 4);
    for (attempt, wait) in clock.waits().into_iter().enumerate() {
        assert!(wait <= Duration::from_millis(250) * 2u32.pow(attempt as u32));
    }
    assert_eq!(
        error.to_string(),
        "notes.list: Rate limit (429 general_rate_limit_exceeded), after 4 attempts"
    );
}

#[tokio::test]
async fn a_wait_of_an_hour_is_left_to_the_caller() {
    let server = Server::start([respond("429 Too Many Requests", &["retry-after: 3600"], LIMITED)]).await;
    let (client, clock) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.hint(), Some("the server asks to wait 3600 s"));
    assert!(clock.waits().is_empty());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_wait_in_the_past_makes_no_hint() {
    let over = ["x-ratelimit-reset: 1"];
    let server = Server::start([respond("429 Too Many Requests", &over, LIMITED)]).await;
    let error = client(&server).0.execute(&LIST_NOTES, Params::new(), CallOptions::new().retries(0)).await;
    assert_eq!(error.unwrap_err().hint(), None);
}

#[tokio::test]
async fn a_post_is_not_retried_when_the_server_may_have_handled_it() {
    for act in [
        respond("503 Service Unavailable", &[], ""),
        respond("502 Bad Gateway", &["retry-after: 1"], ""),
        respond("504 Gateway Timeout", &["retry-after: 1"], ""),
        respond("429 Too Many Requests", &[], LIMITED),
        Act::RespondAndReset(Vec::new()),
        Act::RespondAndClose(b"HTTP/1.1 201 Created\r\ncontent-length: 99\r\n\r\n{".to_vec()),
    ] {
        let server = Server::start([act]).await;
        let (client, _) = client(&server);
        let error = client.execute(&CREATE_NOTE, note(), CallOptions::new()).await.unwrap_err();
        assert_eq!(error.attempts().len(), 1, "{error}");
        assert_eq!(server.requests().len(), 1, "{error}");
    }
}

#[tokio::test]
async fn gateway_errors_are_retried_and_server_errors_are_not() {
    let server = Server::start([
        respond("502 Bad Gateway", &[], "<html>"),
        respond("503 Service Unavailable", &[], ""),
        respond("504 Gateway Timeout", &[], ""),
        json(
            "500 Internal Server Error",
            r#"{"message":"Server Error","code":500,"type":"general_unknown"}"#,
        ),
    ])
    .await;
    let (client, _) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    let statuses: Vec<_> = error.attempts().iter().map(|attempt| attempt.status.unwrap()).collect();
    assert_eq!(statuses, [502, 503, 504, 500]);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_disabled_service_is_not_retried() {
    let disabled = r#"{"message":"Phone is disabled","code":503,"type":"general_phone_disabled"}"#;
    let server = Server::start([json("503 Service Unavailable", disabled)]).await;
    let (client, _) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Api, 1));
}

#[tokio::test]
async fn retries_can_be_switched_off_for_one_call() {
    let server = Server::start([respond("503 Service Unavailable", &[], "")]).await;
    let (client, _) = client(&server);
    let error = client.execute(&LIST_NOTES, Params::new(), CallOptions::new().retries(0)).await.unwrap_err();
    assert_eq!(error.attempts().len(), 1);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn retries_can_be_switched_off_for_a_client() {
    let server = Server::start([respond("503 Service Unavailable", &[], "")]).await;
    let (builder, _) = builder(&server);
    let client = builder.retries(0).build().unwrap();
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new().retries(1)).await.unwrap_err();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_delete_that_finds_nothing_the_second_time_says_so() {
    let gone = json("404 Not Found", r#"{"message":"No such note","code":404,"type":"note_not_found"}"#);
    let server = Server::start([Act::RespondAndReset(Vec::new()), gone]).await;
    let (client, _) = client(&server);
    let error = client.execute(&DELETE_NOTE, note(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.hint(), Some("an earlier attempt of this call may have deleted it"));
}

#[tokio::test]
async fn a_closed_port_is_retried_even_for_a_post() {
    let server = Server::start([json("200 OK", GOOD)]).await;
    let (client, clock) = client(&server);
    drop(server);
    tokio::task::yield_now().await;
    let error = client.execute(&CREATE_NOTE, note(), CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert_eq!(error.attempts().len(), 4);
    assert_eq!(clock.waits().len(), 3);
    assert!(error.message().starts_with("cannot connect to http://127.0.0.1:"), "{error}");
}

#[tokio::test]
async fn the_record_holds_everything() {
    let server =
        Server::start([json("404 Not Found", r#"{"message":"Gone","code":404,"type":"note_not_found"}"#)])
            .await;
    let (client, _) = client(&server);
    let error = client.execute(&GET_NOTE, note(), CallOptions::new()).await.unwrap_err();
    let record: serde_json::Value = serde_json::to_value(error.record()).unwrap();
    assert_eq!(record["kind"], "not_found");
    assert_eq!(record["operation"], "notes.get");
    assert_eq!(record["message"], "Gone");
    assert_eq!(record["code"], 404);
    assert_eq!(record["type"], "note_not_found");
    assert_eq!(record["response"], r#"{"message":"Gone","code":404,"type":"note_not_found"}"#);
    assert_eq!(record["attempts"][0]["status"], 404);
    assert_eq!(record["hint"], serde_json::Value::Null);
    assert_eq!(record["line"], "notes.get: Gone (404 note_not_found)");
}
