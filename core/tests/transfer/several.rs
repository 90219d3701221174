//! Several files by one call: some at a time, each with its own result, all with one progress.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use polywrite::{
    Client, DownloadOptions, ErrorKind, FileDownload, FileSource, FileUpload, Params, Transfers,
    TransfersProgress, UploadOptions, operation,
};
use tokio::sync::Semaphore;

use crate::bucket::Bucket;
use crate::client::client;
use crate::download::{Folder, get};
use crate::server::{Act, Server};
use crate::upload::bytes;

fn download(client: &Client, folder: &Folder, file: &str) -> FileDownload {
    let params = Params::new().with("bucketId", "photos").with("fileId", file);
    let (operation, path) = (get(), folder.0.join(file));
    FileDownload { client: client.clone(), operation, params, path, options: DownloadOptions::new() }
}

fn file_of(path: &str) -> usize {
    path.trim_start_matches("/v1/storage/buckets/photos/files/f").split('/').next().unwrap().parse().unwrap()
}

/// Serves files `f1`, `f2` … of so many bytes; the seventh is not there.
async fn files() -> Server {
    Server::start(|request| async move {
        match file_of(&request.path) {
            7 => Act::json(404, &serde_json::json!({ "message": "gone", "type": "storage_file_not_found" })),
            number => Act::new(200, bytes(number)),
        }
    })
    .await
}

fn listening(transfers: Transfers) -> (Transfers, Arc<Mutex<Vec<TransfersProgress>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let listener = seen.clone();
    (transfers.on_progress(move |progress| listener.lock().unwrap().push(progress)), seen)
}

#[tokio::test]
async fn each_file_has_its_own_result_at_its_place() {
    let (server, folder) = (files().await, Folder::new());
    let (client, _) = client(&server);
    let (transfers, seen) = listening(Transfers::new());
    let wanted = (1..=10).map(|number| download(&client, &folder, &format!("f{number}"))).collect();
    let results = transfers.download_each(wanted).await.unwrap();
    for (number, result) in (1..).zip(&results) {
        match result {
            Ok(saved) => assert_eq!(saved.size, number),
            Err(error) => assert_eq!((number, error.kind()), (7, ErrorKind::NotFound)),
        }
    }
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 9);
    assert_eq!(folder.names().len(), 9);
    assert_eq!(server.requests().len(), 10);
    let seen = seen.lock().unwrap();
    assert!(seen.is_sorted_by_key(|progress| (progress.files_done, progress.size_done)));
    let all = 55 - 7;
    let last = TransfersProgress {
        files_done: 10,
        files_failed: 1,
        files_total: 10,
        size_done: all,
        size_total: Some(all),
    };
    assert_eq!(seen.last(), Some(&last));
}

#[tokio::test]
async fn as_many_are_on_their_way_as_are_allowed() {
    for (transfers, allowed) in [(Transfers::new(), 4), (Transfers::new().concurrency(2), 2)] {
        let (open, begun) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
        let server = Server::start({
            let (open, begun) = (open.clone(), begun.clone());
            move |request| {
                let (open, begun) = (open.clone(), begun.clone());
                async move {
                    // The last one of those that are allowed lets all of them go on.
                    if (begun.fetch_add(1, Ordering::SeqCst) + 1).is_multiple_of(allowed) {
                        open.add_permits(allowed);
                    }
                    open.acquire().await.unwrap().forget();
                    Act::new(200, bytes(file_of(&request.path)))
                }
            }
        })
        .await;
        let folder = Folder::new();
        let (client, _) = client(&server);
        let wanted =
            (1..=allowed * 3).map(|number| download(&client, &folder, &format!("f{number}"))).collect();
        let results = transfers.download_each(wanted).await.unwrap();
        assert!(results.iter().all(Result::is_ok));
        assert_eq!(begun.load(Ordering::SeqCst), allowed * 3);
    }
}

#[tokio::test]
async fn no_more_than_allowed_are_on_their_way() {
    let server = Server::start(|_| async { Act::Silence }).await;
    let folder = Folder::new();
    let (client, _) = client(&server);
    let wanted = (1..=9).map(|number| download(&client, &folder, &format!("f{number}"))).collect();
    let running = tokio::spawn(async move { Transfers::new().concurrency(3).download_each(wanted).await });
    server.wait_for_requests(3).await;
    assert_eq!(folder.names().len(), 3, "a file is begun when its turn comes");
    running.abort();
    assert!(running.await.unwrap_err().is_cancelled());
    server.wait_for_closed_connections(3).await;
    assert_eq!((server.requests().len(), folder.names().len()), (3, 0), "cancelling ends all");
}

#[tokio::test]
async fn files_are_sent_as_single_uploads_are() {
    let bucket = Bucket::default();
    let server = bucket.serve().await;
    let (client, _) = client(&server);
    let (transfers, seen) = listening(Transfers::new());
    let sizes = [11 << 20, 5, 0];
    let upload = |(number, size): (usize, &usize)| FileUpload {
        client: client.clone(),
        operation: operation("storage.createFile").unwrap(),
        params: Params::new().with("bucketId", "photos").with("fileId", &format!("f{number}")),
        file: FileSource::bytes("photo.jpg", bytes(*size)),
        options: UploadOptions::new(),
    };
    let results = transfers.upload_each(sizes.iter().enumerate().map(upload).collect()).await.unwrap();
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let all = (11 << 20) + 5;
    let last = TransfersProgress {
        files_done: 3,
        files_failed: 0,
        files_total: 3,
        size_done: all,
        size_total: Some(all),
    };
    assert_eq!(seen.lock().unwrap().last(), Some(&last));
}

#[cfg(feature = "services")]
#[tokio::test]
async fn calls_of_services_are_made_together() {
    use polywrite::{models, services::Storage};

    let (server, folder) = (files().await, Folder::new());
    let (client, _) = client(&server);
    let storage = Storage::new(&client);
    let calls = [1, 2].map(|number| {
        let file = format!("f{number}");
        (storage.get_file_download("photos", &*file), folder.0.join(file))
    });
    let saved = Transfers::new().download_files(calls).await.unwrap();
    assert_eq!(saved.into_iter().map(|saved| saved.unwrap().size).collect::<Vec<_>>(), [1, 2]);

    let server =
        Server::start(|_| async { Act::json(201, &serde_json::json!({ "$id": "f1", "sizeOriginal": 3 })) })
            .await;
    let (client, _) = crate::client::client(&server);
    let storage = Storage::new(&client);
    let calls = ["a", "b"].map(|id| {
        storage.create_file("photos", id, FileSource::bytes("a.txt", "abc")).permissions(["read(\"any\")"])
    });
    let sent: Vec<polywrite::Result<models::File>> = Transfers::new().upload_files(calls).await.unwrap();
    assert!(sent.into_iter().all(|file| file.unwrap().id == "f1"));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn none_at_a_time_is_an_error() {
    let error = Transfers::new().concurrency(0).download_each(Vec::new()).await.unwrap_err();
    assert_eq!(error.message(), "the option `concurrency` must be a whole number, more than 0");
    assert!(Transfers::new().download_each(Vec::new()).await.unwrap().is_empty());
}
