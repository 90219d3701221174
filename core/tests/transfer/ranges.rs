//! Downloads of a part: what is asked for, what comes of servers that send more, less or nothing of it.

use polywrite::{ByteRange, CallOptions, DownloadOptions, Error, ErrorKind, Result};

use crate::client::client;
use crate::download::{get, params, ranges};
use crate::file_server::{Rules, serve, unchanged};
use crate::server::Server;
use crate::upload::bytes;

const SIZE: usize = 200_000;
const APPWRITE: Rules = Rules::Appwrite(SIZE);

fn options(range: impl Into<ByteRange>) -> CallOptions {
    CallOptions::new().range(range)
}

async fn part(server: &Server, range: impl Into<ByteRange>) -> Result<Vec<u8>> {
    let download = client(server).0.download(get(), params(), options(range)).await?;
    let size = download.size();
    let bytes = download.bytes().await?;
    assert!(size.is_none_or(|size| size == bytes.len() as u64), "the size is that of the part");
    Ok(bytes.to_vec())
}

async fn fails(server: &Server, range: impl Into<ByteRange>) -> Error {
    part(server, range).await.unwrap_err()
}

fn sent(server: &Server) -> Vec<String> {
    ranges(server).into_iter().map(Option::unwrap_or_default).collect()
}

#[tokio::test]
async fn a_part_is_asked_for_and_comes() {
    for rules in [APPWRITE, Rules::Http] {
        let server = serve(bytes(SIZE), rules, unchanged).await;
        assert!(part(&server, 500..1500).await.unwrap() == bytes(SIZE)[500..1500]);
        assert!(part(&server, 500..=1499).await.unwrap() == bytes(SIZE)[500..1500]);
        assert!(part(&server, 150_000..).await.unwrap() == bytes(SIZE)[150_000..]);
        assert_eq!(sent(&server), ["bytes=500-1499", "bytes=500-1499", "bytes=150000-"]);
        assert_eq!(server.requests()[0].header("accept-encoding"), Some("identity"));
        assert_eq!(server.requests()[0].header("if-range"), None);
    }
}

#[tokio::test]
async fn a_server_that_does_not_know_ranges_is_cut_to_what_is_wanted() {
    let server = serve(bytes(SIZE), Rules::Unknown, unchanged).await;
    for (range, wanted) in [(0..10, 0..10), (500..1500, 500..1500), (199_990..300_000, 199_990..SIZE)] {
        assert!(part(&server, range).await.unwrap() == bytes(SIZE)[wanted]);
    }
    assert!(part(&server, 150_000..).await.unwrap() == bytes(SIZE)[150_000..]);
    let error = fails(&server, 200_000..).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Argument, "the file has 200000 bytes"));
    assert!(error.hint().unwrap().starts_with("begin `range` before"), "{error}");
}

#[tokio::test]
async fn what_would_lie_behind_the_end_of_the_file_is_left_out() {
    for (rules, requests) in
        [(APPWRITE, &["bytes=199000-299999", "bytes=199000-"][..]), (Rules::Http, &["bytes=199000-299999"])]
    {
        let server = serve(bytes(SIZE), rules, unchanged).await;
        assert!(part(&server, 199_000..300_000).await.unwrap() == bytes(SIZE)[199_000..]);
        assert_eq!(sent(&server), requests);
    }
    // Of all from the first byte on, the whole file is left.
    let server = serve(bytes(SIZE), APPWRITE, unchanged).await;
    assert!(part(&server, 0..300_000).await.unwrap() == bytes(SIZE));
    assert_eq!(sent(&server), ["bytes=0-299999", ""]);
}

