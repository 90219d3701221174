//! Changes reach the URLs that ask for them, signed; one that fails ten times in a row is switched off.

use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::STANDARD};
use ring::hmac;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
async fn deliveries_go_to_urls_of_http() {
    let (_emulator, root) = start().await;
    for url in ["file:///etc/passwd", "javascript:alert(1)", "http://", "http://a b", "nowhere", ""] {
        let webhook = json!({"webhookId": "hook", "name": "Hook", "events": ["users.*"], "url": url});
        let (status, error) = root.send(reqwest::Method::POST, "/webhooks", webhook).await;
        assert_eq!((status, &error["type"]), (400, &json!("general_argument_invalid")), "{url}");
    }
    let hook = register(&root, json!(["users.*"]), "http://localhost:1/").await;
    let change = json!({"name": "Hook", "events": ["users.*"], "url": "ftp://example.com"});
    assert_eq!(root.send(reqwest::Method::PUT, "/webhooks/hook", change).await.0, 400);
    assert_eq!(root.get("/webhooks/hook").await.1["url"], hook["url"]);
}

/// A server that accepts connections, of which nothing comes back.
async fn silent() -> (String, tokio::net::TcpListener) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    (format!("http://{}", listener.local_addr().unwrap()), listener)
}

#[tokio::test]
async fn a_receiver_that_hangs_holds_up_its_own_project_only() {
    let (_emulator, root) = start().await;
    let (slow, _listener) = silent().await;
    register(&root, json!(["teams.*.create"]), &slow).await;
    root.post("/teams", json!({"teamId": "t", "name": "T"})).await;

    let own = Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root.clone() };
    let made = own.post("/projects", json!({"id": "other"})).await;
    let other = Caller { project: "other".into(), ..root.with("x-appwrite-key", &made["key"]) };
    let (url, mut received) = receiver(StatusCode::OK).await;
    register(&other, json!(["teams.*.create"]), &url).await;
    other.post("/teams", json!({"teamId": "t", "name": "T"})).await;
    received.recv().await.unwrap();
    // Until then the other one has its 15 seconds.
    assert_eq!(own.get("/projects/demo/webhooks").await.1["deliveries"], json!([]));
}

#[tokio::test]
async fn of_an_endless_refusal_the_beginning_is_written_down() {
    let (_emulator, root) = start().await;
    let (url, listener) = silent().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        // A response to a request that has not come would be an error.
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            stream.read_buf(&mut request).await.unwrap();
        }
        stream.write_all(b"HTTP/1.1 500 Oh\r\ncontent-type: text/plain\r\n\r\n").await.unwrap();
        while stream.write_all(&[b'x'; 65536]).await.is_ok() {}
    });
    register(&root, json!(["teams.*.create"]), &url).await;
    root.post("/teams", json!({"teamId": "t", "name": "T"})).await;
    let webhook = loop {
        let (_, webhook) = root.get("/webhooks/hook").await;
        if webhook["attempts"] == 1 {
            break webhook;
        }
    };
    let logs = webhook["logs"].as_str().unwrap();
    assert!(logs.contains("Status code: 500\nBody: \nxxx") && logs.len() < 20_000, "{}", logs.len());
}

#[tokio::test]
async fn what_waits_for_a_webhook_that_was_switched_off_is_not_sent() {
    let (_emulator, root) = start().await;
    let (url, listener) = silent().await;
    register(&root, json!(["teams.*.create"]), &url).await;
    for id in ["first", "second"] {
        root.post("/teams", json!({"teamId": id, "name": "T"})).await;
    }
    let (first, _) = listener.accept().await.unwrap();
    let off = json!({"name": "Hook", "events": ["teams.*.create"], "url": url, "enabled": false});
    assert_eq!(root.send(reqwest::Method::PUT, "/webhooks/hook", off).await.0, 200);
    drop(first);
    let own = Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root.clone() };
    let wanted = json!({"webhookId": "hook"});
    own.post("/projects/demo/webhooks/next", wanted).await;
    // Another one would come before those of a webhook that is made now.
    let (open, mut received) = receiver(StatusCode::OK).await;
    let webhook = json!({"webhookId": "b", "name": "B", "events": ["teams.*.create"], "url": open});
    root.post("/webhooks", webhook).await;
    root.post("/teams", json!({"teamId": "third", "name": "T"})).await;
    received.recv().await.unwrap();
    let (_, sent) = own.get("/projects/demo/webhooks").await;
    let of_hook = |it: &&Value| it["webhookId"] == "hook";
    assert_eq!(sent["deliveries"].as_array().unwrap().iter().filter(of_hook).count(), 1, "{sent}");
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
