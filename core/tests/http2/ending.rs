//! Servers that end their connections: what they surely left untouched goes out again, and costs no attempt.

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

/// Answers a number of requests on each connection and then ignores what comes, as nginx does.
async fn serve_each(raw: Raw, requests: usize, connections: Arc<AtomicUsize>, arrived: Arrived) {
    loop {
        let mut line = raw.accept().await;
        connections.fetch_add(1, Ordering::SeqCst);
        let arrived = arrived.clone();
        tokio::spawn(async move {
            let mut taken = Vec::new();
            while taken.len() < requests {
                let Some(request) = line.request().await else { return };
                *arrived.lock().unwrap().entry(note(&request)).or_default() += 1;
                taken.push(request);
            }
            line.go_away(taken.last().unwrap().stream, 0).await;
            for request in &taken {
                line.answer(request, &note(request)).await;
            }
            while line.request().await.is_some() {}
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
                let answered = post(&client, &name).await.unwrap();
                assert_eq!(answered, format!("{{\"noteId\":\"{name}\"}}"));
            }
        });
    }
    // The last of them would wait for ten requests.
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
async fn a_connection_that_had_its_goaway_gets_no_more_calls() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let served = tokio::spawn(async move {
        let mut line = raw.accept().await;
        let first = line.request().await.unwrap();
        // What is on its way may come to its end.
        line.go_away(u32::MAX >> 1, 0).await;
        line.answer(&first, "one").await;
        let mut other = raw.accept().await;
        let second = other.request().await.unwrap();
        other.answer(&second, "two").await;
        line.request().await.is_none()
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
        let mut line = raw.accept().await;
        let mut taken = Vec::new();
        for _ in 0..3 {
            taken.push(line.request().await.unwrap());
        }
        taken.sort_by_key(|request| request.stream);
        // ENHANCE_YOUR_CALM
        line.go_away(taken[0].stream, 11).await;
        line.answer(&taken[0], "first").await;
        let mut line = raw.accept().await;
        let mut again = Vec::new();
        for _ in 0..2 {
            let request = line.request().await.unwrap();
            line.answer(&request, "second").await;
            again.push(note(&request));
        }
        again.sort();
        let mut untouched: Vec<_> = taken[1..].iter().map(note).collect();
        untouched.sort();
        (again, untouched)
    });
    let answers = join_all(["a", "b", "c"].map(|name| post(&client, name))).await;
    let mut answers: Vec<_> = answers.into_iter().map(|answer| answer.unwrap()).collect();
    answers.sort();
    assert_eq!(answers, ["first", "second", "second"]);
    let (again, untouched) = served.await.unwrap();
    assert_eq!(again, untouched);
}

#[tokio::test]
async fn posts_that_never_left_are_told_apart_from_those_that_did() {
    let raw = Raw::start().await.with_streams(2);
    let client = raw.client().build().unwrap();
    let served = tokio::spawn(async move {
        let mut line = raw.accept().await;
        let first = line.request().await.unwrap();
        line.answer(&first, "first").await;
        let mut left = vec![note(&line.request().await.unwrap()), note(&line.request().await.unwrap())];
        // Without a word.
        drop(line);
        let mut line = raw.accept().await;
        for _ in 0..8 {
            let request = line.request().await.unwrap();
            line.answer(&request, "again").await;
            left.push(note(&request));
        }
        left
    });
    post(&client, "first").await.unwrap();
    let names: Vec<_> = (0..10).map(|number| number.to_string()).collect();
    let answers = join_all(names.iter().map(|name| post(&client, name))).await;
    let failed: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    assert_eq!(failed.len(), 2, "{failed:?}");
    let mut left = served.await.unwrap();
    left.sort();
    let mut all: Vec<_> = names.iter().map(|name| format!("{{\"noteId\":\"{name}\"}}")).collect();
    all.sort();
    assert_eq!(left, all);
}

#[tokio::test]
async fn a_server_that_never_does_anything_is_not_asked_for_ever() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = connections.clone();
    tokio::spawn(async move {
        loop {
            let mut line = raw.accept().await;
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                line.request().await;
                line.go_away(0, 0).await;
                while line.request().await.is_some() {}
            });
        }
    });
    let error = post(&client, "a").await.unwrap_err();
    assert_eq!(error.attempts().len(), 1);
    assert!(connections.load(Ordering::SeqCst) <= 101);
}

#[tokio::test]
async fn what_a_server_refuses_again_and_again_becomes_an_attempt() {
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let refused = Arc::new(AtomicUsize::new(0));
    let counter = refused.clone();
    tokio::spawn(async move {
        let mut line = raw.accept().await;
        while let Some(request) = line.request().await {
            counter.fetch_add(1, Ordering::SeqCst);
            line.refuse(&request).await;
        }
    });
    let error = post(&client, "a").await.unwrap_err();
    assert_eq!((error.attempts().len(), refused.load(Ordering::SeqCst)), (1, 4));
}

#[tokio::test]
async fn a_misdirected_request_is_tried_once_on_a_new_connection() {
    // `:status: 421`, whose name is in the static table.
    const MISDIRECTED: &[u8] = b"\x08\x03421";
    let raw = Raw::start().await;
    let client = raw.client().build().unwrap();
    let served = tokio::spawn(async move {
        let mut wrong = raw.accept().await;
        let first = wrong.request().await.unwrap();
        wrong.answer(&first, "first").await;
        let second = wrong.request().await.unwrap();
        wrong.answer_with(&second, MISDIRECTED, "").await;
        let mut right = raw.accept().await;
        let second = right.request().await.unwrap();
        right.answer(&second, "second").await;
        let third = right.request().await.unwrap();
        right.answer_with(&third, MISDIRECTED, "").await;
        let mut wrong = raw.accept().await;
        let third = wrong.request().await.unwrap();
        wrong.answer_with(&third, MISDIRECTED, "").await;
    });
    assert_eq!(post(&client, "a").await.unwrap(), "first");
    assert_eq!(post(&client, "b").await.unwrap(), "second");
    assert_eq!(post(&client, "c").await.unwrap_err().status(), Some(421));
    served.await.unwrap();
}
