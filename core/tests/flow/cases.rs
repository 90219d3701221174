//! The cases, and the server of one.

use polywrite::{Client, Error};
use serde_json::{Value, json};

use crate::clock::{TestClock, builder};
use crate::server::{Act, Server, respond};

/// The cases of a file in tests/flow.
pub(crate) fn cases(file: &str) -> Vec<Value> {
    let path = format!("{}/../tests/flow/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A server with the responses of a case, and a client that makes each call once and for which waiting takes no time.
pub(crate) async fn stage(case: &Value) -> (Server, Client, TestClock) {
    let call = case["call"].as_str().unwrap();
    let script: Vec<Act> = case["responses"].as_array().unwrap().iter().map(|it| act(call, it)).collect();
    let server = Server::start(script).await;
    let (builder, clock) = builder(&server);
    let client = builder.retries(0).build().unwrap();
    (server, client, clock)
}

fn act(call: &str, response: &Value) -> Act {
    let body = match response.get("body") {
        Some(body) => body.clone(),
        None => page(call, response),
    };
    let status = match response["status"].as_u64() {
        None => "200 OK".to_owned(),
        Some(status) => format!("{status} Error"),
    };
    let mut headers = vec!["content-type: application/json".to_owned()];
    for (name, value) in response["headers"].as_object().into_iter().flatten() {
        headers.push(format!("{name}: {}", value.as_str().unwrap()));
    }
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    respond(&status, &headers, &body.to_string())
}

fn page(call: &str, response: &Value) -> Value {
    let bound = |place: usize| response["items"][place].as_u64().unwrap();
    let items = (bound(0)..bound(1)).map(|number| match call {
        "tablesDB.listIndexes" => json!({"$id": format!("x_{number}"), "key": format!("i{number}")}),
        _ => json!({"$id": format!("i{number}")}),
    });
    let field = match call {
        "tablesDB.listRows" => "rows",
        "tablesDB.listIndexes" => "indexes",
        "messaging.listTopics" => "topics",
        "mongo.listOperations" => "operations",
        other => panic!("no list {other}"),
    };
    json!({"total": response["total"], field: items.collect::<Vec<_>>()})
}

/// Checks an error against what a case wants.
pub(crate) fn check_error(name: &str, wanted: &Value, error: Option<&Error>) {
    let Some(error) = error else {
        assert!(wanted.is_null(), "{name}: no error");
        return;
    };
    assert_eq!(wanted["kind"], error.kind().as_str(), "{name}: {error}");
    let line = error.to_string();
    if let Some(expected) = wanted["line"].as_str() {
        assert_eq!(line, expected, "{name}");
    }
    let part = wanted["contains"].as_str().unwrap_or_default();
    assert!(line.contains(part), "{name}: {line}");
}