#[tokio::test]
async fn one_byte_comes_from_appwrite_too() {
    let server = serve(bytes(SIZE), APPWRITE, unchanged).await;
    for at in [0, 1, 77, SIZE - 1] {
        assert_eq!(part(&server, at as u64..=at as u64).await.unwrap(), [bytes(SIZE)[at]]);
    }
    assert_eq!(sent(&server), ["bytes=0-1", "bytes=0-1", "bytes=76-77", "bytes=199998-199999"]);
    for (content, wanted) in [(vec![7], &[7][..]), (Vec::new(), &[])] {
        let server = serve(content, APPWRITE, unchanged).await;
        assert_eq!(part(&server, 0..100).await.unwrap(), wanted);
    }
}

#[tokio::test]
async fn a_part_behind_the_end_is_an_error_with_a_hint() {
    for (rules, requests) in [(APPWRITE, 2), (Rules::Http, 2)] {
        let server = serve(bytes(SIZE), rules, unchanged).await;
        let error = fails(&server, 200_000..200_010).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Argument, Some(416)));
        assert_eq!(error.hint(), Some("begin `range` before the end of the file"));
        assert_eq!(error.operation(), Some("storage.getFileDownload"));
        assert_eq!(sent(&server).len(), requests);
    }
}

#[tokio::test]
async fn a_broken_part_is_continued_within_it() {
    for (rules, tag, again) in [
        (Rules::Http, Some("\"v1\""), "bytes=30000-49999"),
        // The bytes before the break are read again, but none from before the part.
        (APPWRITE, None, "bytes=20000-49999"),
        (Rules::Unknown, None, "bytes=20000-49999"),
    ] {
        let server = serve(bytes(SIZE), rules, move |number, _, act| {
            let act = tag.map_or(act.clone(), |tag| act.with("etag", tag));
            let read = if rules == Rules::Unknown { 30_000 } else { 10_000 };
            if number == 0 { act.cut_after(read) } else { act }
        })
        .await;
        assert!(part(&server, 20_000..50_000).await.unwrap() == bytes(SIZE)[20_000..50_000], "{rules:?}");
        assert_eq!(sent(&server), ["bytes=20000-49999", again]);
        assert_eq!(server.requests()[1].header("if-range"), tag);
    }
}

#[tokio::test]
async fn a_part_that_is_continued_does_not_ask_for_what_the_file_does_not_have() {
    let server =
        serve(bytes(SIZE), APPWRITE, |number, _, act| if number == 1 { act.cut_after(400) } else { act })
            .await;
    assert!(part(&server, 199_000..300_000).await.unwrap() == bytes(SIZE)[199_000..]);
    assert_eq!(sent(&server), ["bytes=199000-299999", "bytes=199000-", "bytes=199000-199999"]);
}

/// Appwrite sends at most 10 MiB of an open range.
#[tokio::test]
async fn what_a_server_sends_less_than_asked_for_is_asked_for_again_without_a_wait() {
    let server = serve(bytes(SIZE), Rules::Appwrite(90_000), unchanged).await;
    let (client, clock) = client(&server);
    let whole = client.download(get(), params(), options(1000..)).await.unwrap().bytes().await.unwrap();
    assert!(whole == bytes(SIZE)[1000..]);
    let overlap = 64 * 1024;
    let second = format!("bytes={}-", 91_000 - overlap);
    let third = format!("bytes={}-", 91_000 - overlap + 90_000 - overlap);
    assert_eq!(sent(&server)[..3], ["bytes=1000-", &second, &third]);
    assert_eq!(clock.waits().len(), 0);
}

#[tokio::test]
async fn a_response_with_another_part_is_an_error() {
    for range in ["bytes 700-1499/200000", "bytes */200000", "pages 5-9/200000"] {
        let server = serve(bytes(SIZE), Rules::Http, move |_, _, _| {
            crate::server::Act::new(206, "other").with("content-range", range)
        })
        .await;
        let error = fails(&server, 500..1500).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    }
}

