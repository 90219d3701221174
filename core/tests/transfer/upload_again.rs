//! Uploads that are resumed, and how the end of one is known.

use polywrite::{ErrorKind, FileSource, UploadOptions, UploadSession, operation};
use serde_json::{Value, json};

use crate::bucket::{Bucket, CHUNK, Form};
use crate::client::client;
use crate::server::{Act, Server};
use crate::upload::{bytes, params};

fn starts(server: &Server) -> Vec<usize> {
    let requests = server.requests();
    let mut starts: Vec<usize> =
        requests.iter().filter_map(|request| request.range()).map(|(start, _, _)| start as usize).collect();
    starts.sort_unstable();
    starts
}

#[tokio::test]
async fn a_session_sends_only_what_is_missing() {
    let bucket = Bucket::default();
    bucket.fail(2 * CHUNK, Act::json(400, &json!({"message": "no", "type": "general_argument_invalid"})));
    let content = bytes(4 * CHUNK);
    let create = operation("storage.createFile").unwrap();
    let session = UploadSession::new();
    let options = UploadOptions::new().parallel(1).session(&session);
    let source = || FileSource::bytes("f", content.clone());

    let server = bucket.serve().await;
    client(&server).0.upload(create, params("unique()"), source(), options.clone()).await.unwrap_err();
    assert_eq!(starts(&server), [0, CHUNK, 2 * CHUNK]);
    assert_eq!(session.chunks_acknowledged(), 2);
    let id = session.id().unwrap();

    let server = bucket.serve().await;
    let response = client(&server).0.upload(create, params("unique()"), source(), options).await.unwrap();
    assert_eq!(starts(&server), [2 * CHUNK, 3 * CHUNK]);
    assert_eq!(response.json::<Value>().unwrap()["$id"], *id);
    assert!(bucket.content() == content);
}

#[tokio::test]
async fn a_session_that_was_written_goes_on_elsewhere() {
    let bucket = Bucket::default();
    bucket.fail(2 * CHUNK, Act::json(400, &json!({"message": "no", "type": "general_argument_invalid"})));
    let content = bytes(4 * CHUNK);
    let create = operation("storage.createFile").unwrap();
    let session = UploadSession::new();
    let options = UploadOptions::new().parallel(1).session(&session);
    let source = || FileSource::bytes("f", content.clone());
    let server = bucket.serve().await;
    client(&server).0.upload(create, params("unique()"), source(), options).await.unwrap_err();

    let written = session.to_json();
    let read = UploadSession::from_json(&written).unwrap();
    assert_eq!((read.id(), read.chunks_acknowledged(), read.to_json()), (session.id(), 2, written));
    let server = bucket.serve().await;
    let options = UploadOptions::new().session(&read);
    client(&server).0.upload(create, params("unique()"), source(), options).await.unwrap();
    assert_eq!(starts(&server), [2 * CHUNK, 3 * CHUNK]);
    assert!(bucket.content() == content);
}

#[test]
fn what_is_not_a_session_is_refused() {
    for text in [
        "",
        "{}",
        "[]",
        r#"{"id":5,"size":1,"acknowledged":[],"finished":false}"#,
        r#"{"id":"f","size":1,"acknowledged":[1],"finished":false}"#,
    ] {
        let error = UploadSession::from_json(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.message().starts_with("the text is not an upload session: "), "{error}");
    }
}

#[tokio::test]
async fn options_and_sessions_may_be_used_for_many_files() {
    let create = operation("storage.createFile").unwrap();
    for options in [UploadOptions::new(), UploadOptions::new().session(&UploadSession::new())] {
        let mut ids = Vec::new();
        // Of one size, so that only the bytes differ.
        for byte in [1, 2] {
            let bucket = Bucket::default();
            let server = bucket.serve().await;
            let source = FileSource::bytes("f", vec![byte; 2 * CHUNK]);
            client(&server).0.upload(create, params("unique()"), source, options.clone()).await.unwrap();
            assert!(bucket.content() == vec![byte; 2 * CHUNK]);
            ids.push(server.requests()[0].header("x-appwrite-id").unwrap().to_owned());
        }
        assert_ne!(ids[0], ids[1]);
    }
}

