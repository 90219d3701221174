//! Why an emulator fails.

/// Why an emulator fails, mostly at its start: what it tried, and what came in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    attempt: String,
    cause: String,
}

impl Error {
    pub(crate) fn new(attempt: &str, cause: impl std::fmt::Display) -> Self {
        Self { attempt: attempt.to_owned(), cause: cause.to_string() }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the emulator could not {}: {}", self.attempt, self.cause)
    }
}

impl std::error::Error for Error {}
