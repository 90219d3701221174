//! Downloads: unchanged bytes, connections that break, files that appear only when they are whole.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use futures_util::TryStreamExt;
use polywrite::{CallOptions, DownloadOptions, Error, ErrorKind, Operation, Params, operation};

use crate::client::client;
use crate::server::{Act, Request, Server};
use crate::upload::bytes;

pub(crate) fn get() -> &'static Operation {
    operation("storage.getFileDownload").unwrap()
}

pub(crate) fn params() -> Params {
    Params::new().with("bucketId", "photos").with("fileId", "f1")
}

/// A folder of its own, removed at the end.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("transfer-test-{}", polywrite::Id::unique()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Serves ranges of a file and cuts each response off after the next of these lengths.
async fn breaking(content: Vec<u8>, cuts: &[usize], etags: &'static [&'static str], ranges: bool) -> Server {
    let cuts = Mutex::new(cuts.to_vec());
    let etags = Mutex::new(etags.iter().cycle());
    Server::start(move |request: Request| {
        let start = request.header("range").map_or(0, |range| {
            range.strip_prefix("bytes=").unwrap().strip_suffix('-').unwrap().parse::<usize>().unwrap()
        });
        let start = if ranges { start } else { 0 };
        let mut act = Act::new(if start > 0 { 206 } else { 200 }, &content[start..]);
        if start > 0 {
            let range = format!("bytes {start}-{}/{}", content.len() - 1, content.len());
            act = act.with("content-range", range);
        }
        if let Some(etag) = etags.lock().unwrap().next() {
            act = act.with("etag", *etag);
        }
        let mut cuts = cuts.lock().unwrap();
        if !cuts.is_empty() {
            act = act.cut_after(cuts.remove(0));
        }
        async move { act }
    })
    .await
}

pub(crate) fn ranges(server: &Server) -> Vec<Option<String>> {
    server.requests().iter().map(|request| request.header("range").map(str::to_owned)).collect()
}

/// The range of the request after a break without a tag: the last bytes are sent again and compared.
pub(crate) fn range_again(position: usize) -> Option<String> {
    Some(format!("bytes={}-", position.saturating_sub(64 * 1024)))
}

#[tokio::test]
async fn json_files_stay_bytes() {
    let server =
        Server::start(|_| async { Act::new(200, " {\"a\" : 1}\n").with("content-type", "application/json") })
            .await;
    let download = client(&server).0.download(get(), params(), CallOptions::new()).await.unwrap();
    assert_eq!((download.size(), download.content_type()), (Some(11), Some("application/json")));
    assert_eq!(&download.bytes().await.unwrap()[..], b" {\"a\" : 1}\n");
    let requests = server.requests();
    assert_eq!(requests[0].path, "/v1/storage/buckets/photos/files/f1/download");
    assert_eq!(requests[0].header("accept-encoding"), Some("identity"));
    assert_eq!(requests[0].header("range"), None);
}

#[tokio::test]
async fn a_stream_gives_every_byte_once() {
    for size in [0, 1, 3_000_000] {
        let content = bytes(size);
        let server = breaking(content.clone(), &[], &[], true).await;
        let download = client(&server).0.download(get(), params(), CallOptions::new()).await.unwrap();
        let pieces: Vec<bytes::Bytes> = download.try_collect().await.unwrap();
        assert!(pieces.concat() == content);
    }
}

#[tokio::test]
async fn a_broken_connection_is_continued_where_it_broke() {
    let content = bytes(1_000_000);
    let server = breaking(content.clone(), &[300_000, 0, 300_000], &["\"v1\""], true).await;
    let (client, clock) = client(&server);
    let download = client.download(get(), params(), CallOptions::new()).await.unwrap();
    assert!(download.bytes().await.unwrap() == content);
    let wanted = ["bytes=300000-", "bytes=300000-", "bytes=600000-"].map(|range| Some(range.to_owned()));
    assert_eq!(ranges(&server)[1..], wanted);
    assert_eq!(server.requests()[1].header("if-range"), Some("\"v1\""));
    assert_eq!(clock.waits().len(), 3);
}

