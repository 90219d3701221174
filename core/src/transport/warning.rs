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
    static TOLD: Mutex<Option<Told>> = Mutex::new(None);
    // Never waits: after a fork the lock may stay locked by a thread that is gone.
    TOLD.try_lock().is_ok_and(|mut told| told.get_or_insert_default().is_new(warning))
}

/// What was told already.
#[derive(Default)]
struct Told(HashSet<String>);

impl Told {
    fn is_new(&mut self, warning: &str) -> bool {
        self.0.len() < REMEMBERED && self.0.insert(warning.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, Told};

    #[test]
    fn each_warning_is_new_once_and_memory_is_bounded() {
        let mut told = Told::default();
        let new = (0..3 * REMEMBERED).filter(|index| told.is_new(&format!("number {}", index / 2))).count();
        assert_eq!((new, told.0.len()), (REMEMBERED, REMEMBERED));
        assert!(!told.is_new("number 0"));
    }
}
