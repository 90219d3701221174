//! Error responses: from status and body to an `Error` and a retry decision.

use std::time::{Duration, UNIX_EPOCH};

use http::StatusCode;
use http::header::{HeaderMap, RETRY_AFTER};
use serde::Deserialize;

use super::html;
use super::request::Request;
use super::unread_response::UnreadResponse;
use crate::error::{BODY_LIMIT, Error, ErrorKind};
use crate::operation::{Availability, Operation};
use crate::settings::Settings;
use crate::transport::network::ForwardProxy;
use crate::transport::retry::backoff::retry_after;
use crate::transport::retry::failure::{Failure, Retry, When};

/// How many characters of a body that is not an error report become the message.
const MESSAGE_LIMIT: usize = 200;

const KEY: &str = "x-appwrite-key";

/// Scopes that a key cannot have: visitors have the first, signed-in users the second.
const KEYLESS_SCOPES: [&str; 2] = ["public", "account"];

/// What the server reports about an error.
#[derive(Deserialize)]
struct Report {
    message: String,
    #[serde(default, rename = "type")]
    error_type: Option<String>,
}

/// Reads an error response.
pub(in crate::transport) async fn read(
    settings: &Settings,
    request: &Request,
    mut response: UnreadResponse,
    proxy: Option<ForwardProxy>,
) -> Failure {
    let body = response.beginning(BODY_LIMIT).await;
    let text = String::from_utf8_lossy(&body).into_owned();
    let report = serde_json::from_str::<Report>(&text).ok();
    let by_proxy =
        proxy.filter(|_| report.is_none() || response.status == StatusCode::PROXY_AUTHENTICATION_REQUIRED);
    if let Some(error) = by_proxy.and_then(|proxy| proxy.refusal(response.status, &response.headers)) {
        let retry = retry(settings, response.status, &response.headers);
        return Failure { error: error.with_body(text), retry };
    }
    let (message, error_type) = match report {
        Some(report) => (report.message, report.error_type.filter(|name| !name.is_empty())),
        None => (without_report(response.status, &text), None),
    };
    let kind = kind(request, response.status, error_type.as_deref());
    let mut error = Error::new(kind, message).with_status(response.status.as_u16()).with_body(text);
    let wants_tls = response.status == StatusCode::BAD_REQUEST
        && error_type.is_none()
        && !settings.endpoint.is_secure()
        && error.body().is_some_and(|text| text.contains("HTTPS"));
    if wants_tls {
        error = error.with_hint("the server expects TLS there: its address begins with https://");
    } else if let Some(hint) = hint(settings, request, kind, error_type.as_deref()) {
        error = error.with_hint(hint);
    }
    // What is disabled stays disabled for longer than a call would wait.
    let is_disabled = error_type.as_deref().is_some_and(|name| name.ends_with("_disabled"));
    let retry = if is_disabled { Retry::Never } else { retry(settings, response.status, &response.headers) };
    if let Some(error_type) = error_type {
        error = error.with_type(error_type);
    }
    Failure { error, retry }
}

/// A message for a body that is not an error report: plain text as it is, of a page its status and first paragraph.
fn without_report(status: StatusCode, text: &str) -> String {
    let reason = status.canonical_reason().unwrap_or("no success");
    let text = text.trim();
    let short = |text: &str| text.chars().take(MESSAGE_LIMIT).collect::<String>();
    if !text.is_empty() && !text.starts_with(['<', '{']) {
        return short(text);
    }
    let responded = format!("the server responded {} {reason}", status.as_u16());
    match html::reason(text) {
        Some(reason) => format!("{responded}: {}", short(&reason)),
        None => responded,
    }
}

fn kind(request: &Request, status: StatusCode, error_type: Option<&str>) -> ErrorKind {
    match (status.as_u16(), error_type.unwrap_or_default()) {
        // Where type and status disagree, the type is right.
        (401, "user_session_already_exists") => ErrorKind::Conflict,
        (403, "storage_invalid_file") => ErrorKind::Argument,
        (403, name) if name.ends_with("_disabled") || name.ends_with("_restricted") => ErrorKind::Api,
        // The same type for all callers; only a key has scopes that its owner can change.
        (401 | 403, "general_unauthorized_scope") if carries(request, &[KEY]) => {
            match request.operation.scopes {
                [scope] if KEYLESS_SCOPES.contains(scope) => ErrorKind::Unauthorized,
                _ => ErrorKind::MissingScope,
            }
        }
        (401 | 403, _) => ErrorKind::Unauthorized,
        (404, _) => ErrorKind::NotFound,
        (409, _) => ErrorKind::Conflict,
        (429, _) => ErrorKind::RateLimited,
        (400 | 413 | 414 | 416 | 422, _) => ErrorKind::Argument,
        _ => ErrorKind::Api,
    }
}

