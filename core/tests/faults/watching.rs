//! What a program can watch: the response itself, hooks, log lines.

use std::sync::{Arc, Mutex};

use polywrite::services::{Storage, TablesDB, Users};
use polywrite::{CallOptions, Client, ClientConfig, ErrorKind, Hooks, Level, Params};

use crate::clock::{NOW, builder, client};
use crate::logs::Logs;
use crate::operations::{CREATE_NOTE, GET_NOTE, LIST_NOTES};
use crate::server::{Act, Server, json, respond};

const USERS: &str = r#"{"total":0,"users":[]}"#;

/// A response of a call that the server limits.
fn limited(status: &str, body: &str) -> Act {
    let reset = format!("X-RateLimit-Reset: {}", NOW + 60);
    respond(
        status,
        &["content-type: application/json", "X-RateLimit-Limit: 10", "x-ratelimit-remaining: 9", &reset],
        body,
    )
}

#[tokio::test]
async fn a_call_returns_its_response_beside_what_it_returns() {
    let server = Server::start([respond("503 Service Unavailable", &[], ""), limited("200 OK", USERS)]).await;
    let (client, clock) = client(&server);
    let call = Users::new(&client).list().with_response().await.unwrap();
    assert_eq!((call.data.total, call.response.status()), (0, 200));
    let limit = call.response.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (10, 9));
    assert_eq!(call.response.header("Content-Type"), Some("application/json"));
    let [attempt] = call.response.attempts() else { panic!("{:?}", call.response) };
    assert_eq!((attempt.status, attempt.wait), (Some(503), Some(clock.waits()[0])));
    assert!(call.response.duration() >= attempt.elapsed);
}

#[tokio::test]
async fn a_download_has_its_response_however_it_is_read() {
    let server = Server::start([limited("200 OK", "content")]).await;
    let (client, _) = client(&server);
    let file = || Storage::new(&client).get_file_download("photos", "sunset");
    let whole = file().with_response().await.unwrap();
    assert_eq!(&whole.data[..], b"content");
    assert_eq!(whole.response.rate_limit().unwrap().limit, 10);
    assert_eq!(file().stream().await.unwrap().response().rate_limit().unwrap().limit, 10);
    let path = std::env::temp_dir().join(polywrite::Id::unique());
    let saved = file().save_to(&path).await.unwrap();
    std::fs::remove_file(path).unwrap();
    assert_eq!((saved.size, saved.response().status()), (7, 200));
}

#[tokio::test]
async fn a_call_is_one_span_with_the_names_of_the_semantic_conventions() {
    let (logs, _guard) = Logs::collect();
    let gone = json("404 Not Found", r#"{"message":"gone","code":404}"#);
    let server =
        Server::start([respond("503 Service Unavailable", &[], ""), json("200 OK", "{}"), gone]).await;
    let (client, _) = client(&server);
    let get = || client.execute(&GET_NOTE, Params::new().with("noteId", "s3cret"), CallOptions::new());
    get().await.unwrap();
    let text = logs.text();
    for field in [
        r#"otel.kind="client""#,
        r#"otel.name="GET /v1/notes/{noteId}""#,
        r#"polywrite.operation="notes.get""#,
        r#"http.request.method="GET""#,
        r#"server.address="127.0.0.1""#,
        r#"url.template="/v1/notes/{noteId}""#,
        "http.response.status_code=200",
        "http.request.resend_count=1",
    ] {
        assert_eq!(text.matches(field).count(), 1, "{field} in {text}");
    }
    assert_eq!(
        text.matches("DEBUG polywrite message=notes.get").count(),
        2,
        "an event for each attempt: {text}"
    );
    get().await.unwrap_err();
    for field in [r#"error.type="404""#, r#"otel.status_code="ERROR""#, r#"otel.status_description="gone""#] {
        assert!(logs.text().contains(field), "{field}");
    }
    assert!(!logs.text().contains("s3cret"));
}

/// Hooks that write what they hear, a line each.
fn writing(lines: &Arc<Mutex<Vec<String>>>) -> Hooks {
    let write = |name: &'static str| {
        let lines = lines.clone();
        move |event: &polywrite::CallEvent<'_>| {
            let polywrite::CallEvent { operation, method, path, attempt, status, kind, .. } = event;
            let waits = event.wait.is_some();
            lines
                .lock()
                .unwrap()
                .push(format!("{name} {operation} {method} {path} {attempt} {status:?} {kind:?} {waits}"));
        }
    };
    Hooks::new().before_attempt(write("before")).after_attempt(write("after")).before_retry(write("retry"))
}

