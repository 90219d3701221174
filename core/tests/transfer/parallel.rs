//! Downloads into a file over several connections: which parts are asked for, and what comes of servers and files that
//! change their minds.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use polywrite::{CallOptions, DownloadOptions, Downloaded, Error, ErrorKind, Result};
use tokio::sync::{Barrier, Semaphore};

use crate::client::{client, client_with_one_connection};
use crate::download::{Folder, get, params};
use crate::file_server::{Rules, respond, serve, unchanged};
use crate::server::{Act, Request, Server};
use crate::upload::bytes;

const PART: usize = 10 << 20;
/// Three parts and a short one.
const SIZE: usize = 3 * PART + 17;
const APPWRITE: Rules = Rules::Appwrite(PART);

fn is_download(request: &Request) -> bool {
    request.path.ends_with("/download")
}

/// The range of the first request, whose response says how large the file is.
const OPEN: &str = "bytes=0-";

/// The ranges that were asked for, without that of the first request, in their order in the file.
fn parts(server: &Server) -> Vec<String> {
    let requests = server.requests();
    assert_eq!(requests[0].header("range"), Some(OPEN));
    let mut parts: Vec<(u64, String)> = requests[1..]
        .iter()
        .filter_map(|request| request.header("range"))
        .map(|range| (range[6..].split('-').next().unwrap().parse().unwrap(), range.to_owned()))
        .collect();
    parts.sort();
    parts.into_iter().map(|(_, range)| range).collect()
}

fn range(part: usize) -> String {
    format!("bytes={}-{}", part * PART, SIZE.min((part + 1) * PART) - 1)
}

/// A server whose first response stops in its first part until so many others have begun, as `respond` makes them.
async fn holding(
    others: usize,
    rules: Rules,
    change: impl Fn(&Request, Act) -> Act + Send + Sync + 'static,
) -> Server {
    let (content, open, begun) = (bytes(SIZE), Arc::new(Semaphore::new(0)), Mutex::new(0));
    Server::start(move |request| {
        let mut act = respond(&request, &content, rules);
        let mut begun = begun.lock().unwrap();
        if is_download(&request) {
            if *begun == 0 {
                act = act.hold_after(PART / 2, open.clone());
            }
            if *begun == others {
                open.add_permits(1);
            }
            *begun += 1;
        }
        let act = change(&request, act);
        async move { act }
    })
    .await
}

async fn save(server: &Server, folder: &Folder, options: DownloadOptions) -> Result<Downloaded> {
    client(server).0.download_to(get(), params(), path(folder), options).await
}

fn path(folder: &Folder) -> PathBuf {
    folder.0.join("film.mp4")
}

fn options(connections: usize) -> DownloadOptions {
    DownloadOptions::new().parallel(connections)
}

#[tokio::test]
async fn each_part_is_asked_for_once_and_stands_at_its_place() {
    for (connections, rules) in [(2, APPWRITE), (3, Rules::Http), (4, APPWRITE), (9, Rules::Http)] {
        let server = holding(3, rules, |_, act| act).await;
        let folder = Folder::new();
        let saved = save(&server, &folder, options(connections)).await.unwrap();
        assert_eq!(saved.size, SIZE as u64);
        assert!(std::fs::read(path(&folder)).unwrap() == bytes(SIZE), "{connections}");
        assert_eq!(parts(&server), [range(1), range(2), range(3)]);
        assert_eq!(folder.names(), ["film.mp4"]);
    }
}

#[tokio::test]
async fn parts_come_at_the_same_time() {
    let content = bytes(SIZE);
    let (open, together) = (Arc::new(Semaphore::new(0)), Arc::new(Barrier::new(2)));
    let server = Server::start(move |request| {
        let act = respond(&request, &content, APPWRITE);
        let (open, together) = (open.clone(), together.clone());
        async move {
            match request.header("range") {
                Some(OPEN) => act.hold_after(PART / 2, open),
                Some(last) if last == range(3) => act,
                _ => {
                    // One that came alone would wait for ever.
                    together.wait().await;
                    open.add_permits(1);
                    act
                }
            }
        }
    })
    .await;
    let saved = save(&server, &Folder::new(), options(4)).await.unwrap();
    assert_eq!(saved.size, SIZE as u64);
}

