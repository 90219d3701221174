//! What the server warns about.

use std::collections::HashSet;
use std::sync::Mutex;

use http::header::HeaderMap;

use crate::error::one_line;
use crate::settings::{Settings, Warnings};

/// How many different warnings a process remembers, and tells.
const REMEMBERED: usize = 256;

/// Tells each warning of a response to whom the client's settings name.
pub(super) fn report(settings: &Settings, headers: &HeaderMap) {
    for value in headers.get_all("x-appwrite-warning") {
        let text = one_line(String::from_utf8_lossy(value.as_bytes()).into_owned());
        for warning in text.split(';').map(str::trim).filter(|warning| !warning.is_empty()) {
            match &settings.warnings {
                Warnings::Told(hook) => hook(warning),
                Warnings::ToldOnce(hook) if is_new(warning) => hook(warning),
                Warnings::Logged if is_new(warning) => tracing::warn!("Appwrite: {warning}"),
                Warnings::ToldOnce(_) | Warnings::Logged => {}
            }
        }
    }
}

fn is_new(warning: &str) -> bool {
    static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    // Never waits: after a fork the lock may stay locked by a thread that is gone.
    let Ok(mut seen) = SEEN.try_lock() else { return false };
    let seen = seen.get_or_insert_default();
    seen.len() < REMEMBERED && seen.insert(warning.to_owned())
}
