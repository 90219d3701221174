//! What calls read of keys and tables is never older than the last change, though it is read from the database once.

use reqwest::Method;
use serde_json::json;

use crate::caller::{ROWS, start};

const TABLE: &str = "/tablesdb/d/tables/t";

#[tokio::test]
async fn a_key_has_the_scopes_of_its_last_change() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    let rows = json!({"keyId": "k", "name": "Rows", "scopes": ["rows.read"]});
    let key = root.post("/project/keys", rows).await;
    let caller = root.with("x-appwrite-key", &key["secret"]);
    assert_eq!((caller.get(ROWS).await.0, caller.get(TABLE).await.0), (200, 401));
    root.send(Method::PUT, "/project/keys/k", json!({"name": "Tables", "scopes": ["tables.read"]})).await;
    assert_eq!((caller.get(ROWS).await.0, caller.get(TABLE).await.0), (401, 200));
    root.delete("/project/keys/k", json!({})).await;
    assert_eq!(caller.get(TABLE).await.0, 401);
}

#[tokio::test]
async fn a_row_fits_the_columns_and_indexes_of_the_last_change() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    let titled = |id: &str, title: &str| json!({"rowId": id, "data": {"title": title}});
    assert_eq!(root.error_of(ROWS, titled("a", "A")).await.0, 400, "there is no such column yet");
    root.column("t", "string", json!({"key": "title", "size": 10})).await;
    root.post(ROWS, titled("a", "A")).await;
    let index = json!({"key": "once", "type": "unique", "columns": ["title"]});
    root.post(&format!("{TABLE}/indexes"), index).await;
    root.settled(&format!("{TABLE}/indexes/once")).await;
    assert_eq!(root.error_of(ROWS, titled("b", "A")).await.0, 409);
    root.delete(&format!("{TABLE}/indexes/once"), json!({})).await;
    root.post(ROWS, titled("b", "A")).await;
    let renamed = json!({"newKey": "name", "required": false, "default": null});
    root.patch(&format!("{TABLE}/columns/string/title"), renamed).await;
    assert_eq!(root.error_of(ROWS, titled("c", "C")).await.0, 400);
    assert_eq!(root.get(&format!("{ROWS}/a")).await.1["name"], "A");
    root.delete(&format!("{TABLE}/columns/name"), json!({})).await;
    assert!(root.get(&format!("{ROWS}/a")).await.1.get("name").is_none());
}

#[tokio::test]
async fn a_guest_has_the_permissions_of_the_last_change() {
    let (_emulator, root) = start().await;
    root.table(false, json!(["read(\"any\")"])).await;
    let guest = root.with("x-test", &json!("guest"));
    assert_eq!(guest.get(ROWS).await.0, 200);
    root.send(Method::PUT, TABLE, json!({"name": "t", "permissions": []})).await;
    assert_eq!(guest.get(ROWS).await.0, 401);
    root.send(Method::PUT, TABLE, json!({"name": "t", "permissions": ["read(\"any\")"], "enabled": false}))
        .await;
    assert_eq!(guest.get(ROWS).await.0, 404);
    root.send(Method::PUT, TABLE, json!({"name": "t", "enabled": true})).await;
    assert_eq!(guest.get(ROWS).await.0, 200);
    root.send(Method::PUT, "/tablesdb/d", json!({"name": "d", "enabled": false})).await;
    assert_eq!(guest.get(ROWS).await.0, 404);
    root.delete("/tablesdb/d", json!({})).await;
    assert_eq!(root.get(ROWS).await.0, 404);
}
