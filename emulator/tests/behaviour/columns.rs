//! Impossible columns, and what happens to data when columns change.

use serde_json::json;

use crate::caller::{ROWS, start};

#[tokio::test]
async fn a_column_that_no_value_fits_is_an_error() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    for (kind, mut column, problem) in [
        ("integer", json!({"key": "a", "min": 5, "max": 1}), "column_value_invalid"),
        ("integer", json!({"key": "a", "min": 5, "max": 9, "default": 1}), "column_value_invalid"),
        ("enum", json!({"key": "a", "elements": ["x"], "default": "y"}), "column_value_invalid"),
        ("enum", json!({"key": "a", "elements": []}), "column_value_invalid"),
        ("string", json!({"key": "a", "size": 3, "default": "long"}), "column_value_invalid"),
        ("string", json!({"key": "a", "size": 0}), "general_argument_invalid"),
        (
            "string",
            json!({"key": "a", "size": 9, "array": true, "default": "x"}),
            "column_default_unsupported",
        ),
        ("datetime", json!({"key": "a", "default": "nonsense"}), "column_value_invalid"),
        ("boolean", json!({"key": "$a"}), "general_argument_invalid"),
        ("boolean", json!({"key": "a b"}), "general_argument_invalid"),
        ("boolean", json!({"key": "a".repeat(37)}), "general_argument_invalid"),
    ] {
        column["required"] = json!(false);
        let error = root.error_of(&format!("/tablesdb/d/tables/t/columns/{kind}"), column.clone()).await;
        assert_eq!(error, (400, problem.to_owned()), "{column}");
    }
    let update = json!({"required": false, "default": 9, "min": 0, "max": 5});
    let (status, response) = root.patch("/tablesdb/d/tables/t/columns/integer/count", update).await;
    assert_eq!((status, &response["type"]), (400, &json!("column_value_invalid")));
}

#[tokio::test]
async fn a_column_cannot_take_the_name_of_another() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "string", json!({"key": "s", "size": 9})).await;
    root.post("/tablesdb/d/tables/t/indexes", json!({"key": "i", "type": "key", "columns": ["s"]})).await;
    root.post(ROWS, json!({"rowId": "r", "data": {"count": 1, "s": "x"}})).await;
    let rename = |key: &str| json!({"required": false, "default": null, "newKey": key});
    let path = "/tablesdb/d/tables/t/columns/string/s";
    assert_eq!(root.patch(path, rename("count")).await.0, 409);
    assert_eq!(root.get("/tablesdb/d/tables/t/columns").await.1["total"], 2);
    assert_eq!(root.patch(path, rename("text")).await.0, 200);
    let (_, row) = root.get(&format!("{ROWS}/r")).await;
    assert_eq!((&row["count"], &row["text"], row.get("s")), (&json!(1), &json!("x"), None));
    assert_eq!(root.get("/tablesdb/d/tables/t/indexes/i").await.1["columns"], json!(["text"]));
}

#[tokio::test]
async fn an_impossible_index_is_an_error() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "string", json!({"key": "s", "size": 9})).await;
    let path = "/tablesdb/d/tables/t/indexes";
    for (index, problem) in [
        (json!({"key": "i", "type": "key", "columns": []}), "column_index_invalid"),
        (json!({"key": "i", "type": "key", "columns": ["s", "s"]}), "column_index_invalid"),
        (json!({"key": "i", "type": "fulltext", "columns": ["count"]}), "column_index_invalid"),
        (json!({"key": "i", "type": "spatial", "columns": ["s"]}), "column_index_invalid"),
        (json!({"key": "i", "type": "key", "columns": ["s"], "orders": ["UP"]}), "general_argument_invalid"),
        (json!({"key": "a b", "type": "key", "columns": ["s"]}), "general_argument_invalid"),
    ] {
        assert_eq!(root.error_of(path, index.clone()).await, (400, problem.to_owned()), "{index}");
    }
    let good = json!({"key": "i", "type": "key", "columns": ["s", "$createdAt"], "orders": ["DESC", "asc"]});
    root.post(path, good).await;
}

#[tokio::test]
async fn columns_of_lines_are_linestring() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "line", json!({"key": "way"})).await;
    let (_, column) = root.get("/tablesdb/d/tables/t/columns/way").await;
    assert_eq!(column["type"], "linestring");
    let row = root.post(ROWS, json!({"rowId": "r", "data": {"way": [[1, 2], [3, 4]]}})).await;
    assert_eq!(row["way"], json!([[1, 2], [3, 4]]));
    let index = json!({"key": "i", "type": "spatial", "columns": ["way"]});
    assert_eq!(root.send(reqwest::Method::POST, "/tablesdb/d/tables/t/indexes", index).await.0, 202);
    let update = json!({"required": false, "default": null, "newKey": "path"});
    assert_eq!(root.patch("/tablesdb/d/tables/t/columns/line/way", update).await.0, 200);
}

#[tokio::test]
async fn inline_columns_have_null_for_bounds_that_are_not_set() {
    let (_emulator, root) = start().await;
    root.post("/tablesdb", json!({"databaseId": "d", "name": "D"})).await;
    let columns = json!([
        {"key": "n", "type": "integer", "required": null, "default": null},
        {"key": "f", "type": "double", "min": 0},
    ]);
    root.post("/tablesdb/d/tables", json!({"tableId": "t", "name": "T", "columns": columns})).await;
    let (_, n) = root.get("/tablesdb/d/tables/t/columns/n").await;
    assert_eq!((&n["required"], &n["min"], &n["max"]), (&json!(false), &json!(null), &json!(null)));
    let (_, f) = root.get("/tablesdb/d/tables/t/columns/f").await;
    assert_eq!((&f["min"], &f["max"]), (&json!(0), &json!(null)));
    // They can be used at once.
    let row = root.post(ROWS, json!({"rowId": "r", "data": {"n": i64::MIN}})).await;
    assert_eq!((&row["n"], row.get("f")), (&json!(i64::MIN), Some(&json!(null))));
    assert_eq!(root.error_of(ROWS, json!({"rowId": "s", "data": {"f": -1}})).await.0, 400);
}

#[tokio::test]
async fn rows_older_than_a_column_have_null_in_it() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.post(ROWS, json!({"rowId": "old", "data": {"count": 1}})).await;
    root.column("t", "string", json!({"key": "s", "size": 9})).await;
    root.column("t", "string", json!({"key": "tags", "size": 9, "array": true})).await;
    let (_, row) = root.get(&format!("{ROWS}/old")).await;
    assert_eq!((row.get("s"), row.get("tags")), (Some(&json!(null)), Some(&json!([]))));
}