fn hint(settings: &Settings, request: &Request, kind: ErrorKind, error_type: Option<&str>) -> Option<String> {
    let hint = match (kind, error_type) {
        (ErrorKind::MissingScope, _) => match request.operation.scopes {
            [] => "the API key lacks a scope for this call".into(),
            [scope] => format!("the API key needs the scope {scope}"),
            scopes => format!("the API key needs one of the scopes {}", scopes.join(", ")),
        },
        (_, Some("project_not_found" | "project_id_missing")) => match settings.values.project() {
            Some(project) => format!("the client's project is `{project}`"),
            None => "set the client's project".into(),
        },
        (ErrorKind::Unauthorized, Some("general_unauthorized_scope")) => {
            if carries(request, &[KEY]) {
                match request.operation.scopes {
                    ["account"] => "no API key can make this call: use a client with a user's session",
                    _ => "no API key can make this call: use a client without one",
                }
                .into()
            } else if carries(request, &["x-appwrite-session", "cookie"]) {
                "the session is wrong, expired or not allowed to do this".into()
            } else if carries(request, &["x-appwrite-jwt", "authorization"]) {
                "the user may not do this".into()
            } else {
                "the client has no credentials".into()
            }
        }
        (ErrorKind::Unauthorized, Some("user_unauthorized")) if carries(request, &[KEY]) => {
            let project = settings.values.project().unwrap_or_default();
            format!(
                "is the API key one of the project `{project}` at {}? The server gives this error for keys that it does not know",
                settings.endpoint.as_str()
            )
        }
        (_, Some("transaction_expired")) => {
            "it has expired: begin a new transaction and stage its operations again".into()
        }
        (_, Some("key_creation_denied")) => {
            "on this server people make keys, in the console; a key can make one that ends by itself, with \
             project.createEphemeralKey"
                .into()
        }
        (_, Some("dev_key_gone")) => "Appwrite 2 has no development keys: set none".into(),
        (ErrorKind::NotFound, None | Some("general_route_not_found")) => {
            no_route(settings, request.operation)
        }
        _ => return None,
    };
    Some(hint)
}

/// What it means that the server does not know a route: it lacks the call, or the endpoint is wrong.
fn no_route(settings: &Settings, operation: &Operation) -> String {
    let lacks = |available: &&Availability| {
        let always = if settings.self_hosted { available.self_hosted } else { available.cloud };
        !always
    };
    match operation.available.filter(lacks) {
        Some(available) => format!("this server does not have the call: {}", available.words),
        None => format!(
            "no such route: does the endpoint {} have its version at the end, such as /v1?",
            settings.endpoint.as_str()
        ),
    }
}

/// Whether the request has any of these headers, from the client or from the call.
fn carries(request: &Request, names: &[&str]) -> bool {
    names.iter().any(|name| request.headers.contains_key(*name))
}

fn retry(settings: &Settings, status: StatusCode, headers: &HeaderMap) -> Retry {
    let now = settings.clock.0.now();
    let asked = headers.get(RETRY_AFTER).and_then(|value| retry_after(value.to_str().ok()?, now));
    match (status.as_u16(), asked) {
        (429 | 503, Some(wait)) => Retry::Always(When::After(wait)),
        (429, None) => Retry::IfRepeatable(until_reset(headers, now).map_or(When::Backoff, When::After)),
        (502..=504, Some(wait)) => Retry::IfRepeatable(When::After(wait)),
        (502..=504, None) => Retry::IfRepeatable(When::Backoff),
        _ => Retry::Never,
    }
}

/// How long until the rate limit's window ends.
fn until_reset(headers: &HeaderMap, now: std::time::SystemTime) -> Option<Duration> {
    let reset: u64 = headers.get("x-ratelimit-reset")?.to_str().ok()?.trim().parse().ok()?;
    let reset = UNIX_EPOCH.checked_add(Duration::from_secs(reset))?;
    Some(reset.duration_since(now).unwrap_or_default())
}
