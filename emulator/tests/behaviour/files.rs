//! Contents of files: written before they are listed, and accepted as older servers do.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use polywrite_emulator::{Emulator, Like, Options};
use serde_json::{Value, json};

use crate::caller::{Caller, start};

const CHUNK: usize = 5 * 1024 * 1024;
const FILES: &str = "/storage/buckets/b/files";

/// Sends a file in one request.
async fn whole(root: &Caller, id: &str, content: &[u8]) -> Option<u16> {
    let part = "--frontier\r\nContent-Disposition: form-data; name";
    let mut body =
        format!("{part}=\"fileId\"\r\n\r\n{id}\r\n{part}=\"file\"; filename=\"f.bin\"\r\n\r\n").into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--frontier--\r\n");
    let request = root.client.post(format!("{}{FILES}", root.endpoint)).header("x-appwrite-project", "demo");
    let request = request.header(root.credential.0, &root.credential.1);
    let request = request.header("content-type", "multipart/form-data; boundary=frontier");
    Some(request.body(body).send().await.ok()?.status().as_u16())
}

async fn listed(root: &Caller) -> Vec<Value> {
    let (status, response) = root.get(FILES).await;
    assert_eq!(status, 200);
    response["files"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_file_whose_content_cannot_be_written_is_not_listed() {
    let directory = tempfile::tempdir().unwrap();
    let options = Options { data: Some(directory.path().to_owned()), ..Options::default() };
    let emulator = Emulator::start(options).await.unwrap();
    let root = Caller::root(&emulator);
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    let place = directory.path().join("files/demo/b");
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    std::fs::write(&place, "in the way").unwrap();
    assert_eq!(whole(&root, "f", b"content").await, Some(500));
    assert_eq!(listed(&root).await, [Value::Null; 0]);
    std::fs::remove_file(&place).unwrap();
    assert_eq!(whole(&root, "f", b"content").await, Some(201));
    assert_eq!(whole(&root, "f", b"content").await, Some(409));
    assert_eq!(root.download(&format!("{FILES}/f/download")).await, b"content");
    // Nothing is left of the upload that failed.
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 1);
}

#[tokio::test]
async fn an_emulator_that_is_killed_lists_no_file_without_its_content() {
    let directory = tempfile::tempdir().unwrap();
    let content = vec![7; 3 * 1024 * 1024];
    for round in 0..6_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_polywrite-emulator"))
            .args(["--json", "--data", directory.path().to_str().unwrap()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = line.parse().unwrap();
        let root = Caller::at(ready["endpoint"].as_str().unwrap(), ready["key"].as_str().unwrap());
        if round == 0 {
            root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
        }
        for file in listed(&root).await {
            let path = format!("{FILES}/{}/download", file["$id"].as_str().unwrap());
            assert!(root.download(&path).await == content, "{file}");
        }
        let uploads = (0..4).map(|number| {
            let (root, content) = (root.clone(), content.clone());
            tokio::spawn(async move { whole(&root, &format!("f-{round}-{number}"), &content).await })
        });
        let uploads: Vec<_> = uploads.collect();
        tokio::time::sleep(std::time::Duration::from_millis(10 + 15 * round)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        for upload in uploads {
            upload.await.unwrap();
        }
    }
}

#[tokio::test]
async fn like_1_8_a_file_exists_only_after_its_first_chunk() {
    let emulator = Emulator::start(Options { like: Like::V1_8, ..Options::default() }).await.unwrap();
    let root = Caller::root(&emulator);
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    let content = vec![7; 2 * CHUNK + 3];
    let total = content.len();
    let last = root.try_chunk(FILES, "f", 2 * CHUNK, &content[2 * CHUNK..], total).await;
    assert_eq!((last.0, &last.1["type"]), (400, &json!("document_invalid_structure")));
    assert_eq!(root.try_chunk(FILES, "f", 0, &content[..CHUNK], total).await.0, 201);
    assert_eq!(root.try_chunk(FILES, "f", 2 * CHUNK, &content[2 * CHUNK..], total).await.0, 201);
    let (status, file) = root.try_chunk(FILES, "f", CHUNK, &content[CHUNK..2 * CHUNK], total).await;
    assert_eq!((status, &file["chunksUploaded"]), (201, &json!(3)));
    assert_ne!(file["signature"], "");
    let again = root.try_chunk(FILES, "f", CHUNK, &content[CHUNK..2 * CHUNK], total).await;
    assert_eq!((again.0, &again.1["type"]), (409, &json!("storage_file_already_exists")));
    assert!(root.download(&format!("{FILES}/f/download")).await == content);
}

/// Sends a file into a bucket and returns its record.
async fn stored(root: &Caller, bucket: Value, content: &[u8]) -> Value {
    let mut bucket = bucket;
    bucket["bucketId"] = json!("b");
    bucket["name"] = json!("B");
    root.delete("/storage/buckets/b", Value::Null).await;
    root.post("/storage/buckets", bucket).await;
    assert_eq!(whole(root, "f", content).await, Some(201));
    root.get(&format!("{FILES}/f")).await.1
}

#[tokio::test]
async fn size_actual_is_the_stored_size() {
    let (_emulator, root) = start().await;
    let content = b"the same again ".repeat(1000);
    let file = stored(&root, json!({"compression": "gzip"}), &content).await;
    let actual = file["sizeActual"].as_u64().unwrap();
    assert_eq!((&file["sizeOriginal"], &file["compression"]), (&json!(15_000), &json!("gzip")));
    assert!((18..1000).contains(&actual), "{actual}");
    let file = stored(&root, json!({"compression": "none"}), &content).await;
    assert_eq!((&file["sizeActual"], &file["compression"]), (&json!(15_000), &json!("none")));

    let content = vec![7; CHUNK + 9];
    stored(&root, json!({"compression": "gzip"}), b"").await;
    for (start, part) in [(0, &content[..CHUNK]), (CHUNK, &content[CHUNK..])] {
        root.chunk(FILES, "big", start, part, content.len()).await;
    }
    let (_, file) = root.get(&format!("{FILES}/big")).await;
    assert!(file["sizeActual"].as_u64().unwrap() < 100_000, "{file}");
    assert!(root.download(&format!("{FILES}/big/download")).await == content);

    // Beyond 20 MB the server stores content as it is.
    let total = 4 * CHUNK;
    for index in 0..4 {
        root.chunk(FILES, "huge", index * CHUNK, &content[..CHUNK], total).await;
    }
    let (_, file) = root.get(&format!("{FILES}/huge")).await;
    assert_eq!((&file["sizeActual"], &file["compression"]), (&json!(total), &json!("none")));
    assert_eq!(file["encryption"], false);
}

#[tokio::test]
async fn the_mime_type_is_detected() {
    let (_emulator, root) = start().await;
    for (content, kind) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "image/png"),
        (b"<!DOCTYPE html><p>", "text/html"),
        (b"BM is how this begins", "text/plain"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/x-wav"),
    ] {
        assert_eq!(stored(&root, json!({}), content).await["mimeType"], kind);
    }
    let mut picture = b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec();
    picture.resize(CHUNK + 9, 3);
    for (start, part) in [(0, &picture[..CHUNK]), (CHUNK, &picture[CHUNK..])] {
        root.chunk(FILES, "big", start, part, picture.len()).await;
    }
    assert_eq!(root.get(&format!("{FILES}/big")).await.1["mimeType"], "image/jpeg");
}

#[tokio::test]
async fn responses_are_gzipped_when_the_client_accepts_it() {
    let (_emulator, root) = start().await;
    let content = b"the same again ".repeat(1000);
    stored(&root, json!({}), &content).await;
    let small = root.client.clone();
    let get = |path: String, encodings: &'static str| {
        let request = small.get(format!("{}{path}", root.endpoint)).header("x-appwrite-project", "demo");
        request.header(root.credential.0, &root.credential.1).header("accept-encoding", encodings).send()
    };
    let download = format!("{FILES}/f/download");
    for (path, encodings, is_packed) in [
        (download.clone(), "gzip, deflate", true),
        (download.clone(), "identity", false),
        (download, "gzip;q=0", false),
        ("/project".to_owned(), "gzip", true),
        ("/project".to_owned(), "GZIP;q=0.5", true),
        ("/nowhere".to_owned(), "gzip", true),
        ("/storage/buckets".to_owned(), "gzip", false),
    ] {
        let response = get(path.clone(), encodings).await.unwrap();
        let encoding =
            response.headers().get("content-encoding").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(encoding.as_deref(), is_packed.then_some("gzip"), "{path} {encodings}");
        let length = response.content_length();
        let body = response.bytes().await.unwrap();
        assert_eq!(body.starts_with(&[0x1f, 0x8b]), is_packed, "{path} {encodings}");
        assert_eq!(length, Some(body.len() as u64));
    }
}
