//! What no recording shows: sessions against permissions, restarts, TLS, many clients at once.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test says what it found, and stops where it must"
)]

mod accounts;
mod appwrite_2;
mod caller;
mod columns;
mod compiled;
mod control;
mod files;
mod fixtures;
mod freshness;
mod functions;
mod graphql;
mod hostile;
mod program;
mod project;
mod realtime;
#[path = "../support/receiver.rs"]
mod receiver;
mod relationships;
mod rows;
mod transactions;
mod webhooks;

use caller::{Caller, ROWS};
use polywrite_emulator::{Emulator, Options};
use reqwest::{Client, Method};
use serde_json::{Value, json};

#[tokio::test]
async fn a_session_sees_only_what_its_user_may() {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let root = Caller::root(&emulator);
    root.table(true, json!(["create(\"users\")"])).await;
    let mut sessions = Vec::new();
    for name in ["ada", "bob"] {
        let email = format!("{name}@example.com");
        root.post("/users", json!({"userId": name, "email": email, "password": "correct horse"})).await;
        let login = json!({"email": email, "password": "correct horse"});
        let session = root.post("/account/sessions/email", login).await;
        sessions.push(root.with("x-appwrite-session", &session["secret"]));
    }
    let [ada, bob] = &sessions[..] else { panic!("two sessions") };
    ada.post(ROWS, json!({"rowId": "hers", "data": {"count": 1}})).await;
    root.post(ROWS, json!({"rowId": "unowned", "data": {"count": 2}})).await;

    assert_eq!(ada.get(ROWS).await.1["total"], 1);
    assert_eq!(bob.get(ROWS).await.1["total"], 0);
    assert_eq!(root.get(ROWS).await.1["total"], 2);
    assert_eq!(bob.get(&format!("{ROWS}/hers")).await.0, 404);
    assert_eq!(ada.get("/account").await.1["$id"], "ada");
    assert_eq!(ada.get("/account/sessions/current").await.1["provider"], "email");

    let team = ada.post("/teams", json!({"teamId": "team", "name": "Team"})).await;
    assert_eq!(team["total"], 1);
    root.post("/teams/team/memberships", json!({"userId": "bob", "roles": ["reader"]})).await;
    let shared = json!({"data": {"count": 1}, "permissions": ["read(\"team:team/reader\")"]});
    let (status, _) = root.send(Method::PATCH, &format!("{ROWS}/unowned"), shared).await;
    assert_eq!((status, bob.get(ROWS).await.1["total"].clone()), (200, json!(1)));
}

#[tokio::test]
async fn increments_at_once_are_all_counted() {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let root = Caller::root(&emulator);
    root.table(false, json!([])).await;
    root.post(ROWS, json!({"rowId": "r", "data": {"count": 9_007_199_254_740_993_i64}})).await;
    let path = format!("{ROWS}/r/count/increment");
    let calls = (0..32).map(|_| {
        let (root, path) = (root.clone(), path.clone());
        tokio::spawn(async move { root.send(Method::PATCH, &path, json!({"value": 2})).await.0 })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap(), 200);
    }
    assert_eq!(root.get(&format!("{ROWS}/r")).await.1["count"], 9_007_199_254_741_057_i64);
}

#[tokio::test]
async fn a_transaction_is_atomic() {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let root = Caller::root(&emulator);
    root.table(false, json!([])).await;
    root.post(ROWS, json!({"rowId": "old", "data": {"count": 1}})).await;
    let transaction = root.post("/tablesdb/transactions", json!({})).await;
    let id = &transaction["$id"];
    let rows = json!([{"$id": "a", "count": 1}, {"$id": "b", "count": 2}]);
    root.post(ROWS, json!({"rows": rows, "transactionId": id})).await;
    let count = json!({"value": 4, "transactionId": id});
    root.send(Method::PATCH, &format!("{ROWS}/old/count/increment"), count).await;
    let above = r#"{"method":"greaterThan","attribute":"count","values":[1]}"#;
    let delete = json!({"queries": [above], "transactionId": id});
    root.send(Method::DELETE, ROWS, delete).await;
    assert_eq!(root.get(ROWS).await.1["total"], 1);

    let path = format!("/tablesdb/transactions/{}", id.as_str().unwrap());
    let (status, committed) = root.send(Method::PATCH, &path, json!({"commit": true})).await;
    assert_eq!(
        (status, &committed["status"], &committed["operations"]),
        (200, &json!("committed"), &json!(4))
    );
    let (_, left) = root.get(ROWS).await;
    assert_eq!((&left["total"], &left["rows"][0]["$id"]), (&json!(1), &json!("a")));
}

