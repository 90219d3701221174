//! Lists, page after page.

use futures_util::{FutureExt, Stream, StreamExt};
use polywrite::services::{Messaging, Mongo, TablesDB};
use polywrite::{CallOptions, Client, Error, ErrorKind, Params, Query, Result, iterate, operation};
use serde_json::{Value, json};

use crate::cases::{cases, check_error, stage};

/// Items that came, and what ended them.
type Read = (Vec<String>, Option<Error>);

#[tokio::test]
async fn lists_are_read_as_every_language_reads_them() {
    for case in cases("lists.json") {
        let name = case["name"].as_str().unwrap();
        let (server, client, _) = stage(&case).await;
        let (items, error) = read(&client, &case).await;
        let wanted = &case["wanted"];
        let bound = |place: usize| wanted["items"][place].as_u64().unwrap();
        let expected: Vec<String> = (bound(0)..bound(1)).map(|number| format!("i{number}")).collect();
        assert_eq!(items, expected, "{name}");
        check_error(name, &wanted["error"], error.as_ref());
        let requests: Vec<Value> = server.lines().iter().map(|line| queries(line)).collect();
        assert_eq!(json!(requests), wanted["requests"], "{name}");
    }
}

/// The queries of a request, or its parameters where it has no queries.
fn queries(line: &str) -> Value {
    let target = line.split(' ').nth(1).unwrap();
    let url = url::Url::parse("http://local").unwrap().join(target).unwrap();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if pairs.iter().any(|(name, _)| name.starts_with("queries")) {
        json!(pairs.into_iter().map(|(_, value)| value).collect::<Vec<_>>())
    } else {
        json!(pairs.into_iter().collect::<std::collections::BTreeMap<_, _>>())
    }
}

async fn read(client: &Client, case: &Value) -> Read {
    let queries: Vec<Query> = case["queries"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|query| query.as_str().unwrap().parse().unwrap())
        .collect();
    macro_rules! items {
        ($call:expr, $id:ident) => {{
            let items = $call.items();
            let items = match case["pageSize"].as_u64() {
                Some(size) => items.page_size(size),
                None => items,
            };
            collect(items.map(|item| item.map(|item| item.$id)), case["take"].as_u64()).await
        }};
    }
    match case["call"].as_str().unwrap() {
        "tablesDB.listRows" => {
            items!(TablesDB::new(client).list_rows::<Value>("d", "t").queries(queries), id)
        }
        "tablesDB.listIndexes" => items!(TablesDB::new(client).list_indexes("d", "t").queries(queries), key),
        "messaging.listTopics" => items!(Messaging::new(client).list_topics().queries(queries), id),
        "mongo.listOperations" => {
            let mut call = Mongo::new(client).list_operations("d");
            if let Some(limit) = case["arguments"]["limit"].as_i64() {
                call = call.limit(limit);
            }
            if let Some(offset) = case["arguments"]["offset"].as_i64() {
                call = call.offset(offset);
            }
            items!(call, id)
        }
        other => panic!("no list {other}"),
    }
}

async fn collect(mut items: impl Stream<Item = Result<String>> + Unpin, take: Option<u64>) -> Read {
    let mut read = Vec::new();
    // A list without an end would not be one of the cases.
    while take.is_none_or(|take| (read.len() as u64) < take) && read.len() < 10_000 {
        match items.next().await {
            Some(Ok(item)) => read.push(item),
            Some(Err(error)) => return (read, Some(error)),
            None => break,
        }
    }
    (read, None)
}

#[tokio::test]
async fn after_an_error_and_after_the_end_a_stream_stays_at_its_end() {
    let all = cases("lists.json");
    for name in ["1 item", "an error ends the list", "a page size of 0 is refused"] {
        let case = all.iter().find(|case| case["name"] == name).unwrap();
        let (server, client, _) = stage(case).await;
        let items =
            TablesDB::new(&client).list_rows::<Value>("d", "t").queries([Query::equal("a", 1)]).items();
        let mut items = items.page_size(case["pageSize"].as_u64().unwrap_or(2));
        while let Some(Ok(_)) = items.next().await {}
        let calls = server.lines().len();
        assert!(items.next().await.is_none() && items.next().await.is_none(), "{name}");
        assert_eq!(server.lines().len(), calls, "{name}");
    }
}

#[tokio::test]
async fn a_list_goes_on_from_a_place_and_ends_with_a_page_that_cannot_be_read() {
    let all = cases("lists.json");
    let of = |name: &str| all.iter().find(|case| case["name"] == name).unwrap();
    let begin = |client: &Client, size| {
        let params = Params::from_json(r#"{"databaseId":"d","tableId":"t"}"#).unwrap();
        let list = operation("tablesDB.listRows").unwrap();
        iterate(client, list, params, Some(size), CallOptions::new()).unwrap()
    };
    let whole = of("a page and 1");
    let (server, client, _) = stage(whole).await;
    let mut first = begin(&client, 100);
    first.next().await.unwrap().unwrap();
    let mut second = begin(&client, 100).at(&first.place().unwrap()).unwrap();
    second.next().await.unwrap().unwrap();
    let requests: Vec<Value> = server.lines().iter().map(|line| queries(line)).collect();
    assert_eq!((json!(requests), second.place()), (whole["wanted"]["requests"].clone(), None));
    assert_eq!(begin(&client, 100).at("nowhere").err().unwrap().kind(), ErrorKind::Argument);

    let (server, client, _) = stage(of("a last item without an ID")).await;
    let mut pages = begin(&client, 2);
    assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::Decode);
    assert!(pages.next().await.unwrap().is_none() && pages.place().is_none());
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn pages_are_whole_responses_and_nothing_is_sent_before_they_are_asked_for() {
    let all = cases("lists.json");
    let case = all.iter().find(|case| case["name"] == "a page and 1").unwrap();
    let (server, client, _) = stage(case).await;
    let mut pages = TablesDB::new(&client).list_rows::<Value>("d", "t").pages();
    tokio::task::yield_now().await;
    assert_eq!(server.lines().len(), 0);
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!((first.total, first.rows.len(), server.lines().len()), (101, 100, 1));
    assert_eq!(pages.try_next().await.unwrap().unwrap().rows.len(), 1);
    assert!(pages.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn one_page_is_in_memory_at_a_time() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    static LIVE: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);

    #[derive(serde::Deserialize)]
    #[serde(from = "serde::de::IgnoredAny")]
    struct Counted;

    impl From<serde::de::IgnoredAny> for Counted {
        fn from(_: serde::de::IgnoredAny) -> Self {
            MOST.fetch_max(LIVE.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
            Self
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            LIVE.fetch_sub(1, Ordering::Relaxed);
        }
    }

    let all = cases("lists.json");
    let case = all.iter().find(|case| case["name"].as_str().unwrap().starts_with("6,000")).unwrap();
    let (_server, client, _) = stage(case).await;
    let mut items = TablesDB::new(&client).list_rows::<Counted>("d", "t").items().page_size(500);
    let mut count = 0;
    while items.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 6_000);
    assert!(MOST.load(Ordering::Relaxed) <= 501, "{} rows at once", MOST.load(Ordering::Relaxed));
    assert_eq!(LIVE.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_page_whose_future_is_dropped_is_asked_for_again() {
    let all = cases("lists.json");
    let case = all.iter().find(|case| case["name"] == "a page and 1").unwrap();
    let (_server, client, _) = stage(case).await;
    let mut items = TablesDB::new(&client).list_rows::<Value>("d", "t").items();
    drop(Box::pin(items.try_next()).now_or_never());
    let mut count = 0;
    while items.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 101);
}
