//! What a language hears of a command before its end.

use std::sync::Arc;

use serde::Serialize;

/// What happens before the end of a command.
#[derive(Debug)]
pub enum Note {
    /// How far a transfer is, a status that is waited for, or the place behind a page, as JSON text.
    Progress(String),
    /// The same for what may wait until something else is heard, such as the end of the command.
    Later(String),
    /// The next piece of a file is wanted.
    Wanted,
}

/// What takes the notes of a command.
pub type Notes = Arc<dyn Fn(Note) + Send + Sync>;

impl Note {
    pub(crate) fn progress(record: &impl Serialize) -> Self {
        Self::Progress(serde_json::to_string(record).unwrap_or_else(|_| "null".to_owned()))
    }
}
