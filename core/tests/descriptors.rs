//! A program that may open few files and makes many calls at the same time.
#![cfg(unix)]

use std::fs::File;
use std::time::Duration;

use futures_util::future::join_all;
use polywrite::Client;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ENDPOINT: &str = "POLYWRITE_TEST_OF_FILES";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_wait_for_files_that_others_return_and_leave_some_to_the_program() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            tokio::spawn(serve(listener.accept().await.unwrap().0));
        }
    });
    // The limit is per process, so the program is a process of its own.
    let mut program = std::process::Command::new("sh");
    program.args(["-c", r#"ulimit -n 128 && exec "$0" --ignored --exact the_program"#]);
    program.arg(std::env::current_exe().unwrap()).env(ENDPOINT, endpoint);
    let ended = tokio::task::spawn_blocking(move || program.output().unwrap()).await.unwrap();
    assert!(ended.status.success(), "{ended:?}");
}

#[tokio::test]
#[ignore = "run by the test above"]
async fn the_program() {
    let endpoint = std::env::var(ENDPOINT).unwrap();
    let client = Client::builder().endpoint(endpoint).retries(0).build().unwrap();
    for result in join_all((0..1000).map(|_| client.ping())).await {
        assert_eq!(result.unwrap(), "pong");
    }
    let own: Vec<_> = (0..16).map(|_| File::open("/dev/null")).collect();
    assert!(own.iter().all(Result::is_ok), "{own:?}");
}

async fn serve(mut stream: TcpStream) {
    let mut seen = Vec::new();
    while stream.read_buf(&mut seen).await.is_ok_and(|length| length > 0) {
        if seen.ends_with(b"\r\n\r\n") {
            seen.clear();
            tokio::time::sleep(Duration::from_millis(2)).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\npong").await;
        }
    }
}
