//! Uploads that succeed, and chunks that fail and are retried.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use polywrite::{CallOptions, FileSource, Params, Progress, UploadOptions, operation};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::bucket::{Bucket, CHUNK, Form};
use crate::client::client;
use crate::server::{Act, Server};

const MEBIBYTE: usize = 1024 * 1024;

/// Bytes that differ from place to place, so that a chunk in the wrong place is noticed.
/// Bytes that differ from chunk to chunk: a period that is prime.
pub(crate) fn bytes(size: usize) -> Vec<u8> {
    const PERIOD: usize = 65_521;
    let period: Vec<u8> =
        (0..PERIOD as u64).map(|place| (place.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect();
    let mut bytes = period.repeat(size.div_ceil(PERIOD));
    bytes.truncate(size);
    bytes
}

pub(crate) fn params(id: &str) -> Params {
    Params::new().with("bucketId", "photos").with("fileId", id).with("permissions", &["read(\"any\")", "b"])
}

/// A file that is removed at the end.
pub(crate) struct TemporaryFile(pub(crate) std::path::PathBuf);

impl TemporaryFile {
    pub(crate) fn new(content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("transfer-test-{}", polywrite::Id::unique()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).unwrap();
    }
}

#[tokio::test]
async fn every_size_from_every_source_arrives() {
    for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 12 * MEBIBYTE] {
        let content = bytes(size);
        let file = TemporaryFile::new(&content);
        let reader = || std::io::Cursor::new(content.clone());
        let sources = [
            FileSource::path(&file.0).file_name("f.bin"),
            FileSource::bytes("f.bin", content.clone()),
            FileSource::reader("f.bin", Some(size as u64), reader()),
            FileSource::reader("f.bin", None, reader()),
        ];
        for source in sources {
            let bucket = Bucket::default();
            let server = bucket.serve().await;
            let events = Arc::new(Mutex::new(Vec::<Progress>::new()));
            let options = UploadOptions::new().on_progress({
                let events = events.clone();
                move |progress| events.lock().unwrap().push(progress)
            });
            let create = operation("storage.createFile").unwrap();
            let what = format!("{size} bytes from {source:?}");
            let response = client(&server).0.upload(create, params("f1"), source, options).await.unwrap();

            assert!(bucket.content() == content, "{what}");
            assert_eq!(response.json::<Value>().unwrap()["signature"], "5d529fd02b544198ae075bd57c1762bb");
            let chunks = size.div_ceil(CHUNK).max(1);
            let requests = server.requests();
            assert_eq!(requests.len(), chunks, "{what}");
            for request in &requests {
                assert_eq!(request.path, "/v1/storage/buckets/photos/files");
                assert_eq!(request.header("x-appwrite-id"), (chunks > 1).then_some("f1"));
                assert_eq!(request.header("content-range").is_some(), chunks > 1);
                assert_eq!(request.header("transfer-encoding"), None);
                let form = Form::read(request);
                assert_eq!(form.names, ["fileId", "permissions[]", "permissions[]", "file"]);
                assert_eq!(form.fields["permissions[]"], ["read(\"any\")", "b"]);
                assert!(form.file_head.contains("filename=\"f.bin\""), "{}", form.file_head);
                assert!(form.file_head.contains("Content-Type: application/octet-stream"));
            }
            let events = events.lock().unwrap();
            assert_eq!(events.len(), chunks);
            assert!(events.is_sorted_by_key(|progress| progress.size_uploaded));
            let last = events.last().unwrap();
            let end = (last.percent, last.size_uploaded, last.size_total, last.chunks_uploaded);
            assert_eq!(end, (100.0, size as u64, size as u64, chunks as u64));
            assert_eq!(last.id, "f1");
        }
    }
}

#[tokio::test]
async fn chunks_may_finish_in_any_order() {
    // After the first, the response to each chunk waits for the one behind it.
    let bucket = Bucket::default();
    let gates: Arc<[Notify]> = (0..4).map(|_| Notify::new()).collect();
    let server = Server::start({
        let bucket = bucket.clone();
        move |request| {
            let (bucket, gates) = (bucket.clone(), gates.clone());
            async move {
                let chunk = request.range().unwrap().0 as usize / CHUNK;
                if let Some(gate) = gates.get(chunk + 1).filter(|_| chunk > 0) {
                    gate.notified().await;
                }
                let act = bucket.respond(&request);
                gates[chunk].notify_one();
                act
            }
        }
    })
    .await;
    let content = bytes(4 * CHUNK);
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", content.clone());
    let response =
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap();
    assert!(bucket.content() == content);
    assert_eq!(response.json::<Value>().unwrap()["chunksUploaded"], 4);
}

#[tokio::test]
async fn the_response_with_the_signature_need_not_be_the_last() {
    // The server has the whole file when the last chunk is there, but its response to the second one is late.
    let bucket = Bucket::default();
    let (arrived, finished) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let server = Server::start({
        let (bucket, arrived, finished) = (bucket.clone(), arrived.clone(), finished.clone());
        move |request| {
            let (bucket, arrived, finished) = (bucket.clone(), arrived.clone(), finished.clone());
            async move {
                let chunk = request.range().unwrap().0 as usize / CHUNK;
                if chunk == 2 {
                    arrived.notified().await;
                }
                let act = bucket.respond(&request);
                if chunk == 1 {
                    arrived.notify_one();
                    finished.notified().await;
                }
                act
            }
        }
    })
    .await;
    let events = Arc::new(Mutex::new(Vec::<Progress>::new()));
    let options = UploadOptions::new().on_progress({
        let events = events.clone();
        move |progress| {
            if progress.chunks_uploaded > 1 {
                finished.notify_one();
            }
            events.lock().unwrap().push(progress);
        }
    });
    let content = bytes(3 * CHUNK);
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", content.clone());
    let response = client(&server).0.upload(create, params("f1"), source, options).await.unwrap();
    assert!(bucket.content() == content);
    assert_ne!(response.json::<Value>().unwrap()["signature"], "");
    let events = events.lock().unwrap();
    assert!(events.is_sorted_by_key(|progress| progress.size_uploaded), "{events:?}");
    assert_eq!(events.last().unwrap().percent, 100.0);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn at_most_so_many_chunks_are_in_flight() {
    let bucket = Bucket::default();
    let server = Server::start(move |request| {
        let is_first = request.range().unwrap().0 == 0;
        let act = if is_first { bucket.respond(&request) } else { Act::Silence };
        async move { act }
    })
    .await;
    let (client, _) = client(&server);
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", bytes(7 * CHUNK));
    let options = UploadOptions::new().parallel(3);
    let upload = tokio::spawn(async move { client.upload(create, params("f1"), source, options).await });
    server.wait_for_requests(1 + 3).await;
    upload.abort();
    assert!(upload.await.unwrap_err().is_cancelled());
    // Dropping the upload has closed the requests in flight, and nothing follows.
    server.wait_for_closed_connections(3).await;
    assert_eq!(server.requests().len(), 1 + 3);
}

#[tokio::test]
async fn a_chunk_that_fails_is_retried_by_itself() {
    let bucket = Bucket::default();
    bucket.fail(CHUNK, Act::json(503, &json!({"message": "busy", "type": "general_server_error"})));
    let server = bucket.serve().await;
    let content = bytes(12 * MEBIBYTE);
    let file = TemporaryFile::new(&content);
    let (client, clock) = client(&server);
    let create = operation("storage.createFile").unwrap();
    let sent = client.upload(create, params("f1"), FileSource::path(&file.0), UploadOptions::new()).await;
    let attempts = sent.unwrap().into_info().attempts().to_vec();
    assert_eq!((attempts.len(), attempts[0].status), (1, Some(503)), "all chunks' attempts");
    assert!(bucket.content() == content);
    let mut starts: Vec<u64> = server.requests().iter().map(|request| request.range().unwrap().0).collect();
    starts.sort_unstable();
    assert_eq!(starts, [0, CHUNK as u64, CHUNK as u64, 2 * CHUNK as u64]);
    assert_eq!(clock.waits().len(), 1);
}

#[tokio::test]
async fn a_chunk_without_a_response_in_time_is_retried() {
    let bucket = Bucket::default();
    bucket.fail(CHUNK, Act::Silence);
    let server = bucket.serve().await;
    let content = bytes(2 * CHUNK);
    let (client, clock) = client(&server);
    let create = operation("storage.createFile").unwrap();
    // Any other response may be late too where the machine is busy, and its chunk is sent again as well.
    let call = CallOptions::new().timeout(Duration::from_millis(500)).retries(20);
    let source = FileSource::bytes("f", content.clone());
    client.upload(create, params("f1"), source, UploadOptions::new().call(call)).await.unwrap();
    assert!(bucket.content() == content);
    let range = format!("bytes {CHUNK}-{}/{}", 2 * CHUNK - 1, 2 * CHUNK);
    let requests = server.requests();
    let sent =
        requests.iter().filter(|request| request.header("content-range") == Some(range.as_str())).count();
    assert!(sent >= 2 && !clock.waits().is_empty(), "{sent}");
}

#[tokio::test]
async fn a_chunk_waits_as_long_as_the_server_asks() {
    let bucket = Bucket::default();
    let locked = Act::json(429, &json!({"message": "locked", "type": "general_rate_limit_exceeded"}));
    bucket.fail(CHUNK, locked.clone().with("retry-after", "5"));
    bucket.fail(CHUNK, locked.with("retry-after", "7"));
    let server = bucket.serve().await;
    let content = bytes(2 * CHUNK);
    let (client, clock) = client(&server);
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::reader("f", Some(content.len() as u64), std::io::Cursor::new(content.clone()));
    client.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap();
    assert!(bucket.content() == content);
    let waits = clock.waits();
    assert!(waits[0] >= Duration::from_secs(5) && waits[1] >= Duration::from_secs(7), "{waits:?}");
}

#[tokio::test]
async fn a_rejected_chunk_ends_the_upload_with_its_reason() {
    let bucket = Bucket::default();
    bucket.fail(0, Act::json(403, &json!({"message": "no", "type": "storage_file_type_unsupported"})));
    let server = bucket.serve().await;
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", bytes(12 * MEBIBYTE));
    let error =
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
    assert_eq!(error.error_type(), Some("storage_file_type_unsupported"));
    assert_eq!(error.operation(), Some("storage.createFile"));
}
