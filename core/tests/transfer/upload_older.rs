//! Uploads to servers before 1.9.5, which have no lock for the chunks of a file, and to slow ones.

use std::sync::Arc;
use std::time::Duration;

use polywrite::{CallOptions, ErrorKind, FileSource, UploadOptions, UploadSession, operation};
use serde_json::{Value, json};
use tokio::sync::{Mutex, Notify};

use crate::bucket::{Bucket, CHUNK};
use crate::client::client;
use crate::server::{Act, Server};
use crate::upload::{TemporaryFile, bytes, params};

#[tokio::test]
async fn the_first_chunk_goes_alone_and_then_eight() {
    let bucket = Bucket::default();
    let (others, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let server = Server::start({
        let (others, go) = (others.clone(), go.clone());
        move |request| {
            let (bucket, others, go) = (bucket.clone(), others.clone(), go.clone());
            async move {
                let is_first = request.range().unwrap().0 == 0;
                (if is_first { &go } else { &others }).notified().await;
                bucket.respond(&request)
            }
        }
    })
    .await;
    let (client, _) = client(&server);
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", bytes(9 * CHUNK));
    let upload =
        tokio::spawn(async move { client.upload(create, params("f1"), source, UploadOptions::new()).await });
    server.wait_for_requests(1).await;
    // A client that sends more at once had the time for it.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.requests().len(), 1);
    assert_eq!(server.requests()[0].range().unwrap().0, 0);
    go.notify_one();
    server.wait_for_requests(1 + 8).await;
    for _ in 0..8 {
        others.notify_one();
        tokio::task::yield_now().await;
    }
    while !upload.is_finished() {
        others.notify_one();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    upload.await.unwrap().unwrap();
}

#[tokio::test]
async fn every_source_arrives_at_a_server_without_a_lock() {
    let create = operation("storage.createFile").unwrap();
    for size in [2 * CHUNK, 3 * CHUNK + 7] {
        let content = bytes(size);
        let file = TemporaryFile::new(&content);
        let reader = || std::io::Cursor::new(content.clone());
        for source in [
            FileSource::path(&file.0),
            FileSource::bytes("f", content.clone()),
            FileSource::reader("f", Some(size as u64), reader()),
            FileSource::reader("f", None, reader()),
        ] {
            let bucket = Bucket::unlocked();
            let server = bucket.serve().await;
            let response =
                client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap();
            assert!(bucket.content() == content);
            assert_ne!(response.json::<Value>().unwrap()["signature"], "");
            assert_eq!(server.requests().len(), size.div_ceil(CHUNK));
        }
    }
}

#[tokio::test]
async fn an_upload_to_a_server_without_a_lock_is_resumed() {
    let bucket = Bucket::unlocked();
    bucket.fail(2 * CHUNK, Act::json(400, &json!({"message": "no", "type": "general_argument_invalid"})));
    let content = bytes(4 * CHUNK);
    let create = operation("storage.createFile").unwrap();
    let options = UploadOptions::new().session(&UploadSession::new());
    let source = || FileSource::bytes("f", content.clone());
    let server = bucket.serve().await;
    client(&server).0.upload(create, params("f1"), source(), options.clone()).await.unwrap_err();
    client(&server).0.upload(create, params("f1"), source(), options).await.unwrap();
    assert!(bucket.content() == content);
}

#[tokio::test]
async fn a_conflict_about_a_file_that_is_whole_is_not_a_failure() {
    // The response to the last chunk is lost; to the retry such a server responds that the file is there already.
    let bucket = Bucket::unlocked();
    let server = Server::start({
        let bucket = bucket.clone();
        move |request| {
            let act = bucket.respond(&request);
            let is_lost = request.range().is_some_and(|(start, ..)| start > 0) && is_created(&act);
            let act = if is_lost { Act::new(502, "") } else { act };
            async move { act }
        }
    })
    .await;
    let content = bytes(2 * CHUNK);
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", content.clone());
    let response =
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap();
    assert_eq!(response.json::<Value>().unwrap()["chunksUploaded"], 2);
    assert!(bucket.content() == content);

    // A file of another size stays a conflict.
    let source = FileSource::bytes("f", bytes(3 * CHUNK));
    let error =
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.error_type()),
        (ErrorKind::Conflict, Some("storage_file_already_exists"))
    );
}

fn is_created(act: &Act) -> bool {
    matches!(act, Act::Respond { status: 201, .. })
}

#[tokio::test]
async fn chunks_that_a_server_handles_one_after_the_other_do_not_time_out() {
    const LIMIT: Duration = Duration::from_secs(2);
    let bucket = Bucket::default();
    let turn = Arc::new(Mutex::new(()));
    let server = Server::start({
        let bucket = bucket.clone();
        move |request| {
            let (bucket, turn) = (bucket.clone(), turn.clone());
            async move {
                let _turn = turn.lock().await;
                // The last of eight waits for twice the limit.
                tokio::time::sleep(LIMIT / 4).await;
                bucket.respond(&request)
            }
        }
    })
    .await;
    let content = bytes(9 * CHUNK);
    let create = operation("storage.createFile").unwrap();
    let options = UploadOptions::new().call(CallOptions::new().timeout(LIMIT).retries(0));
    let source = FileSource::bytes("f", content.clone());
    client(&server).0.upload(create, params("f1"), source, options).await.unwrap();
    assert!(bucket.content() == content);
    assert_eq!(server.requests().len(), 9);
}

#[tokio::test]
async fn chunks_without_progress_do_time_out() {
    let bucket = Bucket::default();
    let server = Server::start(move |request| {
        let is_first = request.range().unwrap().0 == 0;
        let act = if is_first { bucket.respond(&request) } else { Act::Silence };
        async move { act }
    })
    .await;
    let create = operation("storage.createFile").unwrap();
    let options =
        UploadOptions::new().call(CallOptions::new().timeout(Duration::from_millis(300)).retries(1));
    let source = FileSource::bytes("f", bytes(5 * CHUNK));
    let error = client(&server).0.upload(create, params("f1"), source, options).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Timeout, 2), "{error:?}");
}
