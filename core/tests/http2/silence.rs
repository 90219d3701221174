//! Connections that fall silent, responses that are too large, and idle connections.

use std::time::Duration;

use futures_util::future::join;
use polywrite::{ErrorKind, Params};

use crate::raw::{Raw, field};

#[tokio::test]
async fn a_frozen_server_costs_one_attempt() {
    let raw = Raw::start().await;
    let limit = Duration::from_millis(300);
    let client = raw.client().timeout(limit).retries(1).build().unwrap();
    let served = tokio::spawn(async move {
        let mut frozen = raw.accept().await;
        let request = frozen.request().await.unwrap();
        frozen.respond(&request, "before").await;
        frozen.request().await.unwrap();
        let mut fresh = raw.accept().await;
        let request = fresh.request().await.unwrap();
        fresh.respond(&request, "after").await;
        frozen
    });
    assert_eq!(client.ping().await.unwrap(), "before");
    assert_eq!(client.ping().await.unwrap(), "after");
    served.await.unwrap();
}

#[tokio::test]
async fn a_server_that_freezes_within_its_response_gets_no_more_calls_on_that_connection() {
    let raw = Raw::start().await;
    let limit = Duration::from_millis(300);
    let client = raw.client().timeout(limit).idle_timeout(limit).retries(1).build().unwrap();
    let served = tokio::spawn(async move {
        let mut frozen = raw.accept().await;
        let request = frozen.request().await.unwrap();
        frozen.begin(&request, "bef").await;
        let mut fresh = raw.accept().await;
        let request = fresh.request().await.unwrap();
        fresh.respond(&request, "after").await;
        frozen
    });
    assert_eq!(client.ping().await.unwrap(), "after");
    served.await.unwrap();
}

#[tokio::test]
async fn a_call_that_is_cancelled_early_leaves_the_connection_to_others() {
    let raw = Raw::start().await;
    let client = raw.client().timeout(Duration::from_secs(60)).build().unwrap();
    let served = tokio::spawn(async move {
        let mut connection = raw.accept().await;
        for text in ["one", "", "three"] {
            let request = connection.request().await.unwrap();
            if !text.is_empty() {
                connection.respond(&request, text).await;
            }
        }
    });
    assert_eq!(client.ping().await.unwrap(), "one");
    tokio::time::timeout(Duration::from_millis(20), client.ping()).await.unwrap_err();
    assert_eq!(client.ping().await.unwrap(), "three");
    served.await.unwrap();
}

#[tokio::test]
async fn a_response_with_large_headers_fails_no_call_beside_it() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let served = tokio::spawn(async move {
        let mut connection = raw.accept().await;
        for size in [64 * 1024, 1150 * 1024] {
            let (one, other) = (connection.request().await.unwrap(), connection.request().await.unwrap());
            let (large, small) = if one.body.contains("large") { (one, other) } else { (other, one) };
            let mut headers = vec![0x88];
            headers.extend((0..size / 8000).flat_map(|_| field("x-large", &"x".repeat(8000))));
            connection.respond_with(&large, &headers, "large").await;
            connection.respond(&small, "small").await;
        }
    });
    let post = |name| client.request("POST", "/notes", &[], Params::new().with("noteId", name));
    let (large, small) = join(post("large"), post("small")).await;
    assert_eq!((large.unwrap().text().unwrap(), small.unwrap().text().unwrap()), ("large", "small"));
    let (large, small) = join(post("large"), post("small")).await;
    assert_eq!(large.unwrap_err().kind(), ErrorKind::Network);
    assert_eq!(small.unwrap().text().unwrap(), "small");
    served.await.unwrap();
}

#[tokio::test]
async fn a_connection_is_kept_for_a_minute_after_its_last_call() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let (closed, is_closed) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let mut connection = raw.accept().await;
        while let Some(request) = connection.request().await {
            connection.respond(&request, "kept").await;
        }
        closed.send(()).unwrap();
    });
    for _ in 0..3 {
        assert_eq!(client.ping().await.unwrap(), "kept");
        tokio::time::pause();
        tokio::time::sleep(Duration::from_secs(55)).await;
        tokio::time::resume();
    }
    assert_eq!(client.ping().await.unwrap(), "kept");
    tokio::time::pause();
    tokio::time::sleep(Duration::from_secs(76)).await;
    tokio::time::resume();
    is_closed.await.unwrap();
}