#[tokio::test]
async fn a_server_that_ignores_ranges_is_read_from_the_beginning_again() {
    let content = bytes(1_000_000);
    let server = breaking(content.clone(), &[300_000, 500_000], &[], false).await;
    let download = client(&server).0.download(get(), params(), CallOptions::new()).await.unwrap();
    assert!(download.bytes().await.unwrap() == content);
    assert_eq!(ranges(&server)[1..], [300_000, 500_000].map(range_again));
}

#[tokio::test]
async fn breaks_are_not_endless() {
    let server = breaking(bytes(1_000_000), &[1000; 20], &[], true).await;
    let options = CallOptions::new().retries(2);
    let download = client(&server).0.download(get(), params(), options).await.unwrap();
    let error = download.bytes().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert_eq!(error.attempts().len(), 3);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn breaks_far_apart_do_not_add_up() {
    let content = bytes(12 << 20);
    let server = breaking(content.clone(), &[2 << 20; 5], &[], true).await;
    let options = CallOptions::new().retries(1);
    let download = client(&server).0.download(get(), params(), options).await.unwrap();
    assert!(download.bytes().await.unwrap() == content);
}

#[tokio::test]
async fn a_file_appears_under_its_name_when_it_is_whole() {
    let content = bytes(5_000_000);
    let server = breaking(content.clone(), &[2_000_000], &[], true).await;
    let folder = Folder::new();
    let path = folder.0.join("photo.jpg");
    std::fs::write(&path, "an older one").unwrap();
    let events = Arc::new(Mutex::new(Vec::new()));
    let options = DownloadOptions::new().sync(true).on_progress({
        let (events, path) = (events.clone(), path.clone());
        move |progress| {
            assert_eq!(std::fs::read(&path).unwrap(), b"an older one");
            events.lock().unwrap().push(progress);
        }
    });
    let saved = client(&server).0.download_to(get(), params(), &path, options).await.unwrap();
    assert_eq!((saved.size, saved.content_type), (5_000_000, None));
    assert!(std::fs::read(&path).unwrap() == content);
    assert_eq!(folder.names(), ["photo.jpg"]);
    let events = events.lock().unwrap();
    assert!(events.is_sorted_by_key(|progress| progress.size_downloaded));
    let last = events.last().unwrap();
    assert_eq!(
        (last.percent, last.size_downloaded, last.size_total),
        (Some(100.0), 5_000_000, Some(5_000_000))
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_replaced_stays_as_private_as_it_was() {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    let server = breaking(bytes(1000), &[], &[], true).await;
    let folder = Folder::new();
    let path = folder.0.join("photo.jpg");
    std::fs::write(&path, "an older one").unwrap();
    std::fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    client(&server).0.download_to(get(), params(), &path, DownloadOptions::new()).await.unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read(&path).unwrap().len(), 1000);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_stays_and_its_file_is_replaced() {
    let server = breaking(bytes(1000), &[], &[], true).await;
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    let file = elsewhere.0.join("photo.jpg");
    std::fs::write(&file, "an older one").unwrap();
    let link = folder.0.join("latest.jpg");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    client(&server).0.download_to(get(), params(), &link, DownloadOptions::new()).await.unwrap();
    assert!(link.is_symlink());
    assert_eq!(std::fs::read(&file).unwrap().len(), 1000);
    assert_eq!((folder.names().len(), elsewhere.names().len()), (1, 1));
}

async fn fails(server: &Server) -> Error {
    let folder = Folder::new();
    let path = folder.0.join("photo.jpg");
    let options = DownloadOptions::new().call(CallOptions::new().retries(1));
    let error = client(server).0.download_to(get(), params(), &path, options).await.unwrap_err();
    assert_eq!(folder.names(), [""; 0]);
    error
}

#[tokio::test]
async fn a_download_that_fails_leaves_nothing() {
    let server = breaking(bytes(1_000_000), &[1000; 20], &[], true).await;
    assert_eq!(fails(&server).await.kind(), ErrorKind::Network);

    let changing = breaking(bytes(1_000_000), &[1000; 20], &["\"v1\"", "\"v2\""], true).await;
    assert_eq!(fails(&changing).await.kind(), ErrorKind::Conflict);

    let body = r#"{"message": "gone", "type": "storage_file_not_found"}"#;
    let missing = Server::start(move |_| async move { Act::new(404, body) }).await;
    assert_eq!(fails(&missing).await.kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_cancelled_download_leaves_nothing() {
    let server = Server::start(|_| async { Act::Silence }).await;
    let folder = Folder::new();
    let (client, path) = (client(&server).0, folder.0.join("photo.jpg"));
    let download =
        tokio::spawn(async move { client.download_to(get(), params(), path, DownloadOptions::new()).await });
    server.wait_for_requests(1).await;
    assert_eq!(folder.names().len(), 1);
    download.abort();
    assert!(download.await.unwrap_err().is_cancelled());
    assert_eq!(folder.names(), [""; 0]);
    server.wait_for_closed_connections(1).await;
}

#[tokio::test]
async fn a_path_that_cannot_be_written_fails_before_anything_is_sent() {
    let server = breaking(bytes(10), &[], &[], true).await;
    let folder = Folder::new();
    let file = folder.0.join("a file");
    std::fs::write(&file, "").unwrap();
    for path in
        [folder.0.join("missing/photo.jpg"), folder.0.clone(), file.join("photo.jpg"), "".into(), "..".into()]
    {
        let name = path.display().to_string();
        let options = DownloadOptions::new();
        let error = client(&server).0.download_to(get(), params(), path, options).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.message().contains(&name), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn only_files_are_replaced() {
    let server = breaking(bytes(10), &[], &[], true).await;
    let folder = Folder::new();
    let (socket, link) = (folder.0.join("socket"), folder.0.join("link"));
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    std::os::unix::fs::symlink(&socket, &link).unwrap();
    // Names that no file can have fail as early.
    for path in [socket, link, folder.0.join("a\0b"), folder.0.join("x".repeat(300))] {
        let options = DownloadOptions::new();
        let error = client(&server).0.download_to(get(), params(), path, options).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument, "{error}");
    }
    assert_eq!(server.requests().len(), 0);
    assert_eq!(folder.names().len(), 2, "socket and link are still there");
}

#[tokio::test]
async fn downloads_into_one_file_do_not_mix() {
    let folder = Folder::new();
    let path = folder.0.join("photo.jpg");
    let contents = [1, 2, 3, 4].map(|byte| vec![byte; 3_000_000]);
    let mut downloads = Vec::new();
    for content in &contents {
        let server = breaking(content.clone(), &[1_000_000], &[], true).await;
        let (client, path) = (client(&server).0, path.clone());
        downloads.push(async move {
            let saved = client.download_to(get(), params(), path, DownloadOptions::new()).await.unwrap();
            drop(server);
            saved.size
        });
    }
    assert_eq!(futures_util::future::join_all(downloads).await, [3_000_000; 4]);
    let found = std::fs::read(&path).unwrap();
    assert!(contents.contains(&found));
    assert_eq!(folder.names(), ["photo.jpg"]);
}

#[tokio::test]
async fn a_name_that_is_taken_meanwhile_is_an_error_and_nothing_is_left() {
    let content = bytes(1000);
    let folder = Folder::new();
    let path = folder.0.join("photo.jpg");
    let server = Server::start({
        let path = path.clone();
        move |_| {
            // A folder with something in it cannot be replaced by a file.
            std::fs::create_dir_all(path.join("inner")).unwrap();
            let act = Act::new(200, content.clone());
            async move { act }
        }
    })
    .await;
    let options = DownloadOptions::new();
    let error = client(&server).0.download_to(get(), params(), &path, options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.message().contains(path.to_str().unwrap()), "{error}");
    assert_eq!(folder.names(), ["photo.jpg"]);
}