#[tokio::test]
async fn what_the_server_has_lost_is_sent_again() {
    let bucket = Bucket::default();
    bucket.fail(2 * CHUNK, Act::json(400, &json!({"message": "no", "type": "general_argument_invalid"})));
    let content = bytes(3 * CHUNK);
    let create = operation("storage.createFile").unwrap();
    let options = UploadOptions::new().parallel(1).session(&UploadSession::new());
    let source = || FileSource::bytes("f", content.clone());
    let server = bucket.serve().await;
    client(&server).0.upload(create, params("f1"), source(), options.clone()).await.unwrap_err();

    bucket.clear();
    let server = bucket.serve().await;
    client(&server).0.upload(create, params("f1"), source(), options).await.unwrap();
    assert_eq!(starts(&server), [0, CHUNK, 2 * CHUNK]);
    assert!(bucket.content() == content);
}

#[tokio::test]
async fn an_unfinished_file_of_another_process_is_finished_without_trusting_its_count() {
    let content = bytes(3 * CHUNK);
    let bucket = Bucket::default();
    // A hole at the beginning: a count of 2 does not say which.
    bucket.put("f1", content.len(), CHUNK, &content[CHUNK..2 * CHUNK]);
    bucket.put("f1", content.len(), 2 * CHUNK, &content[2 * CHUNK..]);
    let server = bucket.serve().await;
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", content.clone());
    let response =
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap();
    assert!(bucket.content() == content);
    assert_ne!(response.json::<Value>().unwrap()["signature"], "");
}

#[tokio::test]
async fn a_finished_file_of_another_size_is_a_conflict() {
    let bucket = Bucket::default();
    bucket.put("f1", 10, 0, &[0; 10]);
    let server = bucket.serve().await;
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", bytes(2 * CHUNK));
    let error =
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
}

#[tokio::test]
async fn the_core_makes_the_id_before_the_first_chunk() {
    let bucket = Bucket::default();
    let server = bucket.serve().await;
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", bytes(3 * CHUNK));
    client(&server).0.upload(create, params("unique()"), source, UploadOptions::new()).await.unwrap();
    let requests = server.requests();
    let id = requests[0].header("x-appwrite-id").unwrap().to_owned();
    assert_eq!(id.len(), 20);
    for request in &requests {
        assert_eq!(request.header("x-appwrite-id"), Some(&*id));
        assert_eq!(Form::read(request).fields["fileId"], [&*id]);
    }
}

#[tokio::test]
async fn when_no_response_has_the_signature_the_file_is_requested() {
    // Responses that crossed: all carry the count of the last but one.
    let bucket = Bucket::default();
    let server = Server::start({
        let bucket = bucket.clone();
        move |request| {
            let whole = bucket.respond(&request);
            let act = if request.method == "GET" {
                whole
            } else {
                Act::json(
                    201,
                    &json!({"$id": "f1", "signature": "", "chunksTotal": 3, "chunksUploaded": 2,
                        "sizeOriginal": 3 * CHUNK}),
                )
            };
            async move { act }
        }
    })
    .await;
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", bytes(3 * CHUNK));
    let response =
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap();
    assert_eq!(response.json::<Value>().unwrap()["chunksUploaded"], 3);
    let last = server.requests().pop().unwrap();
    assert_eq!((&*last.method, &*last.path), ("GET", "/v1/storage/buckets/photos/files/f1"));
}

#[tokio::test]
async fn a_file_that_never_becomes_whole_is_an_error() {
    let unfinished = json!({"$id": "f1", "signature": "", "chunksTotal": 2, "chunksUploaded": 1});
    let server = Server::start(move |_| {
        let act = Act::json(200, &unfinished);
        async move { act }
    })
    .await;
    let (client, clock) = client(&server);
    let create = operation("storage.createFile").unwrap();
    let source = FileSource::bytes("f", bytes(2 * CHUNK));
    let error = client.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(clock.waits().len(), 3);
}
