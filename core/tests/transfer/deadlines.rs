//! A transfer has one deadline, for all of its requests and waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use polywrite::{CallOptions, DownloadOptions, Error, ErrorKind, FileSource, UploadOptions, operation};

use crate::bucket::{Bucket, CHUNK};
use crate::client::client;
use crate::download::{get, params as file};
use crate::server::{Act, Server};
use crate::upload::{bytes, params};

const DEADLINE: Duration = Duration::from_secs(2);

fn options() -> CallOptions {
    CallOptions::new().deadline(DEADLINE)
}

fn is_late(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error:?}");
    assert_eq!(error.message(), "the call's deadline of 2 s has passed", "{error:?}");
    assert!(error.operation().is_some_and(|operation| operation.starts_with("storage.")), "{error}");
}

/// Responds to that many requests and stays silent after.
async fn silent_after(
    count: usize,
    respond: impl Fn(&crate::server::Request) -> Act + Send + Sync + 'static,
) -> Server {
    let seen = AtomicUsize::new(0);
    Server::start(move |request| {
        let responds = seen.fetch_add(1, Ordering::SeqCst) < count;
        let act = if responds { respond(&request) } else { Act::Silence };
        async move { act }
    })
    .await
}

#[tokio::test]
async fn an_upload_ends_with_its_deadline() {
    let create = operation("storage.createFile").unwrap();
    for (size, responses) in [(10, 0), (3 * CHUNK, 0), (3 * CHUNK, 1)] {
        let bucket = Bucket::default();
        let server = silent_after(responses, move |request| bucket.respond(request)).await;
        let source = FileSource::bytes("f", bytes(size));
        let call = UploadOptions::new().call(options());
        let error = client(&server).0.upload(create, params("f1"), source, call).await.unwrap_err();
        is_late(&error);
        server.wait_for_closed_connections(1).await;
    }
}

#[tokio::test]
async fn an_upload_waits_for_a_silent_reader_until_the_deadline() {
    let create = operation("storage.createFile").unwrap();
    let server = Bucket::default().serve().await;
    for size in [None, Some(10), Some(2 * CHUNK as u64)] {
        // The other end stays open and writes nothing.
        let (reader, _writer) = tokio::io::duplex(10);
        let call = UploadOptions::new().call(options());
        let source = FileSource::reader("f", size, reader);
        is_late(&client(&server).0.upload(create, params("f1"), source, call).await.unwrap_err());
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_download_ends_with_its_deadline() {
    for responses in [0, 1] {
        let server = silent_after(responses, |_| Act::new(200, bytes(10_000)).cut_after(5_000)).await;
        let (client, _) = client(&server);
        let whole = async { client.download(get(), file(), options()).await?.bytes().await };
        is_late(&whole.await.unwrap_err());

        let server = silent_after(responses, |_| Act::new(200, bytes(10_000)).cut_after(5_000)).await;
        let (client, _) = crate::client::client(&server);
        let path = std::env::temp_dir().join(format!("transfer-test-{}", polywrite::Id::unique()));
        let options = DownloadOptions::new().call(options());
        is_late(&client.download_to(get(), file(), &path, options).await.unwrap_err());
        assert!(!path.exists());
    }
}
