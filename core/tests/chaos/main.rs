//! Many calls to a server that misbehaves with a quarter of them: each call gets its own response or an error, none is
//! handled twice or hangs. `./dev chaos` does the same with more calls, in every language and beside other clients.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod chance;
mod realtime;
#[path = "../support/realtime.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod realtime_server;
mod server;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use polywrite::{Client, Params};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use server::{Chaos, KINDS, Kind};

/// How many calls are in flight at the same time.
const AT_ONCE: usize = 32;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quarter_of_bad_calls_leaves_none_wrong_lost_doubled_or_hung() {
    let kinds = KINDS.into_iter().chain([Kind::RejectedEarly, Kind::ResetIdle]);
    let (chaos, endpoint) = Chaos::start(0, 4, kinds.filter(|kind| *kind != Kind::Twice).collect()).await;
    let result = run(&endpoint, 4000).await;
    check(&result, &chaos.posts());
    assert_eq!(result.wrong, 0, "{:?}", result.errors);
    let seen = chaos.report();
    assert_eq!(seen["kinds"].as_object().unwrap().len(), 17, "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_response_is_not_taken_for_that_of_another_call() {
    let (chaos, endpoint) = Chaos::start(0, 8, vec![Kind::Twice]).await;
    let result = run(&endpoint, 4000).await;
    check(&result, &chaos.posts());
    assert_eq!(result.failed, 0, "{:?}", result.errors);
    println!("{} of {} calls got a wrong response", result.wrong, result.done);
    // Only until the server is known to do so: bytes that come right after a request look like its response.
    assert!(result.wrong <= 8, "{}", result.wrong);
}

/// The outcomes of many calls.
#[derive(Debug, Default)]
struct Outcome {
    done: usize,
    wrong: usize,
    failed: usize,
    good_posts: Vec<String>,
    errors: BTreeMap<String, usize>,
}

fn check(outcome: &Outcome, posts: &BTreeMap<String, usize>) {
    assert!(posts.values().all(|times| *times == 1), "doubled");
    assert!(outcome.good_posts.iter().all(|user| posts.contains_key(user)), "lost");
}

/// Every second call is a POST.
async fn run(endpoint: &str, calls: usize) -> Outcome {
    let client = Client::builder().endpoint(endpoint).project("p").key("k").timeout(Duration::from_secs(5));
    let client = client.build().unwrap();
    let next = Arc::new(AtomicUsize::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (client, next) = (client.clone(), next.clone());
        callers.spawn(async move {
            let mut outcome = Outcome::default();
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= calls {
                    return outcome;
                }
                let user = format!("rust{number}");
                let is_post = number % 2 == 1;
                let response = if is_post {
                    client.request("POST", "/users", &[], Params::new().with("userId", &*user)).await
                } else {
                    client.request("GET", &format!("/users/{user}"), &[], Params::new()).await
                };
                let found = response.and_then(|response| response.json::<Value>());
                outcome.done += 1;
                match found {
                    Ok(found) if found["$id"] != *user => outcome.wrong += 1,
                    Ok(_) if is_post => outcome.good_posts.push(user),
                    Ok(_) => {}
                    Err(error) => {
                        outcome.failed += 1;
                        let kind = format!("{} {:?}", if is_post { "POST" } else { "GET" }, error.kind());
                        *outcome.errors.entry(kind).or_default() += 1;
                    }
                }
            }
        });
    }
    let mut all = Outcome::default();
    let limit = Duration::from_secs(600);
    while let Some(outcome) = tokio::time::timeout(limit, callers.join_next()).await.unwrap() {
        let outcome = outcome.unwrap();
        all.done += outcome.done;
        all.wrong += outcome.wrong;
        all.failed += outcome.failed;
        all.good_posts.extend(outcome.good_posts);
        for (kind, count) in outcome.errors {
            *all.errors.entry(kind).or_default() += count;
        }
    }
    assert_eq!(all.done, calls);
    all
}

/// The server of `./dev chaos`: `CHAOS_KINDS` is `twice` or all, `CHAOS_PORT` where it listens.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by ./dev chaos"]
async fn serve() {
    let twice = std::env::var("CHAOS_KINDS").is_ok_and(|kinds| kinds == "twice");
    let port = std::env::var("CHAOS_PORT").unwrap().parse().unwrap();
    let kinds = KINDS.into_iter().chain([Kind::RejectedEarly, Kind::ResetIdle]);
    let kinds = if twice { vec![Kind::Twice] } else { kinds.filter(|kind| *kind != Kind::Twice).collect() };
    let _chaos = Chaos::start(port, if twice { 8 } else { 4 }, kinds).await;
    std::future::pending::<()>().await;
}

/// The Rust client of `./dev chaos`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "run by ./dev chaos"]
async fn call() {
    let calls = std::env::var("CHAOS_CALLS").unwrap().parse().unwrap();
    let outcome = run(&std::env::var("CHAOS_ENDPOINT").unwrap(), calls).await;
    let report = json!({
        "done": outcome.done,
        "wrong": outcome.wrong,
        "good_posts": outcome.good_posts,
        "errors": outcome.errors,
    });
    println!("\nresult {report}");
}
