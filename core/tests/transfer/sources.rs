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

/// A reader whose source breaks.
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
        assert_eq!(error.kind(), ErrorKind::Io);
        assert!(error.message().contains("tripped over the cable"), "{error}");
        // Of an unknown size nothing is sent before the end is known; of a known size only whole chunks.
        assert!(server.requests().iter().all(|request| request.range().is_some_and(|range| range.0 == 0)));
    }
}

#[tokio::test]
async fn what_cannot_be_read_fails_before_anything_is_sent() {
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
async fn a_reader_that_never_ends_fails_at_the_first_byte_too_many() {
    let server = Bucket::default().serve().await;
    let create = operation("storage.createFile").unwrap();
    for announced in [0, 3, CHUNK as u64, CHUNK as u64 + 1] {
        let source = FileSource::reader("f", Some(announced), tokio::io::repeat(7));
        let error =
            client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.message().contains("more bytes than its announced size"), "{error}");
    }
}

#[tokio::test]
async fn of_a_file_that_grows_the_original_bytes_are_sent() {
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
                let act = bucket.respond(&request);
                async move { act }
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
    // The server rejects an empty one (403) and a missing one (400).
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

/// Uploads a file to a server that writes to the file at the first request; returns what the server has at the
/// end.
async fn upload_while(
    size: usize,
    write: fn(&std::path::Path),
) -> (polywrite::Result<polywrite::Response>, Bucket) {
    let file = TemporaryFile::new(&bytes(size));
    // So that a later time differs on file systems with coarse times, too.
    let before = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    std::fs::File::options().append(true).open(&file.0).unwrap().set_modified(before).unwrap();
    let bucket = Bucket::default();
    let server = Server::start({
        let (bucket, path) = (bucket.clone(), file.0.clone());
        move |request| {
            write(&path);
            let act = bucket.respond(&request);
            async move { act }
        }
    })
    .await;
    let create = operation("storage.createFile").unwrap();
    let options = UploadOptions::new().parallel(1);
    (client(&server).0.upload(create, params("f1"), FileSource::path(&file.0), options).await, bucket)
}

#[tokio::test]
async fn a_file_that_is_rewritten_in_place_while_it_is_sent_is_an_error() {
    let of_one_size = |path: &std::path::Path| {
        use io::Write;
        let mut file = std::fs::File::options().write(true).open(path).unwrap();
        file.write_all(&vec![7; 3 * CHUNK]).unwrap();
    };
    let longer = |path: &std::path::Path| std::fs::write(path, vec![7; 3 * CHUNK + 1]).unwrap();
    for write in [of_one_size as fn(&std::path::Path), longer] {
        let (result, bucket) = upload_while(3 * CHUNK, write).await;
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io);
        assert!(error.message().ends_with("has changed while it was sent"), "{error}");
        // It fails without a retry, before the server has all of a second chunk.
        assert_eq!((error.attempts().len(), bucket.content().len()), (1, CHUNK));
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn files_of_virtual_file_systems_are_read_to_their_end() {
    // They claim 0 and 4,096 bytes.
    for path in ["/proc/self/status", "/proc/version", "/sys/kernel/mm/transparent_hugepage/enabled"] {
        let Ok(there) = std::fs::read(path) else { continue };
        let bucket = Bucket::default();
        let server = bucket.serve().await;
        let create = operation("storage.createFile").unwrap();
        let source = FileSource::path(path);
        client(&server).0.upload(create, params("f1"), source, UploadOptions::new()).await.unwrap();
        let sent = bucket.content();
        assert!(!sent.is_empty(), "{path}");
        // Some numbers about a process differ each time.
        if !path.contains("self") {
            assert_eq!(sent, there, "{path}");
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_is_followed_and_what_is_not_a_file_is_an_error() {
    let file = TemporaryFile::new(b"behind a link");
    let folder = std::env::temp_dir().join(format!("transfer-test-{}", polywrite::Id::unique()));
    std::fs::create_dir(&folder).unwrap();
    let (link, dangling, socket) = (folder.join("link"), folder.join("dangling"), folder.join("socket"));
    std::os::unix::fs::symlink(&file.0, &link).unwrap();
    std::os::unix::fs::symlink(folder.join("nothing"), &dangling).unwrap();
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let bucket = Bucket::default();
    let server = bucket.serve().await;
    let (client, _) = client(&server);
    let create = operation("storage.createFile").unwrap();
    client.upload(create, params("f1"), FileSource::path(&link), UploadOptions::new()).await.unwrap();
    assert_eq!(bucket.content(), b"behind a link");
    for path in [&dangling, &socket, &folder, std::path::Path::new("/dev/zero")] {
        let sent = client.upload(create, params("f1"), FileSource::path(path), UploadOptions::new()).await;
        let error = sent.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{error}");
        assert!(error.message().contains(path.to_str().unwrap()), "{error}");
    }
    assert_eq!(server.requests().len(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_file_that_shrinks_is_named() {
    let file = TemporaryFile::new(&bytes(3 * CHUNK));
    let server = Server::start({
        let (bucket, path) = (Bucket::default(), file.0.clone());
        move |request| {
            std::fs::write(&path, "short").unwrap();
            let act = bucket.respond(&request);
            async move { act }
        }
    })
    .await;
    let create = operation("storage.createFile").unwrap();
    let options = UploadOptions::new().parallel(1);
    let error =
        client(&server).0.upload(create, params("f1"), FileSource::path(&file.0), options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.message().contains(file.0.to_str().unwrap()), "{error}");
}
