//! A download that broke off: when the server has another file by then, and when that cannot be known.

use std::sync::atomic::{AtomicBool, Ordering};

use polywrite::{CallOptions, Error, ErrorKind};

use crate::client::{client, client_with_one_connection};
use crate::download::{get, params, ranges};
use crate::server::{Act, Request, Server};
use crate::upload::bytes;

const SIZE: usize = 10_000;

/// Breaks the first response off in its middle, and responds to later requests with `later`.
async fn broken(first: Act, later: impl Fn(&Request) -> Act + Send + Sync + 'static) -> Server {
    let is_first = AtomicBool::new(true);
    Server::start(move |request| {
        let is_first = is_first.swap(false, Ordering::SeqCst);
        let act = if is_first { first.clone().cut_after(SIZE / 2) } else { later(&request) };
        async move { act }
    })
    .await
}

fn whole() -> Act {
    Act::new(200, bytes(SIZE))
}

/// The part that a request asks for, of a file of `size` bytes.
fn rest(request: &Request, size: usize) -> Act {
    let start: usize =
        request.header("range").unwrap().trim_start_matches("bytes=").trim_end_matches('-').parse().unwrap();
    let range = format!("bytes {start}-{}/{size}", SIZE - 1);
    Act::new(206, &bytes(SIZE)[start..]).with("content-range", range)
}

async fn fails(server: &Server) -> Error {
    fails_with(server, CallOptions::new()).await
}

async fn fails_with(server: &Server, options: CallOptions) -> Error {
    client(server).0.download(get(), params(), options).await.unwrap().bytes().await.unwrap_err()
}

