//! Rows: values that come back unchanged, queries, many at once.

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{ROWS, start};

#[tokio::test]
async fn floats_come_back_to_the_last_bit() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "float", json!({"key": "f"})).await;
    // A fast but inexact parser misreads each of them by one unit in the last place.
    let numbers: [f64; 4] = [-9.104_453_875_180_443e-8, 1.797_693_134_862_315_7e308, 5e-324, 0.1];
    for (index, number) in numbers.iter().enumerate() {
        root.post(ROWS, json!({"rowId": index.to_string(), "data": {"f": number}})).await;
        let (_, row) = root.get(&format!("{ROWS}/{index}")).await;
        assert_eq!(row["f"].as_f64().map(f64::to_bits), Some(number.to_bits()), "{number}");
    }
}

#[tokio::test]
async fn queries_select_the_right_rows() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "string", json!({"key": "s", "size": 20})).await;
    for index in 1..=12 {
        let text = if index == 3 { "123" } else { "a b" };
        root.post(ROWS, json!({"rowId": format!("r{index}"), "data": {"s": text}})).await;
    }
    let query = |method: &str, attribute: &str, value: Value| json!({"method": method, "attribute": attribute, "values": [value]});
    assert_eq!(root.found(ROWS, &[query("regex", "s", json!(r"^\d+$"))]).await, ["r3"]);
    assert_eq!(root.found(ROWS, &[query("regex", "s", json!(r"^\D+$"))]).await.len(), 11);
    assert_eq!(root.found(ROWS, &[query("lessThan", "$sequence", json!("3"))]).await, ["r1", "r2"]);
    assert_eq!(root.found(ROWS, &[query("greaterThan", "$sequence", json!(10))]).await, ["r11", "r12"]);
    let hidden = json!({"method": "or", "values": [query("search", "s", json!("b")), query("equal", "s", json!("b"))]});
    let path = format!("{ROWS}?queries[0]={}", hidden.to_string().replace('"', "%22"));
    assert_eq!(root.get(&path).await.1["type"], "general_query_invalid");
}

#[tokio::test]
async fn unique_values_are_unique_within_a_call_too() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    let index = json!({"key": "once", "type": "unique", "columns": ["count"]});
    root.post("/tablesdb/d/tables/t/indexes", index).await;
    root.settled("/tablesdb/d/tables/t/indexes/once").await;
    let twice = json!({"rows": [{"$id": "a", "count": 1}, {"$id": "b", "count": 1}]});
    assert_eq!(root.error_of(ROWS, twice.clone()).await, (409, "row_already_exists".to_owned()));
    assert_eq!(root.send(Method::PUT, ROWS, twice).await.0, 409);
    assert_eq!(root.get(ROWS).await.1["total"], 0, "nothing of a failed call stays");
    root.post(ROWS, json!({"rows": [{"$id": "a", "count": 1}, {"$id": "b", "count": 2}]})).await;
    assert_eq!(root.patch(ROWS, json!({"data": {"count": 3}})).await.0, 409);
    assert_eq!(root.get(&format!("{ROWS}/a")).await.1["count"], 1);
}

#[tokio::test]
async fn rows_of_bulk_calls_are_checked_like_others() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    for row in [
        json!({"$id": "../up", "count": 1}),
        json!({"$id": "a", "count": 1, "$permissions": ["nonsense"]}),
        json!({"$id": "a", "count": 1, "$permissions": ["read(\"unknown\")"]}),
    ] {
        assert_eq!(root.error_of(ROWS, json!({"rows": [row]})).await.0, 400);
    }
    let single = json!({"rowId": "a", "data": {"count": 1}, "permissions": ["read(\"unknown\")"]});
    assert_eq!(root.error_of(ROWS, single).await.0, 400);
}

#[tokio::test]
async fn counting_is_exact_and_stops_at_its_bounds() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.post(ROWS, json!({"rowId": "r", "data": {"count": 9_007_199_254_740_992_i64}})).await;
    let path = format!("{ROWS}/r/count/increment");
    for body in [json!({"value": 1, "max": 9_007_199_254_740_992_i64}), json!({"value": i64::MAX})] {
        let (status, response) = root.patch(&path, body).await;
        assert_eq!((status, &response["type"]), (400, &json!("column_limit_exceeded")));
    }
    assert_eq!(root.get(&format!("{ROWS}/r")).await.1["count"], 9_007_199_254_740_992_i64);
}

