//! Sends recorded requests and learns the values of their placeholders.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use polywrite_emulator::Emulator;
use reqwest::{Client, Method, Response};
use serde_json::Value;

use crate::{
    compare::{self, Received},
    plan::{Call, Step},
    recording::Recording,
};

/// The outcome of an exchange.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// `service/name`.
    pub(crate) name: String,
    /// What differed.
    pub(crate) problems: Vec<String>,
    /// Whether an error's message was the same, word for word.
    pub(crate) same_message: bool,
}

/// How many recorded responses are errors with a message.
pub(crate) fn with_message(recordings: &BTreeMap<String, Recording>) -> usize {
    recordings.values().filter(|recording| recording.response["body"]["message"].is_string()).count()
}

struct Replay<'a> {
    emulator: &'a Emulator,
    client: Client,
    /// The values of recorded IDs and placeholders.
    known: BTreeMap<String, String>,
}

/// Follows the plan.
pub(crate) async fn run(
    emulator: &Emulator,
    recordings: &BTreeMap<String, Recording>,
    steps: &[Step],
) -> Vec<Outcome> {
    // Another test of the process may have installed it before.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let redirect = reqwest::redirect::Policy::none();
    let client = Client::builder().redirect(redirect).no_proxy().no_gzip().build().expect("a client");
    let key = |name: &str| (name.to_owned(), emulator.root_key().to_owned());
    let known = BTreeMap::from([key("API_KEY_001"), key("API_KEY_003")]);
    let mut replay = Replay { emulator, client, known };
    let mut outcomes = Vec::new();
    for step in steps {
        match step {
            Step::Wait(path) => replay.wait(path).await,
            Step::Expire => emulator.expire_transactions().expect("transactions end"),
            Step::Reads(path, fields) => emulator.plan_reads(&replay.fill(path), [fields.clone()]),
            Step::Rows(path, count) => replay.rows(path, *count).await,
            Step::Call(call) => replay.call(call).await,
            Step::Upload { bucket, id, name, length, range } => {
                replay.upload(bucket, &replay.fill(id), name, *length, range.as_deref()).await;
            }
            Step::Replay(name, pairs) => {
                let Some(recording) = recordings.get(name) else { panic!("plan.txt: there is no {name}") };
                outcomes.push(replay.exchange(recording, pairs).await);
            }
        }
    }
    outcomes
}