#[tokio::test]
async fn where_there_are_no_parts_one_connection_brings_the_file() {
    for (size, rules, ranges) in [
        (PART, APPWRITE, &[Some(OPEN)][..]),
        (PART, Rules::Http, &[Some(OPEN)]),
        (SIZE, Rules::Unknown, &[Some(OPEN)]),
        // Appwrite has no parts of these.
        (1, APPWRITE, &[Some(OPEN), None]),
        (0, APPWRITE, &[Some(OPEN), None]),
    ] {
        let server = serve(bytes(size), rules, unchanged).await;
        let folder = Folder::new();
        assert_eq!(save(&server, &folder, options(4)).await.unwrap().size, size as u64);
        assert!(std::fs::read(path(&folder)).unwrap() == bytes(size));
        let asked: Vec<_> =
            server.requests().iter().map(|it| it.header("range").map(str::to_owned)).collect();
        assert_eq!(asked.iter().map(Option::as_deref).collect::<Vec<_>>(), ranges);
    }
}

#[tokio::test]
async fn a_client_of_one_connection_brings_the_parts_one_after_another() {
    for rules in [APPWRITE, Rules::Http] {
        let server = serve(bytes(SIZE), rules, unchanged).await;
        let folder = Folder::new();
        let client = client_with_one_connection(&server);
        client.download_to(get(), params(), path(&folder), options(3)).await.unwrap();
        assert!(std::fs::read(path(&folder)).unwrap() == bytes(SIZE));
    }
}

#[tokio::test]
async fn a_range_in_a_header_stays_one_request() {
    let server = serve(bytes(SIZE), APPWRITE, unchanged).await;
    let call = CallOptions::new().header("Range", "bytes=5-9");
    assert_eq!(save(&server, &Folder::new(), options(4).call(call)).await.unwrap().size, 5);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_parts_of_a_part_are_saved_from_its_beginning_on() {
    let server = holding(2, APPWRITE, |_, act| act).await;
    let folder = Folder::new();
    let wanted = PART / 2..SIZE - 5;
    let call = CallOptions::new().range(wanted.start as u64..wanted.end as u64);
    let saved = save(&server, &folder, options(3).call(call)).await.unwrap();
    assert_eq!(saved.size, wanted.len() as u64);
    assert!(std::fs::read(path(&folder)).unwrap() == bytes(SIZE)[wanted.clone()]);
    let mut asked: Vec<String> =
        server.requests().iter().map(|request| request.header("range").unwrap().to_owned()).collect();
    asked[1..].sort();
    let part = |first: usize, end: usize| format!("bytes={first}-{}", end - 1);
    assert_eq!(
        asked,
        [
            part(wanted.start, wanted.end),
            part(wanted.start + PART, wanted.start + 2 * PART),
            part(wanted.start + 2 * PART, wanted.end)
        ]
    );
}

#[tokio::test]
async fn progress_counts_all_connections_together() {
    let server = holding(3, APPWRITE, |_, act| act).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let listening = options(3).on_progress({
        let seen = seen.clone();
        move |progress| seen.lock().unwrap().push(progress)
    });
    save(&server, &Folder::new(), listening).await.unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen.is_sorted_by(|one, other| one.size_downloaded < other.size_downloaded));
    let last = seen.last().unwrap();
    let size = SIZE as u64;
    assert_eq!((last.percent, last.size_downloaded, last.size_total), (Some(100.0), size, Some(size)));
}