#[tokio::test]
async fn any_sign_of_a_changed_file_ends_the_download() {
    const SUNDAY: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const MONDAY: &str = "Mon, 07 Nov 1994 08:49:37 GMT";
    for server in [
        broken(whole().with("etag", "\"a\""), |request| rest(request, SIZE).with("etag", "\"b\"")).await,
        broken(whole().with("etag", "\"a\""), |_| whole().with("etag", "\"b\"")).await,
        broken(whole().with("etag", "\"a\""), |_| whole()).await,
        broken(whole().with("etag", "W/\"a\""), |request| rest(request, SIZE).with("etag", "W/\"b\"")).await,
        broken(whole().with("last-modified", SUNDAY), |request| {
            rest(request, SIZE).with("last-modified", MONDAY)
        })
        .await,
        broken(whole(), |request| rest(request, SIZE + 1)).await,
        broken(whole(), |_| Act::new(200, bytes(SIZE + 1))).await,
        broken(whole(), |_| Act::new(416, "").with("content-range", "bytes */500")).await,
    ] {
        let error = fails(&server).await;
        assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
        assert_eq!(error.message(), "the file has changed while it was downloaded");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_file_that_is_replaced_by_one_of_the_same_size_is_not_mixed_with_it() {
    let other = || vec![7; SIZE];
    let ranged = move |request: &Request| {
        let Act::Respond { status, headers, body, .. } = rest(request, SIZE) else { unreachable!() };
        let body = other()[SIZE - body.len()..].to_vec();
        Act::Respond { status, headers, body, cut: None, hold: None }
    };
    // Whether the server supports ranges or sends the whole file again.
    for server in [broken(whole(), ranged).await, broken(whole(), move |_| Act::new(200, other())).await] {
        let error = fails(&server).await;
        assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
        assert_eq!(error.message(), "the file has changed while it was downloaded");
        assert_eq!(error.operation(), Some("storage.getFileDownload"));
    }
}

const BEGAN: &str = "Sat, 28 Nov 2026 12:00:00 GMT";

/// Breaks off, continues with a rest that agrees in its last 64 KiB, and says of the file what `properties` makes.
async fn continued(first: Act, properties: Act) -> Server {
    broken(first, move |request| match request.header("range") {
        Some(_) => rest(request, SIZE),
        None => properties.clone(),
    })
    .await
}

fn created(at: &str) -> Act {
    Act::json(200, &serde_json::json!({ "$id": "f1", "$createdAt": at }))
}

fn paths(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| request.path.clone()).collect()
}

const FILE: &str = "/v1/storage/buckets/photos/files/f1";
const DOWNLOAD: &str = "/v1/storage/buckets/photos/files/f1/download";

/// As Appwrite 1.9.6, which names neither a tag nor a date of the file.
#[tokio::test]
async fn a_replaced_file_that_differs_only_before_its_last_64_kib_is_not_mixed() {
    let server = continued(whole().with("date", BEGAN), created("2026-11-28T12:00:01.000+00:00")).await;
    let error = fails(&server).await;
    assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
    assert_eq!(error.message(), "the file has changed while it was downloaded");
    assert_eq!(paths(&server), [DOWNLOAD, DOWNLOAD, FILE]);
}

#[tokio::test]
async fn a_file_that_is_not_replaced_is_downloaded_with_one_further_request() {
    let mut servers = Vec::new();
    for properties in [
        created("2026-11-28T11:59:59.999+00:00"),
        // Created in the second in which the download began: no date shows that it was replaced.
        created("2026-11-28T12:00:00.999+00:00"),
        created("of old"),
        Act::json(200, &serde_json::json!({ "$id": "f1" })),
        Act::new(200, "not JSON"),
        Act::json(
            401,
            &serde_json::json!({ "message": "missing scope", "type": "general_unauthorized_scope" }),
        ),
        Act::json(404, &serde_json::json!({ "message": "not found", "type": "storage_file_not_found" })),
    ] {
        servers.push(continued(whole().with("date", BEGAN), properties).await);
    }
    for server in servers {
        // The further request waits for no other one of this client.
        let client = client_with_one_connection(&server);
        let options = CallOptions::new().deadline(std::time::Duration::from_secs(60));
        let download = client.download(get(), params(), options).await.unwrap();
        assert!(download.bytes().await.unwrap() == bytes(SIZE));
        assert_eq!(paths(&server), [DOWNLOAD, DOWNLOAD, FILE]);
    }
}

#[tokio::test]
async fn properties_are_only_read_after_a_break_that_no_header_makes_up_for() {
    let young = || created("2026-11-28T12:00:01.000+00:00");
    let dated = || whole().with("date", BEGAN);
    let complete = Server::start(move |_| async move { whole().with("date", BEGAN) }).await;
    let without_date = continued(whole(), young()).await;
    let tagged =
        broken(dated().with("etag", "\"a\""), |request| rest(request, SIZE).with("etag", "\"a\"")).await;
    for (server, count) in [(complete, 1), (without_date, 2), (tagged, 2)] {
        let download = client(&server).0.download(get(), params(), CallOptions::new()).await.unwrap();
        assert!(download.bytes().await.unwrap() == bytes(SIZE));
        assert_eq!(paths(&server), [DOWNLOAD].repeat(count));
    }
}

#[tokio::test]
async fn one_file_under_a_strong_and_a_weak_tag_is_one_file() {
    let server =
        broken(whole().with("etag", "\"a\""), |request| rest(request, SIZE).with("etag", "W/\"a\"")).await;
    let download = client(&server).0.download(get(), params(), CallOptions::new()).await.unwrap();
    assert!(download.bytes().await.unwrap() == bytes(SIZE));
    assert_eq!(server.requests()[1].header("if-range"), Some("\"a\""));
}

#[tokio::test]
async fn where_a_change_cannot_be_known_the_break_is_the_error() {
    let chunked = || {
        let body = [format!("{SIZE:x}\r\n").as_bytes(), &bytes(SIZE), b"\r\n0\r\n\r\n"].concat();
        Act::new(200, body).with("transfer-encoding", "chunked")
    };
    for server in [
        broken(chunked(), move |_| chunked()).await,
        broken(whole(), |request| Act::new(206, &bytes(SIZE)[request.body.len()..])).await,
        broken(whole(), |_| {
            Act::new(206, "late").with("content-range", format!("bytes {}-{}/{SIZE}", SIZE - 4, SIZE - 1))
        })
        .await,
    ] {
        let error = fails(&server).await;
        assert_eq!(error.kind(), ErrorKind::Network, "{error}");
        assert!(error.hint().is_some_and(|hint| hint.contains("does not continue")), "{error}");
        assert_eq!((error.attempts().len(), server.requests().len()), (1, 2));
    }
}

#[tokio::test]
async fn a_part_that_begins_too_early_is_read_from_the_right_place_on() {
    let server = broken(whole(), |_| {
        Act::new(206, &bytes(SIZE)[9..]).with("content-range", format!("bytes 9-{}/{SIZE}", SIZE - 1))
    })
    .await;
    let download = client(&server).0.download(get(), params(), CallOptions::new()).await.unwrap();
    assert!(download.bytes().await.unwrap() == bytes(SIZE));
}

#[tokio::test]
async fn a_range_of_the_caller_is_returned_as_it_comes() {
    let server = Server::start(|request| {
        let range = request.header("range").unwrap().to_owned();
        let part = match &*range {
            "bytes=500-509" => {
                Act::new(206, &bytes(SIZE)[500..510]).with("content-range", "bytes 500-509/10000")
            }
            "bytes=-10" => {
                Act::new(206, &bytes(SIZE)[SIZE - 10..]).with("content-range", "bytes 9990-9999/10000")
            }
            // A server may not support ranges.
            _ => whole(),
        };
        async move { part }
    })
    .await;
    let (client, _) = client(&server);
    let all = bytes(SIZE);
    for (range, expected) in
        [("bytes=500-509", &all[500..510]), ("bytes=-10", &all[SIZE - 10..]), ("bytes=0-5", &all[..])]
    {
        let options = || CallOptions::new().header("Range", range);
        let download = client.download(get(), params(), options()).await.unwrap();
        assert_eq!(download.size(), Some(expected.len() as u64), "{range}");
        assert!(download.bytes().await.unwrap() == expected, "{range}");
        let executed = client.execute(get(), params(), options()).await.unwrap();
        assert!(executed.body() == expected, "{range}");
        let path = std::env::temp_dir().join(format!("transfer-test-{}", polywrite::Id::unique()));
        let saving = polywrite::DownloadOptions::new().call(options());
        let saved = client.download_to(get(), params(), &path, saving).await.unwrap();
        assert_eq!(saved.size, expected.len() as u64, "{range}");
        std::fs::remove_file(&path).unwrap();
    }
}

#[tokio::test]
async fn a_range_of_the_caller_is_not_taken_for_the_whole() {
    let server = broken(whole(), |_| whole()).await;
    let error = fails_with(&server, CallOptions::new().header("Range", "bytes=500-")).await;
    assert_eq!(error.kind(), ErrorKind::Network, "{error}");
    assert_eq!(ranges(&server), [Some("bytes=500-".to_owned())]);
}
