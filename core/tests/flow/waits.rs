//! Waiting until something is ready.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use polywrite::services::{Functions, Messaging, TablesDB};
use polywrite::{Client, Error, ErrorKind, WaitCall};
use serde_json::Value;

use crate::cases::{cases, check_error, stage};

/// What was reported, and the status of what came back.
struct Waited {
    statuses: Vec<String>,
    result: Result<String, Error>,
}

#[tokio::test]
async fn waits_end_as_in_every_language() {
    for case in cases("waits.json") {
        let name = case["name"].as_str().unwrap();
        let (server, client, clock) = stage(&case).await;
        let Waited { statuses, result } = wait(&client, &case).await;
        let wanted = &case["wanted"];
        check_error(name, &wanted["error"], result.as_ref().err());
        if let Ok(status) = result {
            assert_eq!(wanted["status"], status.as_str(), "{name}");
        }
        assert_eq!(serde_json::json!(statuses), wanted["statuses"], "{name}");
        if let Some(requests) = wanted["requests"].as_u64() {
            assert_eq!(server.lines().len() as u64, requests, "{name}");
            assert_eq!(clock.waits().len() as u64, requests.saturating_sub(1), "{name}");
        }
    }
}

async fn wait(client: &Client, case: &Value) -> Waited {
    macro_rules! wait {
        ($call:expr, $result:ident => $status:expr) => {
            settle($call, case).await.map(|$result| $status)
        };
    }
    let tables = TablesDB::new(client);
    match case["call"].as_str().unwrap() {
        "tablesDB.waitForColumn" => {
            wait!(tables.wait_for_column("d", "t", "year"), it => serde_json::to_value(it).unwrap()["status"].as_str().unwrap().to_owned())
        }
        "tablesDB.waitForTable" => wait!(tables.wait_for_table("d", "t"), _it => String::new()),
        "tablesDB.waitForDatabase" => wait!(tables.wait_for_database("d"), _it => String::new()),
        "functions.waitForDeployment" => {
            wait!(Functions::new(client).wait_for_deployment("f", "d"), it => it.status.to_string())
        }
        "messaging.waitForMessage" => {
            wait!(Messaging::new(client).wait_for_message("m"), it => it.status.to_string())
        }
        other => panic!("no wait {other}"),
    }
}

struct Settled<T> {
    statuses: Vec<String>,
    result: Result<T, Error>,
}

impl<T> Settled<T> {
    fn map(self, status: impl FnOnce(T) -> String) -> Waited {
        Waited { statuses: self.statuses, result: self.result.map(status) }
    }
}

async fn settle<T: serde::de::DeserializeOwned>(call: WaitCall<T>, case: &Value) -> Settled<T> {
    let statuses: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = statuses.clone();
    let mut call = call.on_status(move |status| seen.lock().unwrap().push(status));
    if let Some(timeout) = case["timeout"].as_u64() {
        call = call.timeout(Duration::from_millis(timeout));
    }
    let result = call.await;
    let statuses = statuses.lock().unwrap().clone();
    Settled { statuses, result }
}

fn case(name: &str) -> Value {
    cases("waits.json").into_iter().find(|case| case["name"] == name).unwrap()
}

#[tokio::test]
async fn pauses_grow_from_100_ms_to_2_s_and_differ_a_little_and_end_with_the_default_of_60_s() {
    let (_server, client, clock) = stage(&case("time is over")).await;
    let error = TablesDB::new(&client).wait_for_column("d", "t", "year").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().ends_with("after 60 s"), "{error}");
    let waits = clock.waits();
    let near = |wait: Duration, step: f64| {
        let seconds = wait.as_secs_f64();
        assert!(seconds >= step * 0.749 && seconds <= step * 1.251, "{seconds} is not near {step}");
    };
    for (place, wait) in waits.iter().rev().skip(1).rev().enumerate() {
        near(*wait, (0.1 * 1.5_f64.powi(place as i32)).min(2.0));
    }
    assert_ne!(waits[20], waits[21], "without jitter");
    let total: Duration = waits.iter().sum();
    assert!(total <= Duration::from_secs(60) && total > Duration::from_secs(59), "{total:?}");
}

#[tokio::test]
async fn what_takes_minutes_is_read_every_5_s_for_10_minutes() {
    let mut slow = case("a deployment with all its stages");
    slow["responses"] = serde_json::json!([slow["responses"][0]]);
    let (_server, client, slow_clock) = stage(&slow).await;
    let error = Functions::new(&client).wait_for_deployment("f", "d").await.unwrap_err();
    assert!(error.message().ends_with("is still `waiting` after 600 s"), "{error}");
    let longest = slow_clock.waits().into_iter().max().unwrap();
    assert!(longest > Duration::from_secs(4) && longest <= Duration::from_millis(6_250), "{longest:?}");
}

#[tokio::test]
async fn a_wait_obeys_retry_after() {
    let mut case = case("429 in between");
    case["responses"][1]["headers"] = serde_json::json!({"retry-after": "7"});
    let (server, client, clock) = stage(&case).await;
    TablesDB::new(&client).wait_for_column("d", "t", "year").await.unwrap();
    assert_eq!(server.lines().len(), 3);
    assert_eq!(clock.waits()[1], Duration::from_secs(7));
}

#[tokio::test]
async fn a_failure_carries_the_resource() {
    let (_server, client, _) = stage(&case("a column that fails")).await;
    let error = TablesDB::new(&client).wait_for_column("d", "t", "year").await.unwrap_err();
    let resource: Value = serde_json::from_str(error.body().unwrap()).unwrap();
    assert_eq!(resource["key"], "year");
}

#[tokio::test]
async fn a_call_that_hangs_ends_with_the_time_of_the_wait() {
    use crate::server::{Act, Server};

    let server = Server::start([Act::Hang(Vec::new())]).await;
    let client = Client::builder().endpoint(server.endpoint()).project("p").build().unwrap();
    let wait = TablesDB::new(&client).wait_for_column("d", "t", "year").timeout(Duration::from_millis(50));
    let error = wait.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "tablesDB.waitForColumn: no status within 0.05 s; raise `timeout` to wait longer"
    );
}

#[tokio::test]
async fn dropping_a_wait_stops_the_calls() {
    let (server, client, _) = stage(&case("time is over")).await;
    let mut wait = Box::pin(TablesDB::new(&client).wait_for_column("d", "t", "year").into_future());
    assert!(wait.as_mut().now_or_never().is_none());
    drop(wait);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(server.lines().len() <= 1);
}