#[tokio::test]
async fn a_part_of_unknown_size_ends_where_the_file_does() {
    let chunked = |body: &[u8]| {
        let body = [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
        crate::server::Act::new(200, body).with("transfer-encoding", "chunked")
    };
    let server = Server::start(move |_| {
        let act = chunked(&bytes(1000));
        async move { act }
    })
    .await;
    assert!(part(&server, 500..600).await.unwrap() == bytes(1000)[500..600]);
    assert!(part(&server, 500..2000).await.unwrap() == bytes(1000)[500..]);
}

#[tokio::test]
async fn a_part_is_saved_with_its_own_progress() {
    let server = serve(bytes(SIZE), APPWRITE, unchanged).await;
    let path = std::env::temp_dir().join(format!("transfer-test-{}", polywrite::Id::unique()));
    let (sender, receiver) = std::sync::mpsc::channel();
    let saving = DownloadOptions::new().call(options(500..1500));
    let saving = saving.on_progress(move |progress| sender.send(progress).unwrap());
    let saved = client(&server).0.download_to(get(), params(), &path, saving).await.unwrap();
    assert_eq!(saved.size, 1000);
    assert!(std::fs::read(&path).unwrap() == bytes(SIZE)[500..1500]);
    std::fs::remove_file(&path).unwrap();
    let last = receiver.iter().last().unwrap();
    assert_eq!((last.percent, last.size_downloaded, last.size_total), (Some(100.0), 1000, Some(1000)));
}

#[tokio::test]
async fn what_cannot_be_a_part_fails_before_anything_is_sent() {
    let server = serve(bytes(SIZE), APPWRITE, unchanged).await;
    let (client, _) = client(&server);
    let download = async |options| client.download(get(), params(), options).await.unwrap_err();
    #[expect(clippy::reversed_empty_ranges, reason = "that is the mistake")]
    let empty = [ByteRange::from(5..5), (5..=4).into(), (9..5).into()];
    for range in empty {
        let error = download(options(range)).await;
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert_eq!(
            error.message(),
            "the option `range` must be a first and a last byte, such as `0-1023`, or `1024-`"
        );
    }
    let error = download(options(0..9).header("Range", "bytes=0-8")).await;
    assert_eq!(error.message(), "the option `range` and a header of that name exclude each other");
    let error = client.execute(get(), params(), options(0..9)).await.unwrap_err();
    assert_eq!(error.hint(), Some("use `Client::download`"));
    let users = polywrite::operation("users.list").unwrap();
    let error = client.execute(users, polywrite::Params::new(), options(0..9)).await.unwrap_err();
    assert_eq!(error.to_string(), "users.list: the option `range` is for calls that return a file");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_range_header_of_the_caller_is_asked_for_uncompressed_in_any_call() {
    let server = serve(bytes(SIZE), APPWRITE, unchanged).await;
    let (client, _) = client(&server);
    let header = [("Range".to_owned(), "bytes=5-9".to_owned())];
    let path = "/storage/buckets/photos/files/f1/download";
    let response = client.request("GET", path, &header, polywrite::Params::new()).await.unwrap();
    assert_eq!((response.status(), &response.body()[..]), (206, &bytes(SIZE)[5..10]));
    assert_eq!(server.requests()[0].header("accept-encoding"), Some("identity"));
}

#[tokio::test]
async fn a_part_of_a_file_that_is_replaced_meanwhile_is_not_mixed() {
    let server = serve(bytes(SIZE), APPWRITE, |number, request, act| {
        if request.path.ends_with("/download") {
            let act = act.with("date", "Sat, 28 Nov 2026 12:00:00 GMT");
            return if number == 0 { act.cut_after(10_000) } else { act };
        }
        crate::server::Act::json(200, &serde_json::json!({ "$createdAt": "2026-11-28T12:00:01.000+00:00" }))
    })
    .await;
    let error = fails(&server, 20_000..50_000).await;
    assert_eq!(error.message(), "the file has changed while it was downloaded");
    assert_eq!(server.requests().len(), 3);
}
