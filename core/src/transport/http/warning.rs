//! Warnings of the server.

use std::collections::HashSet;
use std::sync::Mutex;

use http::header::HeaderMap;

use crate::error::one_line;
use crate::settings::{Settings, Warnings};

/// How many different warnings a process remembers and reports.
const REMEMBERED: usize = 256;

/// Reports each warning of a response as the client's settings say.
pub(in crate::transport) fn report(settings: &Settings, headers: &HeaderMap) {
    for value in headers.get_all("x-appwrite-warning") {
        let text = one_line(String::from_utf8_lossy(value.as_bytes()).into_owned());
        for warning in text.split(';').map(str::trim).filter(|warning| !warning.is_empty()) {
            match &settings.warnings {
                Warnings::Every(hook) => hook(warning),
                Warnings::Once(hook) if is_new(warning) => hook(warning),
                Warnings::Logged if is_new(warning) => tracing::warn!("Appwrite: {warning}"),
                Warnings::Once(_) | Warnings::Logged => {}
            }
        }
    }
}

fn is_new(warning: &str) -> bool {
    static REPORTED: Mutex<Option<Reported>> = Mutex::new(None);
    // Never waits: after a fork the lock may stay locked by a thread that is gone.
    REPORTED.try_lock().is_ok_and(|mut reported| reported.get_or_insert_default().is_new(warning))
}

/// What was reported already.
#[derive(Default)]
struct Reported(HashSet<String>);

impl Reported {
    fn is_new(&mut self, warning: &str) -> bool {
        self.0.len() < REMEMBERED && self.0.insert(warning.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, Reported};

    #[test]
    fn each_warning_is_new_once_and_memory_is_bounded() {
        let mut reported = Reported::default();
        let new =
            (0..3 * REMEMBERED).filter(|index| reported.is_new(&format!("number {}", index / 2))).count();
        assert_eq!((new, reported.0.len()), (REMEMBERED, REMEMBERED));
        assert!(!reported.is_new("number 0"));
    }
}