impl Replay<'_> {
    fn root(&self) -> &str {
        self.emulator.endpoint().trim_end_matches("/v1")
    }

    /// A text with all known values in place of their placeholders; padding after a secret is removed.
    fn fill(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in self.known.iter().rev() {
            while let Some(start) = text.find(name.as_str()) {
                let mut end = start + name.len();
                while text[end..].starts_with('=') && name.contains("SESSION_SECRET") {
                    end += 1;
                }
                while text[end..].starts_with("%3D") {
                    end += 3;
                }
                text.replace_range(start..end, value);
            }
        }
        text
    }

    async fn call(&mut self, call: &Call) {
        let url = format!("{}{}", self.emulator.endpoint(), self.fill(&call.path));
        let method = Method::from_bytes(call.method.as_bytes()).expect("a method");
        let mut request = self.client.request(method, url);
        request = match call.caller.as_deref() {
            None => request
                .header("x-appwrite-project", "proj1")
                .header("x-appwrite-key", self.emulator.root_key()),
            Some("guest") => request.header("x-appwrite-project", "proj1"),
            Some("console") => request.header("x-appwrite-project", "console"),
            Some("owner") => request
                .header("x-appwrite-project", "console")
                .header("cookie", format!("a_session_console={}", self.fill("SESSION_SECRET_001"))),
            Some(session) => {
                request.header("x-appwrite-project", "proj1").header("x-appwrite-session", self.fill(session))
            }
        };
        if let Some(body) = &call.body {
            request = request.header("content-type", "application/json").body(self.fill(&body.to_string()));
        }
        let received = read(request.send().await.expect("a response")).await;
        let is_expected = call.remember.is_none() || received.status < 300;
        assert!(is_expected, "{} {}: {} {}", call.method, call.path, received.status, received.text());
        if received.status >= 300 && call.caller.as_deref() != Some("guest") {
            println!("plan: {} {}: {} {}", call.method, call.path, received.status, received.text());
        }
        let Some((name, pointer)) = &call.remember else { return };
        let value = match pointer.as_str() {
            "cookie" => cookie(&received),
            "mail" => self.emulator.mails().last().map(|mail| mail.secret.clone()),
            pointer => received.json().pointer(pointer).and_then(Value::as_str).map(str::to_owned),
        };
        let value = value.unwrap_or_else(|| panic!("{} {} has no {pointer}", call.method, call.path));
        self.known.insert(name.clone(), value);
    }

    /// Makes rows, as many a call as the server accepts.
    async fn rows(&mut self, path: &str, count: usize) {
        let row = |number| serde_json::json!({"$id": format!("r{number:05}"), "n": number});
        for start in (0..count).step_by(100) {
            let rows: Vec<Value> = (start..count.min(start + 100)).map(row).collect();
            let body = Some(serde_json::json!({"rows": rows}));
            let call = Call { caller: None, method: "POST".into(), path: path.into(), body, remember: None };
            self.call(&call).await;
        }
    }

    /// Repeats a request until nothing is `processing`.
    async fn wait(&self, path: &str) {
        let url = format!("{}{path}", self.emulator.endpoint());
        loop {
            let request = self.client.get(&url).header("x-appwrite-project", "proj1");
            let request = request.header("x-appwrite-key", self.emulator.root_key());
            let received = read(request.send().await.expect("a response")).await;
            assert_eq!(received.status, 200, "{path}");
            if !received.text().contains("\"processing\"") {
                break;
            }
        }
    }

    async fn upload(&self, bucket: &str, id: &str, name: &str, length: usize, range: Option<&str>) {
        let part = serde_json::json!([
            {"name": "fileId", "value": id},
            {"name": "file", "filename": name, "contentType": "", "length": length},
        ]);
        let url = format!("{}/storage/buckets/{bucket}/files", self.emulator.endpoint());
        let mut request = self
            .client
            .post(url)
            .header("x-appwrite-project", "proj1")
            .header("x-appwrite-key", self.emulator.root_key())
            .header("content-type", "multipart/form-data; boundary=REPLAY")
            .body(multipart(&part, &|text| text.to_owned()));
        if let Some(range) = range {
            request = request.header("content-range", format!("bytes {range}"));
        }
        let status = request.send().await.expect("a response").status();
        assert!(status.is_success(), "upload of {id}: {status}");
    }

    async fn exchange(&mut self, recording: &Recording, pairs: &[(String, String)]) -> Outcome {
        let before: Vec<_> =
            pairs.iter().map(|(name, _)| (name.clone(), self.known.get(name).cloned())).collect();
        for (name, value) in pairs {
            let value = if value == "totp" { totp(&self.known["SECRET_003"]) } else { value.clone() };
            self.known.insert(name.clone(), value);
        }
        let received = self.send(recording).await;
        for (name, value) in before {
            match value {
                Some(value) => self.known.insert(name, value),
                None => self.known.remove(&name),
            };
        }
        if received.status == recording.response["status"] {
            compare::learn(&mut self.known, &recording.response["body"], &received.json());
            if let (Some(recorded), Some(own)) =
                (recording.header("x-fallback-cookies").first(), cookie(&received))
            {
                let recorded: Value = recorded.parse().unwrap_or_default();
                let placeholder = recorded.as_object().and_then(|cookies| cookies.values().next());
                if let Some(placeholder) = placeholder.and_then(Value::as_str) {
                    self.known.insert(placeholder.trim_end_matches('=').to_owned(), own);
                }
            }
        }
        let recorded_message = &recording.response["body"]["message"];
        Outcome {
            name: recording.name.clone(),
            problems: compare::problems(recording, &received),
            same_message: recorded_message.is_string() && *recorded_message == received.json()["message"],
        }
    }

    async fn send(&self, recording: &Recording) -> Received {
        let request = &recording.request;
        let path = self.fill(request["path"].as_str().unwrap_or_default());
        let query = match request["rawQuery"].as_str().filter(|raw| !raw.is_empty()) {
            Some(raw) => self.fill(raw),
            None => query(request, &|text| self.fill(text)),
        };
        let separator = if query.is_empty() { "" } else { "?" };
        let url = format!("{}{path}{separator}{query}", self.root());
        let method =
            Method::from_bytes(request["method"].as_str().unwrap_or_default().as_bytes()).expect("a method");
        let mut builder = self.client.request(method, url);
        let body = &request["body"];
        let parts =
            body.get("@multipart").filter(|parts| parts.as_array().is_some_and(|parts| !parts.is_empty()));
        for (name, value) in recording.request_headers() {
            if name == "content-type" && (parts.is_some() || body.get("@raw-bytes").is_some()) {
                continue;
            }
            let value = if value == "whp" { "proj1".to_owned() } else { value };
            // The guests of the recordings used up limits within an hour, which the recordings do not show.
            builder = builder.header(name, self.fill(&value));
        }
        if !recording.header("content-encoding").is_empty() {
            builder = builder.header("accept-encoding", "gzip");
        }
        let fill = |text: &str| self.fill(text);
        builder = match (parts, body["@raw"].as_str()) {
            _ if body.get("@raw-bytes").is_some() => builder
                .header("content-type", "multipart/form-data; boundary=REPLAY")
                .body(multipart(&deployment_parts(&path, &recording.response["body"]), &fill)),
            (Some(parts), _) => builder
                .header("content-type", "multipart/form-data; boundary=REPLAY")
                .body(multipart(parts, &fill)),
            (None, Some(raw)) => match raw.strip_suffix(" bytes") {
                Some(_) => builder.body(chunk(recording)),
                None => builder.body(self.fill(raw)),
            },
            (None, None) if body.is_null() || body.get("@multipart").is_some() => builder,
            (None, None) => builder.body(self.fill(&restored(body).to_string())),
        };
        read(builder.send().await.expect("a response")).await
    }
}

