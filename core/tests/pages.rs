//! Lists that are longer than one response.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::cell::RefCell;

use futures_util::TryStreamExt;
use polywrite::{Error, ErrorKind, Query, Result, items, pages};
use serde_json::{Value, json};

/// The response of a server with `total` rows.
fn response(total: usize, queries: &[Query]) -> Value {
    let value = |method: &str| {
        let queries = queries.iter().map(|query| serde_json::from_str::<Value>(query.as_str()).unwrap());
        queries.into_iter().find(|query| query["method"] == method).map(|query| query["values"][0].clone())
    };
    let limit = value("limit").unwrap().as_u64().unwrap() as usize;
    let start = value("cursorAfter").map_or(0, |id| id.as_str().unwrap()[1..].parse::<usize>().unwrap() + 1);
    let rows: Vec<Value> = (start..total).take(limit).map(|row| json!({"$id": format!("r{row}")})).collect();
    json!({"total": total, "rows": rows})
}

#[tokio::test]
async fn all_items_come_in_order() {
    for total in [0, 1, 9, 10, 11, 30] {
        let calls = RefCell::new(Vec::new());
        let call = |page: Vec<Query>| {
            calls.borrow_mut().push(page.iter().map(Query::to_string).collect::<Vec<_>>());
            std::future::ready(Ok(response(total, &page)))
        };
        let rows: Vec<Value> = items(10, call).try_collect().await.unwrap();
        let ids: Vec<String> = rows.iter().map(|row| row["$id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids, (0..total).map(|row| format!("r{row}")).collect::<Vec<_>>());
        assert_eq!(calls.borrow().len(), total / 10 + 1);
        assert_eq!(calls.borrow()[0], [r#"{"method":"limit","values":[10]}"#]);
    }
}

#[tokio::test]
async fn a_page_is_only_requested_when_it_is_needed() {
    let calls = RefCell::new(0);
    let call = |page: Vec<Query>| {
        *calls.borrow_mut() += 1;
        std::future::ready(Ok(response(100, &page)))
    };
    let mut pages = std::pin::pin!(pages(10, call));
    assert_eq!(*calls.borrow(), 0);
    pages.try_next().await.unwrap().unwrap();
    assert_eq!(*calls.borrow(), 1);
}

#[tokio::test]
async fn a_server_that_ignores_the_cursor_ends_in_an_error() {
    let call = |_| std::future::ready(Ok(response(100, &[Query::limit(10)])));
    let result: Result<Vec<Value>> = items(10, call).try_collect().await;
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn pages_without_items_are_errors() {
    // The server would send none, which would look like an empty list.
    let call = |page: Vec<Query>| std::future::ready(Ok(response(100, &page)));
    let result: Result<Vec<Value>> = items(0, call).try_collect().await;
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Argument);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let call = |_| std::future::ready(Err::<Value, _>(Error::argument("no")));
    let result: Result<Vec<Value>> = items(10, call).try_collect().await;
    assert_eq!(result.unwrap_err().message(), "no");
}

#[tokio::test]
#[cfg(feature = "services")]
async fn typed_lists_are_pages() {
    use polywrite::models::RowList;

    let call = |page: Vec<Query>| {
        std::future::ready(Ok(serde_json::from_value::<RowList>(response(12, &page)).unwrap()))
    };
    let rows: Vec<_> = items(10, call).try_collect().await.unwrap();
    assert_eq!(rows.len(), 12);
    assert_eq!(rows[11].id, "r11");
}
