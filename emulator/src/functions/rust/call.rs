//! Calls a function once, as the server's runtime does: `polywrite-function ANSWER`.
//!
//! The request comes as one line of JSON on stdin, which stays open as long as the emulator waits; the answer goes into the
//! file ANSWER.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use base64::{Engine, engine::general_purpose::STANDARD};
use openruntimes::{Context, Logger, LoggerType, Response};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

fn main() {
    let answer = std::env::args_os().nth(1).expect("the file for the answer");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("the request");
    let given: Value = serde_json::from_str(&line).expect("the request as JSON");
    std::thread::spawn(leave_when_alone);
    std::panic::set_hook(Box::new(|_| {}));
    let logger = Logger::new("enabled", None).expect("a logger");
    let context = context(&given, logger.clone());
    let response = catch_unwind(AssertUnwindSafe(|| handler::main(context))).unwrap_or_else(|panic| {
        logger.write(vec![message(&*panic)], LoggerType::Error, false);
        Response { status_code: 500, ..Response::new() }
    });
    let (logs, errors) = logger.written();
    let answered = json!({
        "statusCode": response.status_code, "headers": headers(&response), "body": STANDARD.encode(&response.body),
        "logs": logs, "errors": errors,
    });
    std::fs::write(answer, answered.to_string()).expect("the answer is written");
}

/// Ends the program when the emulator has ended or waits no longer.
fn leave_when_alone() {
    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
    std::process::exit(1);
}

fn context(given: &Value, logger: Logger) -> Context {
    let text = |name: &str| given[name].as_str().unwrap_or_default().to_owned();
    let mut context = Context::new(logger);
    let request = &mut context.req;
    (request.method, request.path, request.query_string) = (text("method"), text("path"), text("queryString"));
    for (name, value) in given["headers"].as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        request.headers.insert(name.clone(), value);
    }
    let header = |name: &str| request.headers.get(name).cloned().unwrap_or_default();
    request.scheme = Some(header("x-forwarded-proto")).filter(|it| !it.is_empty()).unwrap_or("http".to_owned());
    let usual = if request.scheme == "https" { 443 } else { 80 };
    let named = header("host");
    let (host, port) = named.split_once(':').unwrap_or((&named, ""));
    (request.host, request.port) = (host.to_owned(), port.parse().unwrap_or(usual));
    for pair in request.query_string.split('&').filter(|pair| !pair.is_empty()) {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        request.query.insert(decoded(name), decoded(value));
    }
    let port = if request.port == usual { String::new() } else { format!(":{}", request.port) };
    request.url = format!("{}://{host}{port}{}", request.scheme, request.path);
    if !request.query_string.is_empty() {
        request.url += &format!("?{}", request.query_string);
    }
    request.set_body_binary(STANDARD.decode(text("body")).unwrap_or_default());
    context
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "Unknown panic".to_owned())
}

fn headers(response: &Response) -> Vec<(String, String)> {
    let mut all: BTreeMap<String, String> =
        response.headers.iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect();
    let kind = all.remove("content-type").unwrap_or_else(|| "text/plain".to_owned());
    let small = kind.to_lowercase();
    let is_whole = small.starts_with("multipart/") || small.contains("charset=");
    all.insert("content-type".to_owned(), if is_whole { kind } else { format!("{small}; charset=utf-8") });
    let shown = all.into_iter().filter(|(name, _)| !name.starts_with("x-open-runtimes-"));
    shown.flat_map(|(name, value)| value.split('\n').map(|line| (name.clone(), line.to_owned())).collect::<Vec<_>>()).collect()
}
