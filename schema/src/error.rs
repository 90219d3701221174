//! What can go wrong.

use std::fmt;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a schema cannot be read or pushed.
#[derive(Debug)]
pub enum Error {
    /// A call failed.
    Call(Box<polywrite::Error>),
    /// Something says what cannot be: where it stands, and what is wrong there.
    Invalid {
        /// Where: `main.films.year`, or the name of a file.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// A file cannot be read or written.
    File {
        /// Which one.
        path: std::path::PathBuf,
        /// Why not.
        cause: std::io::Error,
    },
}

impl Error {
    /// Something at a place says what cannot be.
    pub fn invalid(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { place: place.into(), message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Invalid { place, message } => write!(f, "{place}: {message}"),
            Self::File { path, cause } => write!(f, "{}: {cause}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            Self::Invalid { .. } => None,
            Self::File { cause, .. } => Some(cause),
        }
    }
}

impl From<polywrite::Error> for Error {
    fn from(error: polywrite::Error) -> Self {
        Self::Call(Box::new(error))
    }
}
