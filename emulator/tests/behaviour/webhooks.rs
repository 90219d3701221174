//! Changes reach the URLs that ask for them, signed; one that fails ten times in a row is switched off.

use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;
use serde_json::{Value, json};

use crate::{
    caller::{Caller, ROWS, start},
    receiver::receiver,
};

async fn register(root: &Caller, events: Value, url: &str) -> Value {
    let webhook = json!({
        "webhookId": "hook", "name": "Hook", "events": events, "url": url, "secret": "s", "authUsername": "u",
        "authPassword": "p",
    });
    root.post("/webhooks", webhook).await
}

#[tokio::test]
async fn a_change_is_delivered_and_signed() {
    let (_emulator, root) = start().await;
    let (url, mut received) = receiver(StatusCode::OK).await;
    let url = format!("{url}/hook?a=b%20c");
    register(&root, json!(["databases.*.tables.*.rows.*.create", "users.*"]), &url).await;
    root.table(true, json!(["create(\"users\")"])).await;
    root.post(ROWS, json!({"rowId": "r", "data": {"count": 1}})).await;

    let (uri, headers, body) = received.recv().await.unwrap();
    assert_eq!(uri, "/hook?a=b%20c");
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(header("x-appwrite-webhook-id"), "hook");
    assert_eq!(header("x-appwrite-webhook-project-id"), "demo");
    assert_eq!(header("authorization"), format!("Basic {}", STANDARD.encode("u:p")));
    assert!(
        header("x-appwrite-webhook-events")
            .starts_with("databases.d.tables.t.rows.r.create,databases.d.collections.t.documents.r.create,")
    );
    assert!(!headers.contains_key("x-appwrite-webhook-user-id"), "a key made it");
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, b"s");
    let signed = format!("{}{body}", url.replace("%20", " "));
    assert_eq!(header("x-appwrite-webhook-signature"), STANDARD.encode(hmac::sign(&key, signed.as_bytes())));
    assert_eq!(body.parse::<Value>().unwrap()["$id"], "r");

    root.post("/users", json!({"userId": "ada", "email": "ada@example.com", "password": "correct horse"}))
        .await;
    let (_, headers, _) = received.recv().await.unwrap();
    assert!(headers["x-appwrite-webhook-events"].to_str().unwrap().contains("users.ada.create"));
    // What no webhook asks for is not delivered: the next is the one after it.
    root.post("/teams", json!({"teamId": "t", "name": "T"})).await;
    root.post("/users", json!({"userId": "bob"})).await;
    let (_, headers, _) = received.recv().await.unwrap();
    assert!(headers["x-appwrite-webhook-events"].to_str().unwrap().contains("users.bob.create"));
}

#[tokio::test]
async fn the_tenth_failure_in_a_row_is_the_last() {
    let (_emulator, root) = start().await;
    let (url, mut received) = receiver(StatusCode::INTERNAL_SERVER_ERROR).await;
    register(&root, json!(["teams.*.create"]), &url).await;
    for number in 0..10 {
        root.post("/teams", json!({"teamId": format!("t{number}"), "name": "T"})).await;
        received.recv().await.unwrap();
    }
    // The last failure is counted a moment after it was received.
    let webhook = loop {
        let (_, webhook) = root.get("/webhooks/hook").await;
        if webhook["attempts"] == 10 {
            break webhook;
        }
    };
    assert_eq!(webhook["enabled"], false);
    let logs = format!("URL: {url}\nMethod: POST\nStatus code: 500\nBody: \n\n");
    assert_eq!(webhook["logs"], logs);
    root.post("/teams", json!({"teamId": "another", "name": "T"})).await;
    let own = Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root.clone() };
    let (_, sent) = own.get("/projects/demo/webhooks").await;
    let statuses: Vec<&Value> =
        sent["deliveries"].as_array().unwrap().iter().map(|it| &it["status"]).collect();
    assert_eq!(statuses, [&json!(500); 10]);
}
