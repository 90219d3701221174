//! Servers that end their connections: requests that they surely left untouched are sent again and cost no attempt.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use polywrite::{Client, Params, Result};
use tokio::task::JoinSet;

use crate::raw::{Raw, Request};

/// Everything that arrived, and how often.
type Arrived = Arc<Mutex<HashMap<String, usize>>>;

async fn post(client: &Client, note: &str) -> Result<String> {
    let response = client.request("POST", "/notes", &[], Params::new().with("noteId", note)).await?;
    Ok(response.text().unwrap().to_owned())
}

fn note(request: &Request) -> String {
    request.body.clone()
}

/// Responds to a number of requests on each connection and then ignores the others, as nginx does.
async fn serve_each(raw: Raw, requests: usize, connections: Arc<AtomicUsize>, arrived: Arrived) {
    loop {
        let mut connection = raw.accept().await;
        connections.fetch_add(1, Ordering::SeqCst);
        let arrived = arrived.clone();
        tokio::spawn(async move {
            let mut received = Vec::new();
            while received.len() < requests {
                let Some(request) = connection.request().await else { return };
                *arrived.lock().unwrap().entry(note(&request)).or_default() += 1;
                received.push(request);
            }
            connection.go_away(received.last().unwrap().stream, 0).await;
            for request in &received {
                connection.respond(request, &note(request)).await;
            }
            while connection.request().await.is_some() {}
        });
    }
}

#[tokio::test]
async fn a_graceful_goaway_costs_no_attempt() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let (connections, arrived) = (Arc::new(AtomicUsize::new(0)), Arrived::default());
    tokio::spawn(serve_each(raw, 10, connections.clone(), arrived.clone()));
    let mut calls = JoinSet::new();
    for caller in 0..64 {
        let client = client.clone();
        calls.spawn(async move {
            for call in 0..20 {
                let name = format!("{caller}-{call}");
                let body = post(&client, &name).await.unwrap();
                assert_eq!(body, format!("{{\"noteId\":\"{name}\"}}"));
            }
        });
    }
    // The server would wait for ten requests before it responds to the last ones.
    while let Some(caller) = calls.join_next().await {
        caller.unwrap();
        if calls.len() < 10 {
            break;
        }
    }
    calls.abort_all();
    let arrived = arrived.lock().unwrap();
    assert!(arrived.len() >= 1000, "{}", arrived.len());
    assert!(arrived.values().all(|times| *times == 1), "{arrived:?}");
    assert!(connections.load(Ordering::SeqCst) >= 100);
}

#[tokio::test]
async fn a_connection_after_its_goaway_gets_no_more_calls() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let served = tokio::spawn(async move {
        let mut connection = raw.accept().await;
        let first = connection.request().await.unwrap();
        // Requests in flight may be completed.
        connection.go_away(u32::MAX >> 1, 0).await;
        connection.respond(&first, "one").await;
        let mut other = raw.accept().await;
        let second = other.request().await.unwrap();
        other.respond(&second, "two").await;
        connection.request().await.is_none()
    });
    assert_eq!(post(&client, "a").await.unwrap(), "one");
    assert_eq!(post(&client, "b").await.unwrap(), "two");
    assert!(served.await.unwrap(), "the first connection got another call");
}

#[tokio::test]
async fn calls_above_the_last_one_of_a_goaway_with_an_error_are_untouched_too() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let served = tokio::spawn(async move {
        let mut connection = raw.accept().await;
        let mut received = Vec::new();
        for _ in 0..3 {
            received.push(connection.request().await.unwrap());
        }
        received.sort_by_key(|request| request.stream);
        // ENHANCE_YOUR_CALM
        connection.go_away(received[0].stream, 11).await;
        connection.respond(&received[0], "first").await;
        let mut connection = raw.accept().await;
        let mut again = Vec::new();
        for _ in 0..2 {
            let request = connection.request().await.unwrap();
            connection.respond(&request, "second").await;
            again.push(note(&request));
        }
        again.sort();
        let mut untouched: Vec<_> = received[1..].iter().map(note).collect();
        untouched.sort();
        (again, untouched)
    });
    let results = join_all(["a", "b", "c"].map(|name| post(&client, name))).await;
    let mut results: Vec<_> = results.into_iter().map(|result| result.unwrap()).collect();
    results.sort();
    assert_eq!(results, ["first", "second", "second"]);
    let (again, untouched) = served.await.unwrap();
    assert_eq!(again, untouched);
}

