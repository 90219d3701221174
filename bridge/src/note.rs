//! What a language hears of a command before its end.

use std::sync::Arc;

use serde::Serialize;

use crate::news::News;

/// What happens before the end of a command.
#[derive(Debug)]
pub enum Note {
    /// How far a transfer is, a status that is waited for, or the place behind a page, as JSON text.
    Progress(String),
    /// What was heard of the command.
    Heard {
        /// In the order in which it happened.
        news: News,
        /// Whether there is time until something else comes, such as the end of the command.
        may_wait: bool,
    },
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
