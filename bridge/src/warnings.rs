//! What servers warned of, until a language takes it.

use std::mem::take as taken;
use std::sync::Mutex;

use polywrite::PerProcess;

static WARNINGS: PerProcess<Mutex<Vec<String>>> = PerProcess::new();

/// Keeps a warning of a server until [`take`] takes it.
pub(crate) fn keep(warning: &str) {
    WARNINGS.lock().push(warning.to_owned());
}

/// Takes the warnings that were kept. A call's have been when it ends.
pub fn take() -> Vec<String> {
    taken(&mut *WARNINGS.lock())
}