#[tokio::test]
async fn posts_that_were_not_sent_are_distinguished_from_those_that_were() {
    let raw = Raw::start().await.with_streams(2);
    let client = raw.client().build().unwrap();
    let served = tokio::spawn(async move {
        let mut connection = raw.accept().await;
        let first = connection.request().await.unwrap();
        connection.respond(&first, "first").await;
        let mut left =
            vec![note(&connection.request().await.unwrap()), note(&connection.request().await.unwrap())];
        // Without a GOAWAY.
        drop(connection);
        let mut connection = raw.accept().await;
        for _ in 0..8 {
            let request = connection.request().await.unwrap();
            connection.respond(&request, "again").await;
            left.push(note(&request));
        }
        left
    });
    post(&client, "first").await.unwrap();
    let names: Vec<_> = (0..10).map(|number| number.to_string()).collect();
    let results = join_all(names.iter().map(|name| post(&client, name))).await;
    let failed: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    assert_eq!(failed.len(), 2, "{failed:?}");
    let mut left = served.await.unwrap();
    left.sort();
    let mut all: Vec<_> = names.iter().map(|name| format!("{{\"noteId\":\"{name}\"}}")).collect();
    all.sort();
    assert_eq!(left, all);
}

#[tokio::test]
async fn a_server_that_leaves_every_request_untouched_is_not_called_without_end() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = connections.clone();
    tokio::spawn(async move {
        loop {
            let mut connection = raw.accept().await;
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                connection.request().await;
                connection.go_away(0, 0).await;
                while connection.request().await.is_some() {}
            });
        }
    });
    let error = post(&client, "a").await.unwrap_err();
    assert_eq!(error.attempts().len(), 1);
    assert!(connections.load(Ordering::SeqCst) <= 101);
}

#[tokio::test]
async fn a_request_that_a_server_refuses_again_and_again_becomes_an_attempt() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let refusals = Arc::new(AtomicUsize::new(0));
    let counter = refusals.clone();
    tokio::spawn(async move {
        let mut connection = raw.accept().await;
        while let Some(request) = connection.request().await {
            counter.fetch_add(1, Ordering::SeqCst);
            connection.refuse(&request).await;
        }
    });
    let error = post(&client, "a").await.unwrap_err();
    assert_eq!((error.attempts().len(), refusals.load(Ordering::SeqCst)), (1, 4));
}

#[tokio::test]
async fn a_misdirected_request_is_sent_once_more_on_a_new_connection() {
    // `:status: 421`, whose name is in the static table.
    const MISDIRECTED: &[u8] = b"\x08\x03421";
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let served = tokio::spawn(async move {
        let mut wrong = raw.accept().await;
        let first = wrong.request().await.unwrap();
        wrong.respond(&first, "first").await;
        let second = wrong.request().await.unwrap();
        wrong.respond_with(&second, MISDIRECTED, "").await;
        let mut right = raw.accept().await;
        let second = right.request().await.unwrap();
        right.respond(&second, "second").await;
        let third = right.request().await.unwrap();
        right.respond_with(&third, MISDIRECTED, "").await;
        let mut wrong = raw.accept().await;
        let third = wrong.request().await.unwrap();
        wrong.respond_with(&third, MISDIRECTED, "").await;
    });
    assert_eq!(post(&client, "a").await.unwrap(), "first");
    assert_eq!(post(&client, "b").await.unwrap(), "second");
    assert_eq!(post(&client, "c").await.unwrap_err().status(), Some(421));
    served.await.unwrap();
}
