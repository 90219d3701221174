//! Replays what a real server sent to webhooks: under which events, with which headers and fields.

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::{HeaderMap, StatusCode};
use polywrite_emulator::{Emulator, Options};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::receiver::receiver;

/// Deliveries that are not replayed, each with its reason.
const NOT_THERE: &[(&str, &str)] = &[(
    "delivery-column-create",
    "it names the numbers that the server's database gave to a table and its database",
)];

/// The call that makes a delivery, and whether the user makes it.
fn calls() -> Vec<(&'static str, Method, &'static str, Value, bool)> {
    let row = "/tablesdb/whdb/tables/t/rows/r1";
    vec![
        ("delivery-user-update-name", Method::PATCH, "/users/wu1/name", json!({"name": "n"}), false),
        ("delivery-session-create", Method::POST, "/users/wu1/sessions", json!({}), false),
        (
            "delivery-database-create",
            Method::POST,
            "/tablesdb",
            json!({"databaseId": "whdb", "name": "whdb"}),
            false,
        ),
        ("delivery-row-update", Method::PATCH, row, json!({"data": {"s": "x"}}), false),
        ("delivery-row-delete", Method::DELETE, row, json!({}), false),
        ("delivery-team-create", Method::POST, "/teams", json!({"teamId": "wt", "name": "T"}), false),
        ("delivery-user-update-by-user", Method::PATCH, "/account/name", json!({"name": "by user"}), true),
    ]
}

#[tokio::test]
async fn deliveries_are_matched() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/recordings-flows/webhooks");
    let names = fs::read_dir(&folder).expect("the folder can be read").flatten();
    let names = names.filter_map(|file| file.path().file_stem()?.to_str().map(str::to_owned));
    let mut unplanned: BTreeSet<String> = names.filter(|name| name.starts_with("delivery-")).collect();
    for (name, reason) in NOT_THERE {
        assert!(unplanned.remove(*name), "nothing is {name} ({reason})");
    }
    let (url, mut received) = receiver(StatusCode::OK).await;

    let emulator = Emulator::start(Options { project: "whp".to_owned(), ..Options::default() })
        .await
        .expect("it starts");
    let client = Client::builder().no_proxy().build().expect("a client");
    let mut session = String::new();
    let send = async |method: Method, path: &str, body: Value, session: Option<&str>| {
        let request = client
            .request(method, format!("{}{path}", emulator.endpoint()))
            .header("x-appwrite-project", "whp")
            .header("content-type", "application/json");
        let request = match session {
            Some(session) => request.header("x-appwrite-session", session),
            None => request.header("x-appwrite-key", emulator.root_key()),
        };
        let response = request.body(body.to_string()).send().await.expect("a response");
        assert!(response.status().is_success(), "{path}: {}", response.status());
        response.text().await.expect("a body").parse::<Value>().unwrap_or_default()
    };
    send(
        Method::POST,
        "/users",
        json!({"userId": "wu1", "email": "wu1@example.com", "password": "correct horse"}),
        None,
    )
    .await;
    let events = json!(["databases.*", "users.*", "teams.*"]);
    let webhook = json!({"webhookId": "wh-main", "name": "Main hook", "events": events, "url": url});
    send(Method::POST, "/webhooks", webhook, None).await;
    for (name, method, path, body, by_user) in calls() {
        assert!(unplanned.remove(name), "{name} is recorded");
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).expect("the file can be read");
        let recorded: Value = text.parse().expect("a recording is JSON");
        let made = send(method, path, body, by_user.then_some(&*session)).await;
        if name == "delivery-session-create" {
            made["secret"].as_str().expect("a secret").clone_into(&mut session);
        }
        let (_, headers, body) = received.recv().await.expect("a delivery");
        check(name, &recorded, &headers, &body);
        if name == "delivery-database-create" {
            let columns = json!([{"key": "s", "type": "string", "size": 50, "required": false}]);
            let table = json!({"tableId": "t", "name": "t", "columns": columns});
            send(Method::POST, "/tablesdb/whdb/tables", table, None).await;
            send(
                Method::POST,
                "/tablesdb/whdb/tables/t/rows",
                json!({"rowId": "r1", "data": {"s": "x"}}),
                None,
            )
            .await;
            // Of the table and of the row.
            for _ in 0..2 {
                received.recv().await.expect("a delivery");
            }
        }
    }
    assert!(unplanned.is_empty(), "not replayed: {unplanned:?}");
}

fn check(name: &str, recorded: &Value, headers: &HeaderMap, body: &str) {
    let request = &recorded["request"];
    let then: Vec<(String, &str)> = request["headers"]
        .as_array()
        .expect("headers")
        .iter()
        .map(|header| {
            (header[0].as_str().unwrap_or_default().to_lowercase(), header[1].as_str().unwrap_or_default())
        })
        .collect();
    let then_names: BTreeSet<&str> = then.iter().map(|(name, _)| name.as_str()).collect();
    let now_names: BTreeSet<&str> = headers.keys().map(|name| name.as_str()).collect();
    assert_eq!(then_names, now_names, "{name}: headers");
    let then_body: Value = request["body"].as_str().expect("a body").parse().expect("it is JSON");
    let now_body: Value = body.parse().expect("the body is JSON");
    let keys = |body: &Value| -> BTreeSet<String> {
        body.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
    };
    assert_eq!(keys(&then_body), keys(&now_body), "{name}: fields");
    let events = then.iter().find(|(name, _)| name == "x-appwrite-webhook-events").expect("events").1;
    let (then_id, now_id) =
        (then_body["$id"].as_str().unwrap_or_default(), now_body["$id"].as_str().unwrap_or_default());
    let now = headers["x-appwrite-webhook-events"].to_str().expect("text");
    assert_eq!(events.replace(then_id, now_id), now, "{name}: events");
}
