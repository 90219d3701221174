//! Many calls to a server that misbehaves with a quarter of them, over HTTP/2.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use polywrite::Params;
use tokio::task::JoinSet;

use crate::chance::Chance;
use crate::raw::{Connection, Raw, Request};

const CALLS: usize = 4000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quarter_of_bad_calls_leaves_none_wrong_lost_doubled_or_hung() {
    let raw = Raw::start().await;
    let client = raw.client().retries(3).timeout(Duration::from_secs(5)).build().unwrap();
    let done = Arc::new(Mutex::new(HashMap::<String, usize>::new()));
    tokio::spawn(serve(raw, done.clone()));
    let next = Arc::new(AtomicUsize::new(0));
    let mut callers = JoinSet::new();
    for _ in 0..32 {
        let (client, next, done) = (client.clone(), next.clone(), done.clone());
        callers.spawn(async move {
            let mut failed = 0;
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= CALLS {
                    return failed;
                }
                let method = if number % 2 == 1 { "POST" } else { "PUT" };
                let note = format!("{method}{number}");
                let params = Params::new().with("noteId", &*note);
                match client.request(method, "/notes", &[], params).await {
                    Ok(response) => {
                        let body = format!("{{\"noteId\":\"{note}\"}}");
                        assert_eq!(response.text().unwrap(), body);
                        assert!(done.lock().unwrap().contains_key(&body), "lost");
                    }
                    Err(_) => failed += 1,
                }
            }
        });
    }
    let mut failed = 0;
    while let Some(caller) =
        tokio::time::timeout(Duration::from_secs(600), callers.join_next()).await.unwrap()
    {
        failed += caller.unwrap();
    }
    let done = done.lock().unwrap();
    let doubled: Vec<_> = done.iter().filter(|(note, times)| note.contains("POST") && **times > 1).collect();
    assert!(doubled.is_empty(), "doubled: {doubled:?}");
    // Calls that were in flight when a connection broke.
    assert!(failed < CALLS / 2, "{failed} calls failed");
}

async fn serve(raw: Raw, done: Arc<Mutex<HashMap<String, usize>>>) {
    let chance = Arc::new(Chance::new(11));
    loop {
        let connection = raw.accept().await;
        let (chance, done) = (chance.clone(), done.clone());
        tokio::spawn(async move { serve_one(connection, &chance, &done).await });
    }
}

async fn serve_one(mut connection: Connection, chance: &Chance, done: &Mutex<HashMap<String, usize>>) {
    let act = |request: &Request| *done.lock().unwrap().entry(request.body.clone()).or_default() += 1;
    let mut held: Vec<Request> = Vec::new();
    while let Some(request) = connection.request().await {
        // Kinds that end the connection fail all calls in flight on it, so they are rarer.
        let kind = if chance.below(4) == 0 { chance.below(40) } else { 99 };
        match kind {
            0..8 => connection.refuse(&request).await,
            8..14 => connection.reset(&request).await,
            14..20 => {
                act(&request);
                let body = request.body.clone();
                connection.respond(&request, &body).await;
                connection.respond(&request, "another").await;
            }
            20..28 => {
                act(&request);
                held.push(request);
                if held.len() == 3 {
                    for request in held.drain(..).rev() {
                        connection.respond(&request, &request.body).await;
                    }
                }
                continue;
            }
            28..34 => {
                tokio::time::sleep(Duration::from_millis(chance.below(20))).await;
                act(&request);
                connection.respond(&request, &request.body).await;
            }
            34..36 => {
                for request in held.drain(..) {
                    connection.respond(&request, &request.body).await;
                }
                // The server handles neither this request nor a later one.
                connection.go_away(request.stream - 1, if kind == 34 { 0 } else { 11 }).await;
                while connection.request().await.is_some() {}
                return;
            }
            36 => return,
            37 => {
                act(&request);
                return connection.write(&[0, 0, 4, 1]).await;
            }
            38 => return connection.write(b"HTTP/1.1 400 Bad Request\r\n\r\n").await,
            39 => {
                let other = Request { stream: request.stream + 100, body: String::new() };
                connection.respond(&other, "another").await;
                while connection.request().await.is_some() {}
                return;
            }
            _ => {
                act(&request);
                connection.respond(&request, &request.body).await;
            }
        }
        // Held responses must not wait for calls that may never come.
        for request in held.drain(..) {
            connection.respond(&request, &request.body).await;
        }
    }
}