/// The code that an authenticator with this secret shows now (RFC 6238).
fn totp(secret: &str) -> String {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String =
        secret.chars().map(|letter| format!("{:05b}", alphabet.find(letter).expect("base 32"))).collect();
    let octets = bits.as_bytes().chunks_exact(8).map(|octet| String::from_utf8_lossy(octet).into_owned());
    let key: Vec<u8> = octets.map(|octet| u8::from_str_radix(&octet, 2).expect("bits")).collect();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock").as_secs();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = ring::hmac::sign(&key, &(now / 30).to_be_bytes());
    let tag = tag.as_ref();
    let start = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes(tag[start..start + 4].try_into().expect("four bytes"));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// The session in a response's fallback header.
fn cookie(received: &Received) -> Option<String> {
    let cookies: Value = received.header("x-fallback-cookies").first()?.parse().ok()?;
    cookies.as_object()?.values().next()?.as_str().map(str::to_owned)
}

async fn read(response: Response) -> Received {
    let status = response.status().as_u16();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let body = response.bytes().await.expect("a body");
    Received { status, headers, body: compare::unpack(body.to_vec()) }
}

fn query(request: &Value, fill: &dyn Fn(&str) -> String) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = request["query"].as_array().into_iter().flatten().map(|pair| {
        let text = |index: usize| pair[index].as_str().unwrap_or_default();
        format!("{}={}", encode(text(0)), encode(&fill(text(1))))
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// A body with the original length of its shortened texts.
fn restored(body: &Value) -> Value {
    match body {
        Value::Object(fields) => match fields.get("@longString") {
            Some(cut) => Value::String("x".repeat(cut["length"].as_u64().unwrap_or_default() as usize)),
            None => fields.iter().map(|(name, value)| (name.clone(), restored(value))).collect(),
        },
        Value::Array(items) => items.iter().map(restored).collect(),
        other => other.clone(),
    }
}

/// Content of a kind: text for text, a picture's first bytes for pictures, noise for all others.
fn content(name: &str, kind: &str, length: usize) -> Vec<u8> {
    let pattern: &[u8] = match kind {
        "image/png" => b"\x89PNG\r\n\x1a\n\x00\x00",
        "text/plain" | "" if name.ends_with(".txt") => b"Hello Appwrite!\n",
        _ if name.ends_with(".txt") => b"Hello Appwrite!\n",
        _ => b"\x00\x01\x02\xfe\xff noise",
    };
    let mut content = pattern.repeat(length / pattern.len() + 1);
    content.truncate(length);
    content
}

/// A form from its recorded parts.
fn multipart(parts: &Value, fill: &dyn Fn(&str) -> String) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts.as_array().into_iter().flatten() {
        body.extend(b"--REPLAY\r\n");
        let text = |name: &str| part[name].as_str().unwrap_or_default();
        match part["headers"].as_array() {
            Some(headers) => {
                for header in headers.iter().filter_map(Value::as_str) {
                    body.extend(format!("{header}\r\n").as_bytes());
                }
            }
            None => {
                let mut head = format!("Content-Disposition: form-data; name=\"{}\"", text("name"));
                if part["filename"].is_string() {
                    head += &format!(
                        "; filename=\"{}\"\r\nContent-Type: {}",
                        text("filename"),
                        text("contentType")
                    );
                }
                body.extend(format!("{head}\r\n").as_bytes());
            }
        }
        body.extend(b"\r\n");
        match part["length"].as_u64() {
            Some(length) => {
                let name = match part["headers"][0].as_str() {
                    Some(header) if header.contains(".txt") => "a.txt",
                    Some(_) => "a.bin",
                    None => text("filename"),
                };
                body.extend(content(name, text("contentType"), length as usize));
            }
            None => body.extend(fill(text("value")).as_bytes()),
        }
        body.extend(b"\r\n");
    }
    body.extend(b"--REPLAY--\r\n");
    body
}

/// The form of a deployment, of which only the length was recorded: the response has the rest.
fn deployment_parts(path: &str, deployment: &Value) -> Value {
    let mut parts = vec![
        serde_json::json!({"name": "activate", "value": deployment["activate"].to_string()}),
        serde_json::json!({
            "name": "code", "filename": "code.tar.gz", "contentType": "application/gzip",
            "length": deployment["sourceSize"],
        }),
    ];
    if path.contains("/functions/") {
        parts.push(serde_json::json!({"name": "entrypoint", "value": deployment["entrypoint"]}));
    }
    Value::from(parts)
}

/// A chunk whose form was not recorded: its length follows from its range.
fn chunk(recording: &Recording) -> Vec<u8> {
    let headers = recording.request_headers();
    let range = headers.iter().find(|(name, _)| name == "content-range").map_or("", |(_, value)| value);
    let numbers: Vec<usize> = range
        .trim_start_matches("bytes ")
        .split(['-', '/'])
        .filter_map(|number| number.parse().ok())
        .collect();
    let mut body = b"--BB\r\nContent-Disposition: form-data; name=\"fileId\"\r\n\r\nunique()\r\n--BB\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"b.bin\"\r\n\r\n"
        .to_vec();
    body.extend(content("b.bin", "", numbers[1] - numbers[0] + 1));
    body.extend(b"\r\n--BB--\r\n");
    body
}
