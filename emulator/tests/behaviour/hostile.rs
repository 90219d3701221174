//! What no client should send, and some do: nothing of it may break the emulator.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::caller::{Caller, ROWS, start};

#[tokio::test]
async fn numbers_beyond_all_bounds_are_errors() {
    let (_emulator, root) = start().await;
    root.post("/users", json!({"userId": "ada"})).await;
    for number in [-1, 1_000_000_000_000, i64::MAX] {
        for (path, body) in [
            ("/tablesdb/transactions", json!({"ttl": number})),
            ("/project/keys/ephemeral", json!({"scopes": ["users.read"], "duration": number})),
            ("/users/ada/jwts", json!({"duration": number})),
            ("/users/ada/tokens", json!({"expire": number})),
            ("/users/ada/tokens", json!({"length": number})),
        ] {
            let expected = (400, "general_argument_invalid".to_owned());
            assert_eq!(root.error_of(path, body.clone()).await, expected, "{path} {body}");
        }
    }
}

#[tokio::test]
async fn dates_beyond_the_calendar_are_errors() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "datetime", json!({"key": "at"})).await;
    for date in ["9999-12-31T23:59:59-05:00", "0000-01-01T00:00:00+05:00"] {
        let error = root.error_of(ROWS, json!({"rowId": "r", "data": {"at": date}})).await;
        assert_eq!(error, (400, "row_invalid_structure".to_owned()));
    }
    root.post(ROWS, json!({"rowId": "r", "data": {"at": "2024-01-01", "count": 1}})).await;
    for (key, operator) in [
        ("at", json!({"method": "dateAddDays", "values": [i64::MAX]})),
        ("at", json!({"method": "dateSubDays", "values": [i64::MIN]})),
        ("count", json!({"method": "divide", "values": [0]})),
        ("count", json!({"method": "modulo", "values": [0]})),
    ] {
        let (status, response) =
            root.patch(&format!("{ROWS}/r"), json!({"data": {key: operator.to_string()}})).await;
        assert_eq!((status, &response["type"]), (400, &json!("row_invalid_structure")), "{operator}");
    }
    assert_eq!(root.get(&format!("{ROWS}/r")).await.1["count"], 1);
}

#[tokio::test]
async fn a_page_shows_what_a_request_has_brought_and_runs_none_of_it() {
    let (_emulator, root) = start().await;
    let url = "http%3A%2F%2F%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E";
    for kind in ["sessions", "tokens"] {
        let path = format!("{}/account/{kind}/oauth2/github?project=demo&success={url}", root.endpoint);
        let response = root.client.get(path).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/html; charset=UTF-8");
        let page = response.text().await.unwrap();
        assert!(page.contains("(&lt;img src=x onerror=alert(1)&gt;)") && !page.contains("<img"), "{page}");
    }
}

#[tokio::test]
async fn the_name_of_a_file_has_at_most_2048_characters() {
    let (_emulator, root) = start().await;
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    for (length, status) in [(2048, 201), (2049, 400), (100_000, 400)] {
        let name = "é".repeat(length);
        let path = format!("{}/storage/buckets/b/files", root.endpoint);
        let head = "--B\r\nContent-Disposition: form-data; name";
        let body = format!(
            "{head}=\"fileId\"\r\n\r\nunique()\r\n{head}=\"file\"; filename=\"{name}\"\r\n\r\nhi\r\n--B--\r\n"
        );
        let request = root.client.post(path).header("x-appwrite-project", "demo").body(body);
        let request = request.header("content-type", "multipart/form-data; boundary=B");
        let response = request.header(root.credential.0, &root.credential.1).send().await.unwrap();
        assert_eq!(response.status(), status, "{length}");
    }
}

#[tokio::test]
async fn graphql_may_be_nested_and_in_any_script() {
    let (_emulator, root) = start().await;
    for query in ["{a".repeat(200_000), "{é}".to_owned()] {
        let response = root.post("/graphql", json!({"query": query})).await;
        assert!(response["errors"][0]["message"].is_string());
    }
}

#[tokio::test]
async fn a_form_of_nothing_but_boundaries_is_read_at_once() {
    let (_emulator, root) = start().await;
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    let path = format!("{}/storage/buckets/b/files", root.endpoint);
    let request = root.client.post(path).header("x-appwrite-project", "demo");
    let request = request.header(root.credential.0, &root.credential.1);
    let request = request.header("content-type", "multipart/form-data; boundary=B");
    let sent = request.body("\r\n--B".repeat(2_000_000)).send();
    // Quadratic reading took hours, so the limit does not depend on speed.
    let response = tokio::time::timeout(Duration::from_secs(120), sent).await.unwrap().unwrap();
    assert_eq!(response.status(), 400);
}

