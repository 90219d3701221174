//! What JavaScript says about requests that failed.

use std::error::Error;
use std::{fmt, io};

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::http::HttpError;

/// The codes by which Node and Bun say that there was no connection.
const NOT_CONNECTED: [&str; 9] = [
    "ECONNREFUSED",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTFOUND",
    "UND_ERR_CONNECT_TIMEOUT",
    "ConnectionRefused",
    "FailedToOpenSocket",
    "DNSLookupFailed",
];

/// What Deno says of one, and Node of a port to which `fetch` does not connect.
const NO_CONNECTION: [&str; 2] = ["client error (Connect)", "bad port"];

/// Reads what `fetch` threw. Most runtimes do not say whether they have sent the request, and then it may have been.
pub(super) fn read(thrown: JsValue) -> HttpError {
    let cause = property(&thrown, "cause").filter(|cause| cause.is_object());
    let code = [Some(&thrown), cause.as_ref()].into_iter().flatten().find_map(|error| string(error, "code"));
    let text = text(&thrown);
    let is_unsent = code.is_some_and(|code| NOT_CONNECTED.contains(&code.as_str()));
    if is_unsent || NO_CONNECTION.iter().any(|known| text.contains(known)) {
        return HttpError::not_sent(io::Error::new(io::ErrorKind::NotConnected, text));
    }
    HttpError::perhaps_sent(io::Error::other(text))
}

/// What an error says, and its cause where that says more. Deno's URL is left out: its query may have secrets.
pub(super) fn text(thrown: &JsValue) -> String {
    let cause = property(thrown, "cause").and_then(|cause| string(&cause, "message"));
    let text = cause.filter(|text| !text.is_empty()).or_else(|| string(thrown, "message"));
    let text = text.or_else(|| thrown.as_string()).unwrap_or_else(|| "unknown error".to_owned());
    match text.split_once(" for url (").and_then(|(_, rest)| rest.split_once("): ")) {
        Some((_, reason)) => reason.to_owned(),
        None => text,
    }
}

fn string(value: &JsValue, name: &str) -> Option<String> {
    property(value, name)?.as_string()
}

fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &name.into()).ok()
}

/// The cause of an error for a redirect of which the runtime does not say where it leads, as browsers do not.
#[derive(Debug)]
pub(crate) struct HiddenRedirect;

impl fmt::Display for HiddenRedirect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the server redirects, and this runtime does not say where to")
    }
}

impl Error for HiddenRedirect {}