#[tokio::test]
async fn several_values_are_an_error_where_one_is_compared() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "string", json!({"key": "s", "size": 20})).await;
    for (method, attribute, values, rule) in [
        ("notEqual", "count", json!([1, 2]), "NotEqual queries require exactly one value."),
        ("greaterThan", "count", json!([1, 2]), "GreaterThan queries require exactly one value."),
        ("lessThanEqual", "count", json!([]), "LessThanEqual queries require exactly one value."),
        ("startsWith", "s", json!(["a", "b"]), "StartsWith queries require exactly one value."),
        ("notEndsWith", "s", json!(["a", "b"]), "NotEndsWith queries require exactly one value."),
        ("between", "count", json!([1, 2, 3]), "Between queries require exactly two values."),
        ("equal", "count", json!([]), "Equal queries require at least one value."),
    ] {
        let query = json!({"method": method, "attribute": attribute, "values": values}).to_string();
        let (status, response) = root.get(&format!("{ROWS}?queries[0]={}", query.replace('"', "%22"))).await;
        assert_eq!((status, &response["type"]), (400, &json!("general_query_invalid")), "{method}");
        assert!(response["message"].as_str().unwrap().ends_with(rule), "{response}");
    }
    let any = json!({"method": "equal", "attribute": "count", "values": [1, 2]});
    assert!(root.found(ROWS, &[any]).await.is_empty());
}

#[tokio::test]
async fn joins_and_aggregates_are_refused_as_by_servers_that_do_not_know_them() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    for method in ["count", "sum", "avg", "groupBy", "having", "distinct", "join", "leftJoin", "crossJoin"] {
        let query = json!({"method": method, "attribute": "count", "values": []}).to_string();
        let (status, response) = root.get(&format!("{ROWS}?queries[0]={}", query.replace('"', "%22"))).await;
        assert_eq!((status, &response["type"]), (400, &json!("general_query_invalid")), "{method}");
        assert_eq!(response["message"], format!("Invalid query method: {method}"));
    }
}

#[tokio::test]
async fn bulk_calls_take_100_rows_and_queries_have_bounds() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    let rows = |count: u32| -> Value {
        (0..count).map(|id| json!({"$id": format!("r{id}"), "count": id})).collect()
    };
    for http_method in [Method::POST, Method::PUT] {
        let (status, response) = root.send(http_method.clone(), ROWS, json!({"rows": rows(101)})).await;
        assert_eq!((status, &response["type"]), (400, &json!("general_argument_invalid")));
        assert!(
            response["message"]
                .as_str()
                .unwrap()
                .contains("`rows` param: Value must a valid array no longer than 100")
        );
        assert!(root.send(http_method, ROWS, json!({"rows": rows(100)})).await.0 < 300);
    }
    let query = json!({"method": "notEqual", "attribute": "count", "values": [1]}).to_string();
    let many = |count: usize| -> String {
        (0..count).map(|index| format!("queries[{index}]={}&", query.replace('"', "%22"))).collect()
    };
    assert_eq!(root.get(&format!("{ROWS}?{}", many(101))).await.1["type"], "general_argument_invalid");
    assert_eq!(root.get(&format!("{ROWS}?{}", many(100))).await.0, 200);
    let values = |count: u32| {
        json!({"method": "equal", "attribute": "count", "values": (0..count).collect::<Vec<_>>()}).to_string()
    };
    for (query, kind) in [
        (values(501), "general_query_invalid"),
        (values(2000), "general_argument_invalid"),
        (String::new(), "general_argument_invalid"),
    ] {
        let (status, response) = root.get(&format!("{ROWS}?queries[0]={}", query.replace('"', "%22"))).await;
        assert_eq!((status, &response["type"]), (400, &json!(kind)));
    }
    assert_eq!(root.get(&format!("{ROWS}?queries[0]={}", values(500).replace('"', "%22"))).await.0, 200);
}
