//! Cases, the server that follows their script, and the requests that it should have seen.

use std::collections::BTreeMap;
use std::time::Duration;

use polywrite::Client;
use serde::Deserialize;
use serde_json::Value;

use crate::server::{Act, Server, json};

/// What the server does about a request.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Turn {
    Lost {
        #[allow(dead_code, reason = "it only marks the turn")]
        lost: bool,
    },
    Respond {
        status: u16,
        body: Value,
    },
}

/// A request that the server must have seen.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    method: String,
    path: String,
    body: Option<Value>,
    query: Option<BTreeMap<String, String>>,
}

/// The cases in a file of tests/flow.
pub(crate) fn read<C: serde::de::DeserializeOwned>(text: &str) -> Vec<C> {
    serde_json::from_str(text).unwrap()
}

/// A server with a script. It breaks the connection of a request that the script does not expect.
pub(crate) async fn server(script: &[Turn]) -> Server {
    let acts = script.iter().map(|turn| match turn {
        Turn::Lost { .. } => Act::RespondAndClose(Vec::new()),
        Turn::Respond { status, body } => json(&format!("{status} Made"), &body.to_string()),
    });
    Server::start(acts.chain([Act::RespondAndClose(Vec::new())])).await
}

/// A client with one retry at most, after a millisecond at most.
pub(crate) fn client(server: &Server) -> Client {
    let wait = Duration::from_millis(1);
    let client = Client::builder().endpoint(server.endpoint()).project("p").key("standard_key");
    client.retries(1).retry_delays(wait, wait).build().unwrap()
}

/// Compares what the server has seen with what it must have seen.
pub(crate) fn check(name: &str, server: &Server, expected: &[Seen]) {
    let requests = server.requests();
    let lines: Vec<&str> = requests.iter().map(|request| request.lines().next().unwrap()).collect();
    assert_eq!(requests.len(), expected.len(), "{name}: {lines:#?}");
    for (request, expected) in requests.iter().zip(expected) {
        let line = request.lines().next().unwrap();
        let mut words = line.split(' ');
        let method = words.next().unwrap();
        let target = url::Url::parse(&format!("http://server{}", words.next().unwrap())).unwrap();
        assert_eq!((method, target.path()), (expected.method.as_str(), expected.path.as_str()), "{name}");
        if let Some(query) = &expected.query {
            let seen: BTreeMap<String, String> = target.query_pairs().into_owned().collect();
            assert_eq!(&seen, query, "{name}");
        }
        if let Some(body) = &expected.body {
            let text = request.split_once("\r\n\r\n").unwrap().1;
            let mut seen: Value = text.parse().unwrap_or_else(|_| panic!("{name}: {request}"));
            mark_made(&mut seen, body);
            assert_eq!(&seen, body, "{name}");
        }
    }
}

/// Puts `<made>` in place of IDs that look made and should be.
fn mark_made(seen: &mut Value, expected: &Value) {
    match (seen, expected) {
        (Value::String(seen), Value::String(expected)) if expected == "<made>" && is_made(seen) => {
            "<made>".clone_into(seen);
        }
        (Value::Array(seen), Value::Array(expected)) => {
            seen.iter_mut().zip(expected).for_each(|(seen, expected)| mark_made(seen, expected));
        }
        (Value::Object(seen), Value::Object(expected)) => {
            for (name, seen) in seen {
                mark_made(seen, &expected.get(name).cloned().unwrap_or_default());
            }
        }
        _ => {}
    }
}

/// Whether an ID looks like one that was made on our side.
fn is_made(id: &str) -> bool {
    id.len() == 20 && id.bytes().all(|letter| letter.is_ascii_hexdigit())
}
