//! Transactions: all or nothing, visible within, private to their owner.

use serde_json::{Value, json};

use crate::caller::{Caller, ROWS, start};

async fn transaction(caller: &Caller) -> (Value, String) {
    let id = caller.post("/tablesdb/transactions", json!({})).await["$id"].clone();
    let path = format!("/tablesdb/transactions/{}", id.as_str().unwrap());
    (id, path)
}

fn operation(action: &str, table: &str, row: &str, data: Value) -> Value {
    json!({"action": action, "databaseId": "d", "tableId": table, "rowId": row, "data": data})
}

#[tokio::test]
async fn a_commit_that_fails_changes_nothing() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    let (_, path) = transaction(&root).await;
    let operations = json!({"operations": [
        operation("create", "t", "good", json!({"count": 1})),
        operation("create", "t", "bad", json!({"unknown": 1})),
    ]});
    root.post(&format!("{path}/operations"), operations).await;
    assert_eq!(root.patch(&path, json!({"commit": true})).await.0, 400);
    assert_eq!(root.get(ROWS).await.1["total"], 0);
}

#[tokio::test]
async fn reading_within_sees_every_staged_write() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "string", json!({"key": "s", "size": 9})).await;
    for id in ["changed", "deleted"] {
        root.post(ROWS, json!({"rowId": id, "data": {"count": 1}})).await;
    }
    let (id, path) = transaction(&root).await;
    let of = |row: &str| format!("{ROWS}/{row}");
    root.patch(&of("changed"), json!({"data": {"count": 2}, "transactionId": id})).await;
    root.patch(&of("changed"), json!({"data": {"s": "x"}, "transactionId": id})).await;
    root.post(ROWS, json!({"rowId": "new", "data": {"s": "y"}, "transactionId": id})).await;
    root.patch(&of("new/count/increment"), json!({"value": 5, "transactionId": id})).await;
    assert_eq!(root.delete(&of("deleted"), json!({"transactionId": id})).await, 204);
    root.patch(ROWS, json!({"data": {"s": "all"}, "transactionId": id})).await;

    let within = |path: String| format!("{path}?transactionId={}", id.as_str().unwrap());
    let (_, list) = root.get(&within(ROWS.to_owned())).await;
    let rows = list["rows"].as_array().unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (&row["$id"], &row["count"], &row["s"])).collect();
    let (all, two, five) = (json!("all"), json!(2), json!(5));
    assert_eq!(seen, [(&json!("changed"), &two, &all), (&json!("new"), &five, &all)]);
    assert_eq!(root.get(&within(of("deleted"))).await.0, 404);
    assert_eq!(root.get(&within(of("new"))).await.1["count"], 5);
    assert_eq!(root.get(&of("deleted")).await.0, 200, "outside nothing has happened");

    assert_eq!(root.patch(&path, json!({"commit": true})).await.1["status"], "committed");
    assert_eq!(root.get(&of("new")).await.1["count"], 5);
    assert_eq!(root.get(&of("deleted")).await.0, 404);
}

#[tokio::test]
async fn operations_are_checked_when_they_are_staged() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    let (_, path) = transaction(&root).await;
    let staging = format!("{path}/operations");
    for (wrong, status) in [
        (operation("fly", "t", "a", json!({})), 400),
        (operation("create", "nowhere", "a", json!({"count": 1})), 404),
        (operation("update", "t", "", json!({"count": 1})), 400),
        (operation("create", "t", "../a", json!({"count": 1})), 400),
        (json!({}), 400),
    ] {
        let error = root.error_of(&staging, json!({"operations": [wrong]})).await;
        assert_eq!(error.0, status, "{wrong}");
    }
    for unclear in [json!({}), json!({"commit": true, "rollback": true})] {
        assert_eq!(root.patch(&path, unclear).await.0, 400);
    }
    assert_eq!(root.get(&path).await.1["operations"], 0);
}

#[tokio::test]
async fn users_stage_only_what_they_may_do() {
    let (_emulator, root) = start().await;
    root.table(true, json!(["create(\"users\")"])).await;
    root.post("/tablesdb/d/tables", json!({"tableId": "closed", "name": "Closed"})).await;
    root.post(ROWS, json!({"rowId": "foreign", "data": {"count": 1}, "permissions": ["read(\"any\")"]}))
        .await;
    let mut users = Vec::new();
    for name in ["ada", "bob"] {
        root.post("/users", json!({"userId": name})).await;
        let session = root.post(&format!("/users/{name}/sessions"), json!({})).await;
        users.push(root.with("x-appwrite-session", &session["secret"]));
    }
    let [ada, bob] = &users[..] else { panic!("two users") };
    let (_, path) = transaction(ada).await;
    assert_eq!(bob.get(&path).await.0, 404, "another user's transaction");
    let staging = format!("{path}/operations");
    for forbidden in [
        operation("create", "closed", "a", json!({})),
        operation("delete", "t", "foreign", json!({})),
        operation("update", "t", "foreign", json!({"count": 2})),
        operation("bulkDelete", "t", "", json!({"queries": []})),
    ] {
        let error = ada.error_of(&staging, json!({"operations": [forbidden]})).await;
        assert_eq!(error.0, 401, "{forbidden}");
    }
    ada.post(&staging, json!({"operations": [operation("create", "t", "own", json!({"count": 1}))]})).await;
    assert_eq!(ada.patch(&path, json!({"commit": true})).await.0, 200);
    assert_eq!(ada.get(&format!("{ROWS}/own")).await.0, 200);
    assert_eq!(bob.get(&format!("{ROWS}/own")).await.0, 404);
}

#[tokio::test]
async fn a_transaction_takes_100_operations() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    let transaction = root.post("/tablesdb/transactions", json!({})).await;
    let path = format!("/tablesdb/transactions/{}/operations", transaction["$id"].as_str().unwrap());
    let operations = |range: std::ops::Range<u32>| -> Value {
        let operation = |id| {
            json!({
                "action": "create", "databaseId": "d", "tableId": "t", "rowId": format!("r{id}"), "data": {"count": id},
            })
        };
        json!({"operations": range.map(operation).collect::<Vec<_>>()})
    };
    let full = (400, "transaction_limit_exceeded".to_owned());
    assert_eq!(root.error_of(&path, operations(0..101)).await, full);
    assert_eq!(root.post(&path, operations(0..100)).await["operations"], 100);
    assert_eq!(root.error_of(&path, operations(100..101)).await, full);
    let row = json!({"rowId": "more", "data": {"count": 1}, "transactionId": transaction["$id"]});
    assert_eq!(root.error_of(ROWS, row).await, full);
    assert_eq!(
        root.error_of(&path, json!({"operations": []})).await,
        (400, "general_bad_request".to_owned())
    );
}

#[tokio::test]
async fn a_transaction_that_a_test_ends_takes_nothing_more() {
    let (emulator, root) = start().await;
    root.table(false, json!([])).await;
    let (id, path) = transaction(&root).await;
    root.post(ROWS, json!({"rowId": "staged", "data": {"count": 1}, "transactionId": id})).await;
    emulator.expire_transactions().unwrap();
    let (status, failure) = root.patch(&path, json!({"commit": true})).await;
    assert_eq!((status, &failure["type"]), (500, &json!("transaction_expired")));
    assert_eq!(root.get(&path).await.1["status"], "pending", "as on the real server");
    assert_eq!(root.get(ROWS).await.1["total"], 0);
    let (_, path) = transaction(&root).await;
    assert_eq!(
        root.patch(&path, json!({"commit": true})).await.1["status"],
        "committed",
        "a new one is open"
    );
}
