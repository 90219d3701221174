//! Responses of a real server, through the core: errors keep their message and get the kind that a caller needs.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::{Arc, Mutex};

use polywrite::{CallOptions, Client, Content, ErrorKind, Method, Operation, Params, Returns};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

static ANYTHING: Operation = Operation {
    id: "recorded.call",
    method: Method::Get,
    path: "/recorded",
    self_hosted_path: None,
    params: &[],
    content: Content::None,
    accept: "",
    headers: &[],
    returns: Returns::Json,
    upload: None,
    scopes: &["recorded.read"],
    list: None,
    dated_by: None,
    project_header: true,
    deprecated: None,
    available: None,
};

#[tokio::test]
async fn recorded_responses_become_what_they_mean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/recordings");
    let recordings = read(&folder);
    let next = Arc::new(Mutex::new(Vec::new()));
    let client = Client::builder().endpoint(serve(next.clone()).await).project("p").key("k").build().unwrap();
    let (mut good, mut bad) = (0, 0);
    for (name, recording) in recordings {
        let Some((status, body)) = json_response(&recording) else { continue };
        *next.lock().unwrap() = message(&recording, &body.to_string());
        let result = client.execute(&ANYTHING, Params::new(), CallOptions::new().retries(0)).await;
        if status < 400 {
            assert_eq!(result.unwrap().json::<Value>().unwrap(), body, "{name}");
            good += 1;
        } else {
            let error = result.unwrap_err();
            assert_eq!(error.message(), body["message"].as_str().unwrap(), "{name}");
            assert_eq!(error.error_type(), body["type"].as_str(), "{name}");
            assert_eq!(error.status(), Some(status), "{name}");
            assert_eq!(error.kind(), expected(status, error.error_type().unwrap()), "{name}");
            bad += 1;
        }
    }
    assert!(good > 300 && bad > 100, "{good} good and {bad} bad responses");
}

/// What a caller would do about each error.
fn expected(status: u16, error_type: &str) -> ErrorKind {
    match error_type {
        "general_unauthorized_scope" => ErrorKind::MissingScope,
        "user_session_already_exists" => ErrorKind::Conflict,
        "storage_invalid_file" => ErrorKind::Argument,
        name if name.ends_with("_not_found") && status == 404 => ErrorKind::NotFound,
        name if name.ends_with("_already_exists") || name.ends_with("_conflict") => ErrorKind::Conflict,
        _ => match status {
            400 => ErrorKind::Argument,
            401 | 403 => ErrorKind::Unauthorized,
            404 => ErrorKind::NotFound,
            409 => ErrorKind::Conflict,
            429 => ErrorKind::RateLimited,
            _ => ErrorKind::Api,
        },
    }
}

/// Every recording below a folder, by file name.
fn read(folder: &Path) -> Vec<(String, Value)> {
    let Ok(services) = std::fs::read_dir(folder) else { return Vec::new() };
    let services = services.map(|service| service.unwrap().path()).filter(|service| service.is_dir());
    let files = services.flat_map(|service| std::fs::read_dir(service).unwrap());
    files
        .map(|file| file.unwrap().path())
        .map(|path| {
            (path.display().to_string(), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        })
        .collect()
}

/// Status and body of a recorded response, if it is the JSON that the server sent.
fn json_response(recording: &Value) -> Option<(u16, Value)> {
    let response = &recording["response"];
    let status = u16::try_from(response["status"].as_u64()?).ok()?;
    let body = &response["body"];
    let replaced = body.as_object()?.keys().any(|key| key.starts_with('@'));
    (!replaced && !(300..400).contains(&status)).then(|| (status, body.clone()))
}

/// The recorded response as it was on the wire, without compression.
fn message(recording: &Value, body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {} Recorded\r\n", recording["response"]["status"]);
    for header in recording["response"]["headers"].as_array().unwrap() {
        let (name, value) = (header[0].as_str().unwrap(), header[1].as_str().unwrap());
        if !["content-length", "content-encoding", "transfer-encoding"].contains(&&*name.to_lowercase()) {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    format!("{text}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Starts a server that sends the response in `next`.
async fn serve(next: Arc<Mutex<Vec<u8>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let next = next.clone();
            tokio::spawn(async move {
                let mut seen = Vec::new();
                while stream.read_buf(&mut seen).await.is_ok_and(|length| length > 0) {
                    if seen.ends_with(b"\r\n\r\n") {
                        seen.clear();
                        let response = next.lock().unwrap().clone();
                        stream.write_all(&response).await.unwrap();
                    }
                }
            });
        }
    });
    endpoint
}
