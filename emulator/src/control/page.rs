//! The page that shows what the emulator has and does. It stands in the program, and needs nothing else.

use axum::{
    body::Body,
    http::{self, HeaderValue, header},
};

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Its files: path, content type, content.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("page/index.html")),
    ("/_emulator/page/page.css", CSS, include_str!("page/page.css")),
    ("/_emulator/page/api.js", SCRIPT, include_str!("page/api.js")),
    ("/_emulator/page/dom.js", SCRIPT, include_str!("page/dom.js")),
    ("/_emulator/page/events.js", SCRIPT, include_str!("page/events.js")),
    ("/_emulator/page/files.js", SCRIPT, include_str!("page/files.js")),
    ("/_emulator/page/keys.js", SCRIPT, include_str!("page/keys.js")),
    ("/_emulator/page/live.js", SCRIPT, include_str!("page/live.js")),
    ("/_emulator/page/mails.js", SCRIPT, include_str!("page/mails.js")),
    ("/_emulator/page/main.js", SCRIPT, include_str!("page/main.js")),
    ("/_emulator/page/requests.js", SCRIPT, include_str!("page/requests.js")),
    ("/_emulator/page/rows.js", SCRIPT, include_str!("page/rows.js")),
    ("/_emulator/page/teams.js", SCRIPT, include_str!("page/teams.js")),
    ("/_emulator/page/users.js", SCRIPT, include_str!("page/users.js")),
    ("/_emulator/page/webhooks.js", SCRIPT, include_str!("page/webhooks.js")),
];

/// Whether the page is at a path, or a part of it.
pub(super) fn has(path: &str) -> bool {
    FILES.iter().any(|(at, ..)| *at == path)
}

/// The file at a path. It loads nothing from elsewhere, and no other page may frame it.
pub(super) fn get(path: &str) -> Option<http::Response<Body>> {
    let (_, kind, content) = FILES.iter().find(|(at, ..)| *at == path)?;
    let mut response = http::Response::new(Body::from(*content));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'self'; img-src 'self' blob: data:; frame-ancestors 'none'"),
    );
    Some(response)
}