#[tokio::test]
async fn a_part_that_breaks_off_is_continued() {
    let broken = Mutex::new(false);
    let server = holding(4, APPWRITE, move |request, act| {
        let is_second = request.header("range") == Some(&range(1));
        if is_second && !std::mem::replace(&mut *broken.lock().unwrap(), true) {
            return act.cut_after(PART / 2);
        }
        act
    })
    .await;
    let folder = Folder::new();
    save(&server, &folder, options(2)).await.unwrap();
    assert!(std::fs::read(path(&folder)).unwrap() == bytes(SIZE));
    let again = format!("bytes={}-{}", PART + PART / 2 - 64 * 1024, 2 * PART - 1);
    assert_eq!(parts(&server), [range(1), again, range(2), range(3)]);
}

async fn fails(server: &Server) -> Error {
    let folder = Folder::new();
    let call = CallOptions::new().retries(0);
    let error = save(server, &folder, options(3).call(call)).await.unwrap_err();
    assert_eq!(folder.names(), [""; 0], "nothing is left");
    error
}

#[tokio::test]
async fn a_part_that_fails_ends_the_download_and_leaves_nothing() {
    let server = holding(9, APPWRITE, |request, act| match request.header("range") {
        Some(first) if first == range(1) => Act::json(500, &serde_json::json!({ "message": "no disk" })),
        _ => act,
    })
    .await;
    let error = fails(&server).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Api, "no disk"));
    assert_eq!(error.operation(), Some("storage.getFileDownload"));
}

#[tokio::test]
async fn parts_of_another_file_are_not_mixed() {
    let other_tag = holding(9, Rules::Http, |request, act| {
        act.with("etag", if request.header("range") == Some(OPEN) { "\"a\"" } else { "\"b\"" })
    })
    .await;
    // As Appwrite, which says neither tag nor date of the file.
    let younger = holding(3, APPWRITE, |request, act| match is_download(request) {
        true => act.with("date", "Sat, 28 Nov 2026 12:00:00 GMT"),
        false => Act::json(200, &serde_json::json!({ "$createdAt": "2026-11-28T12:00:01.000+00:00" })),
    })
    .await;
    for server in [&other_tag, &younger] {
        let error = fails(server).await;
        assert_eq!(error.kind(), ErrorKind::Conflict);
        assert_eq!(error.message(), "the file has changed while it was downloaded");
    }
    let if_range = |server: &Server| server.requests()[1].header("if-range").map(str::to_owned);
    assert_eq!(if_range(&other_tag).as_deref(), Some("\"a\""));
    let last = younger.requests().pop().unwrap();
    assert_eq!((&*last.path, last.header("range")), ("/v1/storage/buckets/photos/files/f1", None));
}

#[tokio::test]
async fn a_cancelled_download_ends_all_its_connections_and_leaves_nothing() {
    let server = Server::start(|request| {
        let content = bytes(SIZE);
        let act = match request.header("range") {
            Some(OPEN) => respond(&request, &content, APPWRITE).hold_after(5, Arc::new(Semaphore::new(0))),
            Some(last) if last == range(3) => respond(&request, &content, APPWRITE),
            _ => Act::Silence,
        };
        async move { act }
    })
    .await;
    let folder = Folder::new();
    let (client, path) = (client(&server).0, path(&folder));
    let saving = tokio::spawn(async move { client.download_to(get(), params(), path, options(4)).await });
    server.wait_for_requests(4).await;
    assert_eq!(folder.names().len(), 1);
    saving.abort();
    assert!(saving.await.unwrap_err().is_cancelled());
    assert_eq!(folder.names(), [""; 0]);
    server.wait_for_closed_connections(2).await;
}

#[tokio::test]
async fn no_connections_are_an_error_before_anything_is_sent() {
    let server = holding(0, APPWRITE, |_, act| act).await;
    let error = fails_with_none(&server).await;
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert_eq!(error.message(), "the option `parallel` must be a whole number, more than 0");
    assert_eq!(server.requests().len(), 0);
}

async fn fails_with_none(server: &Server) -> Error {
    save(server, &Folder::new(), options(0)).await.unwrap_err()
}