#[tokio::test]
async fn chunks_at_once_make_the_same_file() {
    const CHUNK: usize = 5 * 1024 * 1024;
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let root = Caller::root(&emulator);
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    let content: Vec<u8> = (0..CHUNK * 4 + 12_345).map(|index| (index * 31 % 251) as u8).collect();
    let content = std::sync::Arc::new(content);
    let calls = (0..5).rev().map(|index| {
        let (root, content) = (root.clone(), content.clone());
        tokio::spawn(async move {
            let part = &content[index * CHUNK..content.len().min((index + 1) * CHUNK)];
            root.chunk("/storage/buckets/b/files", "big", index * CHUNK, part, content.len()).await
        })
    });
    let mut finished = 0;
    for call in calls.collect::<Vec<_>>() {
        let file = call.await.unwrap();
        finished += usize::from(file["signature"] != "" && file["chunksUploaded"] == file["chunksTotal"]);
    }
    assert_eq!(finished, 1, "exactly one response reports the finished file");
    assert!(root.download("/storage/buckets/b/files/big/download").await == *content);
}

#[tokio::test]
async fn a_deployment_in_chunks_is_one_deployment() {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let root = Caller::root(&emulator);
    let function = json!({"functionId": "f", "name": "F", "runtime": "node-22"});
    root.post("/functions", function).await;
    let content: Vec<u8> = (0..(5 << 20) + 99).map(|index| (index % 250) as u8).collect();
    let (first, second) = content.split_at(5 << 20);
    let path = "/functions/f/deployments";
    let deployment = root.chunk_of(path, "code", None, 0, first, content.len()).await;
    let id = deployment["$id"].as_str().unwrap();
    root.chunk_of(path, "code", Some(id), 5 << 20, second, content.len()).await;
    assert_eq!(root.get(path).await.1["total"], 1);
    assert!(root.download(&format!("{path}/{id}/download")).await == content);
}

#[tokio::test]
async fn data_survives_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let options = Options { data: Some(directory.path().to_owned()), ..Options::default() };
    let first = Emulator::start(options.clone()).await.unwrap();
    let root = Caller::root(&first);
    root.table(false, json!([])).await;
    root.post(ROWS, json!({"rowId": "kept", "data": {"count": 7}})).await;
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    root.chunk("/storage/buckets/b/files", "kept", 0, b"content", 7).await;
    let key = first.root_key().to_owned();
    drop(first);

    let second = Emulator::start(options).await.unwrap();
    assert_eq!(second.root_key(), key);
    let root = Caller::root(&second);
    assert_eq!(root.get(&format!("{ROWS}/kept")).await.1["count"], 7);
    assert_eq!(root.download("/storage/buckets/b/files/kept/view").await, b"content");
}

#[tokio::test]
async fn https_is_trusted_with_its_own_certificate_only() {
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let emulator = Emulator::start(Options { tls: true, ..Options::default() }).await.unwrap();
    let url = format!("{}/ping", emulator.endpoint());
    assert!(url.starts_with("https://"));
    let certificate = reqwest::Certificate::from_pem(emulator.ca_pem().unwrap().as_bytes()).unwrap();
    let trusting = Client::builder().no_proxy().tls_certs_only([certificate]).build().unwrap();
    let response = trusting.get(&url).header("x-appwrite-project", "demo").send().await.unwrap();
    assert_eq!(response.version(), reqwest::Version::HTTP_2);
    assert_eq!(response.text().await.unwrap(), "Pong!");
    let wary = Client::builder().no_proxy().build().unwrap();
    assert!(wary.get(&url).send().await.is_err());
}

#[tokio::test]
async fn a_large_body_is_an_error() {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let root = Caller::root(&emulator);
    let (status, body) = root.send(Method::POST, "/users", json!({"name": "x".repeat(13 << 20)})).await;
    assert_eq!((status, body), (413, Value::Null));
}

#[tokio::test]
async fn nothing_responds_after_the_end() {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let root = Caller::root(&emulator);
    let url = format!("{}/ping", emulator.endpoint());
    drop(emulator);
    // Dropping does not wait for the close; the emulator may accept a connection for a moment, but not for long.
    let is_gone = async {
        while root.client.get(&url).send().await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), is_gone).await.unwrap();
}

#[tokio::test]
async fn secrets_do_not_show() {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let shown = format!("{emulator:?} {:?}", emulator.mails());
    assert!(!shown.contains(emulator.root_key()));
    assert!(shown.contains("[redacted]"));
}
