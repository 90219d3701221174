//! Operations that send files in ways of their own.

use polywrite::{ErrorKind, FileSource, Params, UploadOptions, operation};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::bucket::{CHUNK, Form};
use crate::client::client;
use crate::over;
use crate::server::{Act, Server};
use crate::upload::bytes;

#[tokio::test]
async fn a_photo_is_one_request_whatever_its_size() {
    let server = Server::start(|_| async { Act::json(200, &json!({"$id": "me"})) }).await;
    let content = bytes(12 * 1024 * 1024);
    let update = operation("avatars.updatePhoto").unwrap();
    for source in [
        FileSource::bytes("me.png", content.clone()).mime_type("image/png"),
        FileSource::reader("me.png", None, std::io::Cursor::new(content.clone())).mime_type("image/png"),
    ] {
        client(&server).0.upload(update, Params::new(), source, UploadOptions::new()).await.unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!((&*request.method, request.header("content-range")), ("PUT", None));
        let form = Form::read(&request);
        assert!(form.file == content);
        assert!(
            form.file_head.ends_with("filename=\"me.png\"\r\nContent-Type: image/png"),
            "{}",
            form.file_head
        );
    }
}

#[tokio::test]
async fn an_id_that_is_not_text_is_an_error() {
    let server = Server::start(|_| async { Act::json(201, &json!({"$id": "f1"})) }).await;
    let create = operation("storage.createFile").unwrap();
    for size in [1, 2 * CHUNK] {
        let params = Params::from_json(r#"{"bucketId": "photos", "fileId": "\ud800"}"#).unwrap();
        let source = FileSource::bytes("f", bytes(size));
        let error = client(&server).0.upload(create, params, source, UploadOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{error}");
        assert!(error.message().starts_with("`fileId` has half of a character"), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_response_to_its_first_chunk_names_a_deployment() {
    // This server insists on an ID of its own, which the caller cannot know.
    let server =
        Server::start(|_| async { Act::json(202, &json!({"$id": "d7", "status": "waiting"})) }).await;
    for (service, owner) in [("functions", "functionId"), ("sites", "siteId")] {
        let create = operation(&format!("{service}.createDeployment")).unwrap();
        let params = Params::new().with(owner, "f1").with("activate", &true);
        let before = server.requests().len();
        let source = FileSource::bytes("code.tar.gz", bytes(3 * CHUNK));
        let response = client(&server).0.upload(create, params, source, UploadOptions::new()).await.unwrap();
        assert_eq!(response.json::<Value>().unwrap()["$id"], "d7");
        let requests = server.requests().split_off(before);
        assert_eq!(requests.len(), 3);
        assert_eq!(requests[0].range().unwrap().0, 0);
        assert_eq!(requests[0].header("x-appwrite-id"), None);
        for request in &requests[1..] {
            assert_eq!(request.header("x-appwrite-id"), Some("d7"));
        }
        for request in &requests {
            let form = Form::read(request);
            assert_eq!(form.names, ["activate", "code"]);
            assert_eq!(form.fields["activate"], ["true"]);
        }
    }
}

#[tokio::test]
async fn the_first_chunk_of_a_deployment_is_not_retried_when_the_server_may_have_handled_it() {
    // The server may have made a deployment of it, under an unknown ID.
    let server = Server::start(|_| async { Act::new(502, "") }).await;
    let create = operation("functions.createDeployment").unwrap();
    let params = Params::new().with("functionId", "f1").with("activate", &true);
    let source = FileSource::bytes("code.tar.gz", bytes(3 * CHUNK));
    let error = client(&server).0.upload(create, params, source, UploadOptions::new()).await.unwrap_err();
    assert_eq!((error.status(), server.requests().len()), (Some(502), 1));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_reported_although_the_server_closes_the_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut seen = [0; 65_536];
            let _ = stream.read(&mut seen).await;
            let _ = stream.write_all(b"HTTP/1.1 413 Payload Too Large\r\ncontent-length: 0\r\n\r\n").await;
            // Dropped with bytes unread: the other side sees a reset.
        }
    });
    let client = over::builder().endpoint(endpoint).project("shop").retries(0).build().unwrap();
    let update = operation("avatars.updatePhoto").unwrap();
    let source = FileSource::bytes("me.png", bytes(13 * 1024 * 1024));
    let error = client.upload(update, Params::new(), source, UploadOptions::new()).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Argument, Some(413)), "{error:?}");
}
