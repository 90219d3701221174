//! How many connections are open at the same time, and the queue before them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use polywrite::{CallOptions, Client, Params};
use tokio::net::TcpListener;
use tokio::sync::{Barrier, mpsc};

use crate::operations::LIST_NOTES;
use crate::surplus::{request_arrived, respond};

#[tokio::test]
async fn at_most_256_connections_are_open_and_the_other_calls_queue() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    let client =
        Client::builder().endpoint(endpoint).retries(0).timeout(Duration::from_secs(60)).build().unwrap();
    let all_are_there = Arc::new(Barrier::new(256));
    let opened = Arc::new(AtomicUsize::new(0));
    let counter = opened.clone();
    tokio::spawn(async move {
        loop {
            let mut stream = listener.accept().await.unwrap().0;
            counter.fetch_add(1, Ordering::SeqCst);
            let all_are_there = all_are_there.clone();
            tokio::spawn(async move {
                assert!(request_arrived(&mut stream).await);
                all_are_there.wait().await;
                respond(&mut stream, "{}").await;
                while request_arrived(&mut stream).await {
                    respond(&mut stream, "{}").await;
                }
            });
        }
    });
    let calls = (0..1000).map(|_| client.execute(&LIST_NOTES, Params::new(), CallOptions::new()));
    for result in join_all(calls).await {
        result.unwrap();
    }
    assert_eq!(opened.load(Ordering::SeqCst), 256);
}

#[tokio::test]
async fn waiting_in_the_queue_does_not_count_as_waiting_for_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    let client = Client::builder().endpoint(endpoint).retries(0).timeout(Duration::from_secs(60));
    let client = client.max_connections(1).build().unwrap();
    let (has_come, mut comes) = mpsc::channel(1);
    let (go_on, mut may_go_on) = mpsc::channel::<()>(1);
    tokio::spawn(async move {
        let mut stream = listener.accept().await.unwrap().0;
        while request_arrived(&mut stream).await {
            has_come.send(()).await.unwrap();
            may_go_on.recv().await.unwrap();
            respond(&mut stream, "{}").await;
        }
    });
    let calls: Vec<_> = (0..3)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await })
        })
        .collect();
    for _ in 0..3 {
        comes.recv().await.unwrap();
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(50)).await;
        tokio::time::resume();
        go_on.send(()).await.unwrap();
    }
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_call_that_leaves_the_queue_delays_no_other() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    let client = Client::builder().endpoint(endpoint).retries(0).max_connections(1).build().unwrap();
    let call = |client: Client| {
        tokio::spawn(async move { client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await })
    };
    let first = call(client.clone());
    let mut stream = listener.accept().await.unwrap().0;
    assert!(request_arrived(&mut stream).await);
    let queue: Vec<_> = (0..10).map(|_| call(client.clone())).collect();
    tokio::task::yield_now().await;
    for waiting in &queue {
        waiting.abort();
    }
    let last = call(client);
    respond(&mut stream, "{}").await;
    first.await.unwrap().unwrap();
    assert!(request_arrived(&mut stream).await);
    respond(&mut stream, "{}").await;
    last.await.unwrap().unwrap();
}
