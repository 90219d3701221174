//! What an emulator with `--like 2.0` lacks and rejects.

use crate::caller::Caller;
use polywrite_emulator::{Emulator, Like, Options};
use reqwest::Method;
use serde_json::{Value, json};

async fn start() -> (Emulator, Caller) {
    let emulator = Emulator::start(Options { like: Like::V2_0, ..Options::default() }).await.unwrap();
    let root = Caller::root(&emulator);
    (emulator, root)
}

#[tokio::test]
async fn a_key_makes_ephemeral_keys_only() {
    let (_emulator, root) = start().await;
    let key = json!({"keyId": "a", "name": "A", "scopes": ["users.read"]});
    let (status, error) = root.send(Method::POST, "/project/keys", key).await;
    assert_eq!((status, &error["type"]), (403, &json!("key_creation_denied")));
    let key = root.post("/project/keys/ephemeral", json!({"scopes": ["users.read"], "duration": 60})).await;
    assert_eq!(root.with("x-appwrite-key", &key["secret"]).get("/users").await.0, 200);
}

#[tokio::test]
async fn operations_that_2_0_removed_are_unknown_routes() {
    let (_emulator, root) = start().await;
    for path in ["/health/queue/audits", "/users/a/logs", "/messaging/topics/a/logs"] {
        assert_eq!(root.get(path).await.0, 404, "{path}");
    }
    assert_eq!(root.get("/users").await.0, 200);
}

#[tokio::test]
async fn development_keys_are_gone() {
    let (_emulator, root) = start().await;
    let (status, gone) = root.with("x-appwrite-dev-key", &json!("a")).get("/locale").await;
    assert_eq!((status, &gone["type"]), (410, &json!("dev_key_gone")));
}

#[tokio::test]
async fn policies_have_the_limits_of_2_0() {
    let (_emulator, root) = start().await;
    for (policy, body, status) in [
        ("session-duration", json!({"duration": 59}), 400),
        ("session-duration", json!({"duration": 60}), 200),
        ("session-limit", json!({"total": 101}), 400),
        ("session-limit", json!({"total": 100}), 200),
        ("password-history", json!({"total": 21}), 400),
        ("password-history", json!({"total": Value::Null}), 200),
    ] {
        let path = format!("/project/policies/{policy}");
        assert_eq!(root.send(Method::PATCH, &path, body.clone()).await.0, status, "{policy} {body}");
    }
}
