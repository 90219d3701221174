//! Webhooks beyond the vectors: what is shown of them, and a server that receives them.

use polywrite::models::Session;
use polywrite::{ErrorKind, Webhook};
use tower_service::Service;

#[allow(unreachable_pub, reason = "a program has it in a module of its own")]
#[path = "../../../examples/receive-webhooks/rust/app.rs"]
mod app;

const URL: &str = "https://shop.example.com/hooks/orders";
const SECRET: &str = "a-secret-of-the-webhook";

fn headers<'a>(signature: &'a str, events: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("X-Appwrite-Webhook-Id", "hook"),
        ("X-Appwrite-Webhook-Name", "Orders"),
        ("X-Appwrite-Webhook-Events", events),
        ("X-Appwrite-Webhook-Project-Id", "shop"),
        ("X-Appwrite-Webhook-Signature", signature),
    ]
}

#[test]
fn a_payload_is_a_model_and_nothing_shows_its_secrets() {
    let webhook = Webhook::new(URL, SECRET).unwrap();
    let body = r#"{"$id":"s1","userId":"u1","secret":"s3cret-of-a-session"}"#;
    let event = webhook.parse(headers(&webhook.sign(body), "users.u1.sessions.s1.create"), body).unwrap();
    assert_eq!(event.model(), Some("Session"));
    let session: Session = event.payload().unwrap();
    assert_eq!(session.secret, "s3cret-of-a-session");
    let error = event.payload::<u8>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let shown = format!("{event:?} {session:?} {webhook:?} {error} {error:?}");
    for secret in ["s3cret-of-a-session", SECRET] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains(URL) && shown.contains("users.u1.sessions.s1.create"), "{shown}");
}

#[test]
fn numbers_and_depth_that_languages_read_differently_are_refused() {
    let webhook = Webhook::new(URL, SECRET).unwrap();
    let (deep, large) = ("[".repeat(1000) + &"]".repeat(1000), format!("1{}", "0".repeat(400)));
    for body in [deep, large, r#"["\ud83d"]"#.to_owned()] {
        let error = webhook.parse(headers(&webhook.sign(&body), "users.u1.create"), &body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    }
}

#[tokio::test]
async fn an_axum_server_receives_webhooks() {
    let webhook = Webhook::new(URL, SECRET).unwrap();
    let body = r#"{"$id":"o1","total":12.5,"note":"\u00e9\/"}"#;
    let event = "databases.shop.tables.orders.rows.o1.create";
    for (signature, events, status, said) in [
        (webhook.sign(body), event, 200, "o1: 12.5"),
        (webhook.sign(body), "teams.t.create", 200, "teams.t.create: ignored"),
        (webhook.sign("{}"), event, 401, ""),
        (webhook.sign(body), "", 400, ""),
    ] {
        let mut request = axum::http::Request::post("/hooks/orders");
        for (name, value) in headers(&signature, events) {
            request = request.header(name, value);
        }
        let request = request.body(axum::body::Body::from(body)).unwrap();
        let response = app::app(webhook.clone()).call(request).await.unwrap();
        assert_eq!(response.status(), status);
        let text = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        assert_eq!(text, said);
    }
}
