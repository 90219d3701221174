//! Replays the recorded conversations of realtime: each message of the server must come again, in its order, and no other.

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use futures_util::{SinkExt, StreamExt};
use polywrite_emulator::{Emulator, Options};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_websockets::{ClientBuilder, MaybeTlsStream, Message, WebSocketStream};

/// Conversations that are not replayed, each with its reason.
const NOT_THERE: &[(&str, &str)] = &[
    ("connect-bad-jwt", "what is wrong with a token is said in other words"),
    ("connect-console", "the console's own session"),
    ("connect-query-malformed", "what is wrong with a query is said in other words"),
    ("events-account", "a blocked user, and calls with the session of one that is blocked meanwhile"),
    ("events-console-deployments", "the console's channels"),
    ("events-files", "its uploads were recorded without their bodies"),
];

/// Conversations that are replayed up to a frame, each with its reason.
const CUT: &[(&str, usize, &str)] =
    &[("events-rows-bulk", 17, "the call that deleted the last row was not recorded")];

/// For how long a message of the server is awaited.
const PATIENCE: Duration = Duration::from_secs(5);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

#[tokio::test]
async fn conversations_are_matched() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/recordings-flows/realtime");
    let mut conversations = BTreeMap::new();
    for file in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let text = fs::read_to_string(file.path()).expect("the file can be read");
        let name = file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        conversations.insert(name, text.parse::<Value>().expect("a recording is JSON"));
    }
    for (name, reason) in NOT_THERE {
        assert!(conversations.remove(*name).is_some(), "nothing is {name} ({reason})");
    }
    assert!(conversations.len() >= 45, "{} conversations are replayed", conversations.len());
    let stage = Stage::set().await;
    let mut wrong = Vec::new();
    for (name, conversation) in &conversations {
        if let Err(problem) = stage.replay(conversation).await {
            wrong.push(format!("{name}: {problem}"));
        }
    }
    println!("{} of {} conversations match", conversations.len() - wrong.len(), conversations.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

// A note of the recordings says so.
#[tokio::test]
async fn an_address_opens_so_many_connections_a_minute() {
    let stage = Stage::set().await;
    let request = json!({ "rawQuery": "project=proj1", "headers": {} });
    for _ in 0..128 {
        let first = next(&mut stage.connect(&request).await).await.expect("a message");
        assert_eq!(first["type"], "connected");
    }
    let mut refused = stage.connect(&request).await;
    assert_eq!(next(&mut refused).await.expect("a message")["data"]["code"], 1013);
    assert_eq!(next(&mut refused).await, None);
}

/// The project of the recordings.
struct Stage {
    emulator: Emulator,
    client: Client,
    /// The values of placeholders.
    known: Vec<(&'static str, String)>,
    /// The path of the session that is deleted.
    doomed: String,
}

impl Stage {
    async fn set() -> Self {
        let functions = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions")];
        let options = Options { project: "proj1".to_owned(), functions, ..Options::default() };
        let emulator = Emulator::start(options).await.expect("the emulator starts");
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        let mut stage = Self { emulator, client: Client::new(), known: Vec::new(), doomed: String::new() };
        stage.made("POST", "/tablesdb", json!({"databaseId": "rtdb", "name": "R"})).await;
        for (id, permissions, security) in [
            ("pub", json!([r#"read("any")"#]), false),
            ("users", json!([r#"read("users")"#]), false),
            ("none", json!([]), false),
            ("rowsec", json!([]), true),
        ] {
            let columns = json!([
                {"key": "n", "type": "integer", "required": false},
                {"key": "s", "type": "string", "size": 64, "required": false},
            ]);
            let table = json!({"tableId": id, "name": id, "permissions": permissions, "rowSecurity": security,
                               "columns": columns});
            stage.made("POST", "/tablesdb/rtdb/tables", table).await;
        }
        // What it does is masked, but it has to run: an execution ends by that.
        let function = json!({
            "functionId": "fs", "runtime": "node-22", "entrypoint": "echo.mjs", "path": ".", "execute": ["any"],
        });
        stage.emulator.seed(&json!({ "functions": [function] })).expect("a function");
        let mut sessions = Vec::new();
        for id in ["rtb1", "rtb2", "rtb1"] {
            let user = json!({"userId": id, "email": format!("{id}@example.com"), "password": "password-1", "name": id});
            if sessions.len() < 2 {
                stage.made("POST", "/users", user).await;
            }
            let session = stage.made("POST", &format!("/users/{id}/sessions"), json!({})).await;
            sessions.push(session);
        }
        let jwt = stage.made("POST", "/users/rtb1/jwts", json!({})).await;
        stage.doomed = format!("/v1/users/rtb1/sessions/{}", sessions[2]["$id"].as_str().unwrap_or_default());
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        stage.known = vec![
            ("API_KEY_001", stage.emulator.root_key().to_owned()),
            ("SESSION_SECRET_004", text(&sessions[0], "secret")),
            ("SESSION_SECRET_008", text(&sessions[2], "secret")),
            ("SESSION_SECRET_007", text(&sessions[1], "secret")),
            ("JWT_008", text(&jwt, "jwt")),
        ];
        stage
    }

    async fn made(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.call(method, &format!("/v1{path}"), &body, None).await;
        assert!(status < 300, "{method} {path}: {answer}");
        answer
    }

    async fn call(&self, method: &str, path: &str, body: &Value, session: Option<&str>) -> (u16, Value) {
        let url = format!("{}{path}", self.emulator.endpoint().trim_end_matches("/v1"));
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = self.client.request(method, url).header("x-appwrite-project", "proj1");
        let request = match session {
            None => request.header("x-appwrite-key", self.emulator.root_key()),
            Some(session) => request.header("x-appwrite-session", self.fill(session)),
        };
        let request = match body {
            Value::Null => request,
            body => request.header("content-type", "application/json").body(body.to_string()),
        };
        let response = request.send().await.expect("a response");
        let status = response.status().as_u16();
        (status, response.text().await.expect("a body").parse().unwrap_or_default())
    }

    /// A text with the values of its placeholders; padding after a secret is removed.
    fn fill(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.known {
            text = text
                .replace(&format!("{name}=="), name)
                .replace(&format!("{name}="), name)
                .replace(name, value);
        }
        text
    }

    async fn connect(&self, request: &Value) -> Socket {
        let query = self.fill(request["rawQuery"].as_str().unwrap_or_default());
        let uri = format!("ws://127.0.0.1:{}/v1/realtime?{query}", self.emulator.port());
        let mut builder = ClientBuilder::new().uri(&uri).expect("a URL");
        for (name, value) in request["headers"].as_object().into_iter().flatten() {
            let value = self.fill(value.as_str().unwrap_or_default());
            builder = builder
                .add_header(name.parse().expect("a name"), value.parse().expect("a value"))
                .expect("a header that may be set");
        }
        builder.connect().await.expect("a connection").0
    }

    async fn replay(&self, conversation: &Value) -> Result<(), String> {
        let mut socket = self.connect(&conversation["request"]).await;
        let mut expected: Vec<&Value> = Vec::new();
        // Those that the conversation's own calls and messages have been met for.
        let mut current =
            conversation["request"]["headers"]["x-appwrite-session"].as_str().map(str::to_owned);
        let mut memberships: BTreeMap<String, String> = BTreeMap::new();
        let mut is_awaited = true;
        let is_refused = conversation["frames"][0]["message"]["type"] == "error";
        let end = CUT.iter().find(|(name, ..)| conversation["name"] == *name).map(|(_, end, _)| *end);
        for frame in conversation["frames"].as_array().into_iter().flatten().take(end.unwrap_or(usize::MAX)) {
            match frame["from"].as_str() {
                Some("server") if frame["message"].is_object() => {
                    expected.push(&frame["message"]);
                    // Changes are heard of from the first message on, and of what a message asks for from its response on.
                    if std::mem::replace(&mut is_awaited, false) {
                        expect(&mut socket, &mut expected).await?;
                    }
                }
                Some("client") if !frame["message"].is_null() => {
                    expect(&mut socket, &mut expected).await?;
                    let message = &frame["message"];
                    if let Some(session) = message["data"]["session"].as_str() {
                        current = Some(session.to_owned());
                    }
                    let text = match message.as_str() {
                        Some("<70000 bytes>") => "a".repeat(70_000),
                        Some(text) => text.to_owned(),
                        None => message.to_string(),
                    };
                    socket.send(Message::text(self.fill(&text))).await.map_err(|cause| cause.to_string())?;
                    is_awaited = true;
                }
                Some("http") if frame["call"]["method"].is_string() => {
                    let call = &frame["call"];
                    let mut path = call["path"].as_str().unwrap_or_default().to_owned();
                    for (recorded, here) in &memberships {
                        path = path.replace(recorded, here);
                    }
                    if path.contains("/sessions/") {
                        path.clone_from(&self.doomed);
                    }
                    // What another user did is done by the user who is connected, unless it says who.
                    let other = call["as"].as_str() == Some("other");
                    let is_second = call["answer"]["$id"] == "rtb2"
                        || call["answer"]["$permissions"] == json!([r#"read("user:rtb2")"#]);
                    let owner = if is_second { "SESSION_SECRET_007" } else { "SESSION_SECRET_004" };
                    let owner = call["answer"]["$id"].is_string().then(|| owner.to_owned());
                    let session = if other { owner.or(current.clone()) } else { None };
                    let method = call["method"].as_str().unwrap_or_default();
                    let (status, answer) = self.call(method, &path, &call["body"], session.as_deref()).await;
                    if call["status"] != status {
                        return Err(format!(
                            "{method} {path}: {status} {answer} instead of {}",
                            call["status"]
                        ));
                    }
                    if let (Some(recorded), Some(here)) =
                        (call["answer"]["$id"].as_str(), answer["$id"].as_str())
                    {
                        memberships.insert(recorded.to_owned(), here.to_owned());
                    }
                }
                _ => {}
            }
        }
        expect(&mut socket, &mut expected).await?;
        if is_refused {
            return match next(&mut socket).await {
                None => Ok(()),
                Some(more) => Err(format!("the connection goes on with {more}")),
            };
        }
        // Nothing else has come before the response to a ping; past the limit that is an error, too.
        let _ = socket.send(Message::text(r#"{"type":"ping"}"#)).await;
        match next(&mut socket).await {
            Some(last) if last["type"] == "pong" || last["data"]["code"] == 1013 => Ok(()),
            Some(more) => Err(format!("{more} came, too")),
            None if conversation["name"] == "limit-message-size" => Ok(()),
            None => Err("the connection has ended".to_owned()),
        }
    }
}

/// Reads the messages that must come now.
async fn expect(socket: &mut Socket, expected: &mut Vec<&Value>) -> Result<(), String> {
    for wanted in std::mem::take(expected) {
        let Some(got) = next(socket).await else { return Err(format!("nothing came instead of {wanted}")) };
        let (wanted, got) = (normal(wanted), normal(&got));
        if wanted != got {
            return Err(format!("{got} instead of {wanted}"));
        }
    }
    Ok(())
}

async fn next(socket: &mut Socket) -> Option<Value> {
    loop {
        // What does not come is a difference, and not a test without an end.
        let message = timeout(PATIENCE, socket.next()).await.ok()??.ok()?;
        if message.is_close() {
            return None;
        }
        if let Some(text) = message.as_text() {
            return text.parse().ok();
        }
    }
}

/// What must be the same: lists of names in any order behind the first, IDs that the server makes and times as such, of
/// objects that both servers fill as they like the names that say which they are.
fn normal(message: &Value) -> Value {
    let mut message = message.clone();
    let data = &mut message["data"];
    for list in ["events", "channels"] {
        if let Some(names) = data[list].as_array_mut().and_then(|names| names.get_mut(1..)) {
            names.sort_by_key(Value::to_string);
        }
    }
    for object in ["payload", "user"] {
        if data[object].is_object() {
            let kept = ["$id", "n", "s", "teamId", "roles", "$tableId"]
                .map(|name| (name, data[object][name].clone()));
            data[object] = kept.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        }
    }
    without_made(&mut message);
    message
}

fn without_made(value: &mut Value) {
    match value {
        Value::String(text) => {
            let segments: Vec<String> = text
                .split('.')
                .map(|part| {
                    let is_made = part.len() == 20 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
                    if is_made { "made".to_owned() } else { part.to_owned() }
                })
                .collect();
            *text = if text.starts_with("20") && text.contains('T') {
                "time".to_owned()
            } else {
                segments.join(".")
            };
        }
        Value::Array(items) => items.iter_mut().for_each(without_made),
        Value::Object(members) => members.values_mut().for_each(without_made),
        _ => {}
    }
}