#[tokio::test]
async fn hooks_hear_of_each_attempt_in_order() {
    let server = Server::start([Act::RespondAndReset(Vec::new()), json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let lines = Arc::default();
    let client = client.with_hooks(writing(&lines));
    let note = Params::new().with("noteId", "s3cret");
    client.execute(&GET_NOTE, note, CallOptions::new()).await.unwrap();
    let heard = [
        "before notes.get GET /notes/{noteId} 1 None None false",
        "after notes.get GET /notes/{noteId} 1 None Some(Network) true",
        "retry notes.get GET /notes/{noteId} 1 None Some(Network) true",
        "before notes.get GET /notes/{noteId} 2 None None false",
        "after notes.get GET /notes/{noteId} 2 Some(200) None false",
    ];
    assert_eq!(*lines.lock().unwrap(), heard);
    // A client made of it has them too, and a call that fails is reported.
    let failing = Server::start([json("404 Not Found", r#"{"message":"no","code":404}"#)]).await;
    let config = ClientConfig { endpoint: failing.endpoint().into(), ..ClientConfig::new() };
    let other = client.configure(&config).unwrap();
    other.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap_err();
    assert_eq!(
        lines.lock().unwrap().last().unwrap(),
        "after notes.list GET /notes 1 Some(404) Some(NotFound) false"
    );
}

#[tokio::test]
async fn a_hook_adds_the_headers_of_a_trace_and_no_others_than_the_request_lacks() {
    let server = Server::start([respond("503 Service Unavailable", &[], ""), json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let headers = [
        ("traceparent", "00-1-2-01"),
        ("accept", "text/html"),
        ("content-length", "7"),
        ("x-appwrite-jwt", "j"),
        ("x y", "z"),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let client = client.with_hooks(Hooks::new().headers(move || headers.to_vec()));
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2, "each attempt has them");
    for request in requests {
        assert!(request.contains("traceparent: 00-1-2-01\r\n"), "{request}");
        for other in ["text/html", "content-length", "x-appwrite-jwt", "x y"] {
            assert!(!request.contains(other), "{other} in {request}");
        }
    }
    let own = CallOptions::new().header("traceparent", "own");
    client.execute(&LIST_NOTES, Params::new(), own).await.unwrap();
    assert!(server.requests()[2].contains("traceparent: own\r\n"));
}

#[tokio::test]
async fn a_hook_that_panics_does_not_end_the_call() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let hooks = Hooks::new().before_attempt(|_| panic!("in a hook")).logger(None, |_, _| panic!("in a log"));
    let client = client.with_hooks(hooks);
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
}

#[tokio::test]
async fn a_logger_gets_a_line_for_each_attempt_up_to_its_level() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let logged = |client: &Client, level| {
        let lines = lines.clone();
        client.with_hooks(Hooks::new().logger(Some(level), move |level: Level, line: &str| {
            lines.lock().unwrap().push((level, line.to_owned()));
        }))
    };
    let server = Server::start([respond("503 Service Unavailable", &[], "busy"), json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let debug = logged(&client, Level::Debug);
    debug.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    let begin = format!("notes.list: GET {} /notes, attempt", server.address());
    let found = std::mem::take(&mut *lines.lock().unwrap());
    let levels: Vec<Level> = found.iter().map(|(level, _)| *level).collect();
    assert_eq!(levels, [Level::Debug, Level::Info, Level::Debug]);
    for ((_, line), rest) in
        found.iter().zip(["1: busy in ", "1 failed; the next one follows in ", "2: 200 in "])
    {
        assert!(line.starts_with(&format!("{begin} {rest}")), "{line}");
    }
    logged(&client, Level::Info).execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    assert!(lines.lock().unwrap().is_empty());
}

#[tokio::test]
async fn neither_hooks_nor_logs_nor_errors_nor_printed_values_have_a_secret() {
    const MARKER: &str = "m4rkerOfASecret";
    let heard = Arc::new(Mutex::new(String::new()));
    let hear = || {
        let heard = heard.clone();
        move |event: &polywrite::CallEvent<'_>| {
            let record = serde_json::to_string(event).unwrap();
            *heard.lock().unwrap() += &format!("{event:?} {record}\n");
        }
    };
    let echo = |status: &str, kind: &str| {
        let body = format!(
            r#"{{"message":"not {MARKER}","code":1,"type":"{kind}","secret":"{MARKER}","$id":"{MARKER}"}}"#
        );
        let cookie = format!("set-cookie: a_session_p={MARKER}");
        respond(status, &["content-type: application/json", &cookie, "x-own: m4rkerOfASecret"], &body)
    };
    let acts = [
        echo("200 OK", "none"),
        echo("400 Bad Request", "general_argument_invalid"),
        echo("401 Unauthorized", "user_unauthorized"),
        echo("403 Forbidden", "user_blocked"),
        echo("404 Not Found", "row_not_found"),
        echo("409 Conflict", "row_already_exists"),
        echo("429 Too Many Requests", "general_rate_limit_exceeded"),
        echo("500 Internal Server Error", "general_unknown"),
        echo("503 Service Unavailable", "general_unknown"),
        respond("502 Bad Gateway", &[], MARKER),
        respond("200 OK", &["content-type: application/json"], &format!("[{MARKER}")),
        respond("302 Found", &[&format!("location: https://elsewhere.example.com/{MARKER}")], ""),
        Act::RespondAndReset(Vec::new()),
        Act::RespondAndClose(format!("HTTP/1.1 200 {MARKER}\r\n{MARKER}\r\n\r\n").into_bytes()),
    ];
    let mut kinds = Vec::new();
    for act in acts {
        let server = Server::start([act]).await;
        let guest = || builder(&server).0.key("").header("x-own-secret", MARKER);
        let clients = [
            guest().key(MARKER),
            guest().session(MARKER),
            guest().jwt(MARKER),
            guest().bearer(MARKER),
            guest().cookie(format!("theme=dark; a_session_shop={MARKER}")),
            guest().dev_key(MARKER),
        ];
        for client in clients {
            let hooks = Hooks::new()
                .before_attempt(hear())
                .after_attempt(hear())
                .before_retry(hear())
                .logger(Some(Level::Trace), {
                    let heard = heard.clone();
                    move |level, line: &str| *heard.lock().unwrap() += &format!("{level:?} {line}\n")
                });
            let client = client.build().unwrap().with_hooks(hooks);
            let options = CallOptions::new().header("x-of-the-call", MARKER);
            let data = serde_json::json!({ "password": MARKER, "secret": MARKER });
            let body = Params::new().with("noteId", MARKER).with("data", &data);
            let mut shown = format!("{client:?} {options:?} {body:?}");
            for (operation, params) in [(&LIST_NOTES, Params::new()), (&CREATE_NOTE, body)] {
                match client.execute(operation, params, options.clone()).await {
                    Ok(response) => shown += &format!("{response:?} {:?}", response.info()),
                    Err(error) => {
                        kinds.push(error.kind());
                        shown += &format!("{error} {error:?}");
                        shown += &serde_json::to_string(&error.record()).unwrap();
                    }
                }
            }
            *heard.lock().unwrap() += &shown;
        }
    }
    for kind in [
        ErrorKind::Argument,
        ErrorKind::Unauthorized,
        ErrorKind::NotFound,
        ErrorKind::Conflict,
        ErrorKind::RateLimited,
        ErrorKind::Network,
        ErrorKind::Api,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} was not provoked");
    }
    let heard = heard.lock().unwrap();
    assert!(heard.contains("x-own-secret: [redacted]") && heard.contains("set-cookie: [redacted]"));
    for line in heard.lines() {
        assert!(!line.contains(MARKER), "{line}");
    }
}

#[derive(serde::Deserialize)]
struct Marked {
    markers: Vec<String>,
    calls: Vec<MarkedCall>,
    responses: Vec<MarkedResponse>,
}

#[derive(serde::Deserialize)]
struct MarkedCall {
    operation: String,
    arguments: serde_json::Value,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct MarkedResponse {
    kind: String,
    status: u16,
    headers: Vec<(String, String)>,
    json: Option<serde_json::Value>,
    text: Option<String>,
    cut: bool,
    hang: bool,
}

impl MarkedResponse {
    fn act(&self) -> Act {
        if self.cut {
            return Act::RespondAndReset(Vec::new());
        }
        if self.hang {
            return Act::Hang(Vec::new());
        }
        let mut headers = vec!["content-type: application/json".to_owned()];
        headers.extend(self.headers.iter().map(|(name, value)| format!("{name}: {value}")));
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let body = self.text.clone().or_else(|| self.json.as_ref().map(ToString::to_string));
        respond(&format!("{} Status", self.status), &headers, &body.unwrap_or_default())
    }
}

#[tokio::test]
async fn a_secret_of_a_call_comes_out_nowhere_whatever_kind_of_error_it_meets() {
    let (logs, _guard) = Logs::collect();
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/generated/marker.json");
    let marked: Marked = serde_json::from_slice(&std::fs::read(folder).unwrap()).unwrap();
    let credential = &marked.markers[0];
    let heard = Arc::new(Mutex::new(String::new()));
    let watched = |client: Client| {
        let hear = || {
            let heard = heard.clone();
            move |event: &polywrite::CallEvent<'_>| {
                let record = serde_json::to_string(event).unwrap();
                *heard.lock().unwrap() += &format!("{event:?} {record}\n");
            }
        };
        let hooks = Hooks::new().before_attempt(hear()).after_attempt(hear()).before_retry(hear());
        client.with_hooks(hooks)
    };
    let kinds = Mutex::new(Vec::new());
    let show = |error: &polywrite::Error| {
        kinds.lock().unwrap().push(error.kind().to_string());
        let mut shown = format!("{error} {error:?} {}", serde_json::to_string(&error.record()).unwrap());
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            shown += &format!("{cause} {cause:?}");
            source = cause.source();
        }
        *heard.lock().unwrap() += &format!("{shown}\n");
    };
    for (index, call) in marked.calls.iter().enumerate() {
        let response = &marked.responses[index % marked.responses.len()];
        let server = Server::start([response.act()]).await;
        let guest = builder(&server).0.key("").header("x-own-secret", credential);
        let client = match index % 6 {
            0 => guest.key(credential),
            1 => guest.session(credential),
            2 => guest.jwt(credential),
            3 => guest.bearer(credential),
            4 => guest.dev_key(credential),
            _ => guest.cookie(format!("a_session_p={credential}")),
        };
        let mut options = CallOptions::new();
        if response.hang {
            options = options.timeout(std::time::Duration::from_millis(50)).retries(0);
        }
        let client = watched(client.build().unwrap());
        let operation = polywrite::operation(&call.operation).unwrap();
        let params = Params::from_json(&call.arguments.to_string()).unwrap();
        *heard.lock().unwrap() += &format!("{client:?} {options:?} {params:?}\n");
        match client.execute(operation, params, options).await {
            Ok(response) => *heard.lock().unwrap() += &format!("{response:?} {:?}\n", response.info()),
            Err(error) => show(&error),
        }
    }
    let failed =
        format!(r#"{{"key":"year","status":"failed","error":"not {credential}","secret":"{credential}"}}"#);
    let server = Server::start([json("200 OK", &failed)]).await;
    let client = || watched(builder(&server).0.key(credential).build().unwrap());
    show(&TablesDB::new(&client()).wait_for_column("d", "t", "year").await.unwrap_err());
    let both = CallOptions::new().header("x-appwrite-session", credential);
    show(&client().execute(&LIST_NOTES, Params::new(), both).await.unwrap_err());
    let file = polywrite::FileSource::reader("f", Some(7), Broken);
    show(&Storage::new(&client()).create_file("b", "f", file).await.unwrap_err());
    show(&polywrite::Error::cancelled());
    let kinds = kinds.lock().unwrap();
    let server_made =
        marked.responses.iter().map(|response| response.kind.as_str()).filter(|kind| !kind.is_empty());
    for kind in server_made.chain(["failed", "configuration", "io", "cancelled"]) {
        assert!(kinds.iter().any(|each| each == kind), "{kind} was not provoked: {kinds:?}");
    }
    let heard = format!("{}\n{}", heard.lock().unwrap(), logs.text());
    assert!(heard.contains("x-own-secret: [redacted]") && heard.contains("set-cookie: [redacted]"));
    for line in heard.lines() {
        for marker in &marked.markers {
            assert!(!line.contains(marker), "{line}");
        }
    }
}

/// A reader whose source breaks.
struct Broken;

impl tokio::io::AsyncRead for Broken {
    fn poll_read(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        _: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::task::Poll::Ready(Err(std::io::Error::other("tripped over the cable")))
    }
}
