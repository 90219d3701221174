//! What functions in Rust are written against: the names that the server's crate `openruntimes-types-for-rust` has, over
//! logs that the emulator reads.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The most bytes of one message.
const LONGEST_LINE: usize = 8000;

/// What a function is called with.
#[derive(Clone)]
pub struct Context {
    pub req: ContextRequest,
    pub res: ContextResponse,
    logger: Logger,
}

impl Context {
    pub fn new(logger: Logger) -> Self {
        Self { req: ContextRequest::new(), res: ContextResponse, logger }
    }

    pub fn log<T: LogMessage>(&self, message: T) {
        self.log_multiple(vec![message.to_log_string()]);
    }

    pub fn log_multiple(&self, messages: Vec<String>) {
        self.logger.write(messages, LoggerType::Log, false);
    }

    pub fn error<T: LogMessage>(&self, message: T) {
        self.error_multiple(vec![message.to_log_string()]);
    }

    pub fn error_multiple(&self, messages: Vec<String>) {
        self.logger.write(messages, LoggerType::Error, false);
    }

    pub fn get_logger(&self) -> &Logger {
        &self.logger
    }

    pub fn get_logger_mut(&mut self) -> &mut Logger {
        &mut self.logger
    }
}

/// The request that a function answers.
#[derive(Clone, Debug, Default)]
pub struct ContextRequest {
    pub headers: HashMap<String, String>,
    pub method: String,
    pub url: String,
    pub scheme: String,
    pub host: String,
    pub port: u16,
    pub path: String,
    pub query_string: String,
    pub query: HashMap<String, String>,
    body: Vec<u8>,
}

impl ContextRequest {
    pub fn new() -> Self {
        Self { port: 80, ..Self::default() }
    }

    pub fn set_body_binary(&mut self, body: Vec<u8>) {
        self.body = body;
    }

    pub fn body_binary(&self) -> Vec<u8> {
        self.body.clone()
    }

    pub fn body_raw(&self) -> Vec<u8> {
        self.body_binary()
    }

    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    // Functions that are written for the server's crate hold the request as mutable for these two.
    pub fn body_json<T: DeserializeOwned>(&mut self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    pub fn body(&mut self) -> Value {
        let kind = self.headers.get("content-type").map(|kind| kind.to_lowercase()).unwrap_or_default();
        if !kind.contains("application/json") {
            return Value::String(self.body_text());
        }
        serde_json::from_slice(&self.body).unwrap_or_else(|_| Value::Object(serde_json::Map::new()))
    }
}

/// What a function returns.
#[derive(Clone, Debug)]
pub struct Response {
    pub status_code: u16,
    pub body: Vec<u8>,
    pub headers: HashMap<String, String>,
}

impl Response {
    pub fn new() -> Self {
        Self { status_code: 200, body: Vec::new(), headers: HashMap::new() }
    }
}

impl Default for Response {
    fn default() -> Self {
        Self::new()
    }
}

type Headers = Option<HashMap<String, String>>;

/// Makes responses.
#[derive(Clone, Default)]
pub struct ContextResponse;

impl ContextResponse {
    pub fn new() -> Self {
        Self
    }

    pub fn text(&self, text: impl Into<String>, status_code: Option<u16>, headers: Headers) -> Response {
        of_kind("text/plain", text.into().into_bytes(), status_code, headers)
    }

    pub fn json<T: Serialize>(&self, data: T, status_code: Option<u16>, headers: Headers) -> Response {
        let text = serde_json::to_vec(&data).unwrap_or_else(|_| b"{}".to_vec());
        of_kind("application/json", text, status_code, headers)
    }

    pub fn binary(&self, data: Vec<u8>, status_code: Option<u16>, headers: Headers) -> Response {
        of_kind("application/octet-stream", data, status_code, headers)
    }

    pub fn empty(&self) -> Response {
        Response { status_code: 204, ..Response::new() }
    }

    pub fn redirect(&self, url: impl Into<String>, status_code: Option<u16>, headers: Headers) -> Response {
        let mut headers = headers.unwrap_or_default();
        headers.insert("location".to_owned(), url.into());
        Response { status_code: status_code.unwrap_or(301), body: Vec::new(), headers }
    }

    pub fn send(&self, text: impl Into<String>) -> Response {
        self.text(text, None, None)
    }
}

fn of_kind(kind: &str, body: Vec<u8>, status_code: Option<u16>, headers: Headers) -> Response {
    let mut headers = headers.unwrap_or_default();
    headers.entry("content-type".to_owned()).or_insert_with(|| kind.to_owned());
    Response { status_code: status_code.unwrap_or(200), body, headers }
}

#[derive(Clone)]
pub enum LoggerType {
    Log,
    Error,
}

/// Keeps what a function writes down.
#[derive(Clone)]
pub struct Logger {
    pub id: String,
    written: Arc<Mutex<(String, String)>>,
}

impl Logger {
    pub fn new(_logging: &str, id: Option<String>) -> Result<Self, String> {
        Ok(Self { id: id.unwrap_or_default(), written: Arc::default() })
    }

    pub fn write(&self, messages: Vec<String>, kind: LoggerType, _native: bool) {
        let mut line = messages.join(" ");
        if line.len() > LONGEST_LINE {
            let end = (0..=LONGEST_LINE).rfind(|end| line.is_char_boundary(*end)).unwrap_or(0);
            line.truncate(end);
            line += &format!("... Log truncated due to size limit ({LONGEST_LINE} characters)");
        }
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let (logs, errors) = &mut *written;
        let lines = if matches!(kind, LoggerType::Log) { logs } else { errors };
        *lines += &line;
        lines.push('\n');
    }

    /// What has been written: logs and errors.
    pub fn written(&self) -> (String, String) {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What can be written down.
pub trait LogMessage {
    fn to_log_string(&self) -> String;
}

macro_rules! shown {
    ($($kind:ty),*) => {$(
        impl LogMessage for $kind {
            fn to_log_string(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

shown!(&str, String, i32, i64, u32, u64, f32, f64, bool, Value);

macro_rules! listed {
    ($($kind:ty),*) => {$(
        impl LogMessage for $kind {
            fn to_log_string(&self) -> String {
                serde_json::to_string(self).unwrap_or_default()
            }
        }
    )*};
}

listed!(Vec<&str>, Vec<String>);