#[tokio::test]
async fn a_body_that_is_not_text_counts_as_empty() {
    let (_emulator, root) = start().await;
    let request = root.client.post(format!("{}/users", root.endpoint)).header("x-appwrite-project", "demo");
    let request = request.header(root.credential.0, &root.credential.1);
    let body = b"{\"userId\": \"a\", \"name\": \"\xff\"}".to_vec();
    let response = request.header("content-type", "application/json").body(body).send().await.unwrap();
    let error: Value = response.text().await.unwrap().parse().unwrap();
    assert_eq!(error["message"], "Param \"userId\" is not optional.");
}

#[tokio::test]
async fn every_odd_request_gets_a_response() {
    let (emulator, root) = start().await;
    let head = format!(
        "x-appwrite-project: demo\r\n{}: {}\r\nhost: h\r\nconnection: close\r\n",
        root.credential.0, root.credential.1
    );
    let long = "a".repeat(100_000);
    for (line, status) in [
        ("GET /v1health/version HTTP/1.1", 404),
        ("BREW /v1/users HTTP/1.1", 404),
        ("OPTIONS * HTTP/1.1", 204),
        ("HEAD /v1/users HTTP/1.1", 200),
        ("GET /v1/users/%ff%fe HTTP/1.1", 400),
        (&format!("GET /v1/users?search={long} HTTP/1.1"), 414),
    ] {
        let mut stream = TcpStream::connect(("127.0.0.1", emulator.port())).await.unwrap();
        stream.write_all(format!("{line}\r\n{head}\r\n").as_bytes()).await.unwrap();
        let mut response = Vec::new();
        stream.read_to_end(&mut response).await.unwrap();
        let response = String::from_utf8_lossy(&response).into_owned();
        assert!(response.starts_with(&format!("HTTP/1.1 {status}")), "{line:.60}: {response:.60}");
    }
}

#[tokio::test]
async fn duplicate_chunks_lose_nothing() {
    const CHUNK: usize = 5 * 1024 * 1024;
    let (_emulator, root) = start().await;
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    let content: Vec<u8> = (0..CHUNK * 2 + 9).map(|index| (index % 251) as u8).collect();
    let content = std::sync::Arc::new(content);
    let send = |root: Caller, index: usize, total: usize| {
        let content = content.clone();
        async move {
            let part = &content[index * CHUNK..content.len().min((index + 1) * CHUNK)];
            root.chunk("/storage/buckets/b/files", "f", index * CHUNK, part, total).await
        }
    };
    let calls = [0, 2, 1, 1, 2, 0].map(|index| tokio::spawn(send(root.clone(), index, content.len())));
    for call in calls {
        call.await.unwrap();
    }
    assert_ne!(root.get("/storage/buckets/b/files/f").await.1["signature"], "");
    assert!(root.download("/storage/buckets/b/files/f/download").await == *content);
}

#[tokio::test]
async fn the_first_chunk_says_how_many_there_are() {
    const CHUNK: usize = 5 * 1024 * 1024;
    let (_emulator, root) = start().await;
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    let path = "/storage/buckets/b/files";
    root.chunk(path, "f", 0, &vec![1; CHUNK], CHUNK + 9).await;
    let file = root.chunk(path, "f", CHUNK, &[2; 9], CHUNK * 3).await;
    assert_eq!((&file["chunksUploaded"], &file["chunksTotal"]), (&json!(2), &json!(2)));
    assert_ne!(file["signature"], "");
    assert_eq!(root.send(Method::DELETE, &format!("{path}/f"), Value::Null).await.0, 204);
}

/// Work on a long list must be linear in its items: quadratic work took an hour, so the limit does not depend on
/// speed.
async fn at_once<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(120), work).await.unwrap()
}

#[tokio::test]
async fn work_on_long_lists_is_linear() {
    const MANY: usize = 400_000;
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.column("t", "integer", json!({"key": "list", "array": true})).await;
    let row_path = format!("{ROWS}/r");
    let list: Vec<usize> = (0..MANY).collect();
    root.post(ROWS, json!({"rowId": "r", "data": {"list": list}})).await;
    for (method, values, left) in [
        ("arrayUnique", json!([]), MANY),
        ("arrayIntersect", (1..MANY).collect::<Vec<_>>().into(), MANY - 1),
        ("arrayDiff", (2..MANY).collect::<Vec<_>>().into(), 1),
    ] {
        let operator = json!({"method": method, "values": values}).to_string();
        let (status, row) = at_once(root.patch(&row_path, json!({"data": {"list": operator}}))).await;
        assert_eq!((status, row["list"].as_array().map(Vec::len)), (200, Some(left)), "{method}");
    }
}
