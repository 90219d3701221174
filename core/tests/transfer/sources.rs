//! Files and readers that are not what they should be.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use polywrite::{ErrorKind, FileSource, Params, UploadOptions, operation};
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

use crate::bucket::{Bucket, CHUNK, Form};
use crate::client::client;
use crate::server::Server;
use crate::upload::{TemporaryFile, bytes, params};

const MEBIBYTE: usize = 1024 * 1024;

/// A cable that somebody trips over.
struct Broken;

impl AsyncRead for Broken {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Err(io::Error::other("tripped over the cable")))
    }
}

#[tokio::test]
async fn a_reader_that_fails_ends_the_upload_with_its_reason() {
    let create = operation("storage.createFile").unwrap();
    for (size, good) in [(None, 1000), (None, 6 * MEBIBYTE), (Some(12 * MEBIBYTE), 6 * MEBIBYTE)] {
        let server = Bucket::default().serve().await;
        let reader = io::Cursor::new(bytes(good)).chain(Broken);
        let source = FileSource::reader("f", size.map(|size| size as u64), reader);
        let error =
            client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.message().contains("tripped over the cable"), "{error}");
        // Nothing is sent of what was not yet known to be whole; of a known size only whole chunks are.
        assert!(server.requests().iter().all(|request| request.range().is_some_and(|range| range.0 == 0)));
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_before_anything_is_sent() {
    let server = Bucket::default().serve().await;
    let (client, _) = client(&server);
    let create = operation("storage.createFile").unwrap();
    for path in ["/no/such/file.bin", "."] {
        let source = FileSource::path(path);
        let error = client.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.message().contains(path), "{error}");
    }
    for announced in [3, 5, 6 * MEBIBYTE as u64] {
        let source = FileSource::reader("f", Some(announced), &b"four"[..]);
        let error = client.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
    }
    let error = client
        .upload(
            operation("users.get").unwrap(),
            Params::new(),
            FileSource::bytes("f", "x"),
            UploadOptions::new(),
        )
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_reader_that_never_ends_is_refused_at_the_first_byte_too_many() {
    let server = Bucket::default().serve().await;
    let create = operation("storage.createFile").unwrap();
    for announced in [0, 3, CHUNK as u64, CHUNK as u64 + 1] {
        let source = FileSource::reader("f", Some(announced), tokio::io::repeat(7));
        let error =
            client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.message().contains("more bytes than the size"), "{error}");
    }
}

#[tokio::test]
async fn of_a_file_that_grows_what_was_there_at_first_is_sent() {
    for size in [1000, 2 * CHUNK] {
        let content = bytes(size);
        let file = TemporaryFile::new(&content);
        let bucket = Bucket::default();
        let server = Server::start({
            let (bucket, path) = (bucket.clone(), file.0.clone());
            move |request| {
                use io::Write;
                let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
                file.write_all(b"more").unwrap();
                let reply = bucket.answer(&request);
                async move { reply }
            }
        })
        .await;
        let create = operation("storage.createFile").unwrap();
        let options = UploadOptions::new().parallel(1);
        client(&server).0.upload(create, params("f1"), FileSource::path(&file.0), options).await.unwrap();
        assert!(bucket.content() == content);
    }
}

#[tokio::test]
async fn a_file_without_a_name_gets_one() {
    // The server refuses an empty one (403) and a missing one (400).
    let bucket = Bucket::default();
    let server = bucket.serve().await;
    let create = operation("storage.createFile").unwrap();
    for name in ["", "a\"b\r\n.txt"] {
        let source = FileSource::bytes(name, "x");
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap();
    }
    let heads: Vec<String> = server.requests().iter().map(|request| Form::read(request).file_head).collect();
    assert!(heads[0].contains("filename=\"file\""), "{}", heads[0]);
    assert_eq!(heads[1].lines().count(), 2, "{}", heads[1]);
}

#[tokio::test]
async fn a_file_that_shrinks_is_named() {
    let file = TemporaryFile::new(&bytes(3 * CHUNK));
    let server = Server::start({
        let (bucket, path) = (Bucket::default(), file.0.clone());
        move |request| {
            std::fs::write(&path, "short").unwrap();
            let reply = bucket.answer(&request);
            async move { reply }
        }
    })
    .await;
    let create = operation("storage.createFile").unwrap();
    let options = UploadOptions::new().parallel(1);
    let error =
        client(&server).0.upload(create, params("f1"), FileSource::path(&file.0), options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.message().contains(file.0.to_str().unwrap()), "{error}");
}
