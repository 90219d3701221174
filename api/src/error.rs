//! Problems of a definition, with what would be right.

use std::fmt;

/// Result of reading a definition.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File and entry, such as `services/teams.toml: list.queries`.
    pub place: String,
    /// What is wrong there, and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

/// Everything that is wrong with a definition, found in one go.
#[derive(Debug, Clone)]
pub struct Error {
    /// The problems, in the order of the files.
    pub problems: Vec<Problem>,
}

impl Error {
    pub(crate) fn one(place: impl Into<String>, message: impl fmt::Display) -> Self {
        Self { problems: vec![Problem { place: place.into(), message: message.to_string() }] }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the definition has {} problem(s)", self.problems.len())?;
        self.problems.iter().try_for_each(|problem| write!(formatter, "\n  {problem}"))
    }
}

impl std::error::Error for Error {}
