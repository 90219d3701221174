//! What can go wrong.

use std::{fmt, path::Path};

use polywrite::{Error as CallError, ErrorKind, one_line};

use crate::plan::Target;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a schema cannot be read or pushed.
#[derive(Debug)]
pub enum Error {
    /// A call failed.
    Call(Box<CallError>),
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
    /// A push would lose what these hold, and its options do not allow it. Nothing was done.
    Destroys(Vec<Target>),
    /// A step of a push failed. What came before it is done; another push goes on from there.
    Step {
        /// What it was about.
        target: Target,
        /// Why.
        cause: Box<CallError>,
    },
    /// These still differ after several rounds: something else changes the same schema, or the server keeps them otherwise.
    Unsettled(Vec<Target>),
}

impl Error {
    /// Something at a place says what cannot be.
    pub fn invalid(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { place: place.into(), message: message.into() }
    }

    /// Where it stands, seen from outside: the file, if it is about what one says.
    pub(crate) fn within(self, path: &Path) -> Self {
        match self {
            Self::Invalid { place, message } => {
                Self::Invalid { place: format!("{}: {place}", path.display()), message }
            }
            other => other,
        }
    }

    /// The error as programs have it that know those of calls only. A call's own stays what it is; its hint says what it was
    /// about.
    #[must_use]
    pub fn into_call_error(self) -> CallError {
        let message = self.to_string();
        match self {
            Self::Call(cause) => *cause,
            Self::Step { target, cause } if cause.hint().is_none() => {
                cause.with_hint(format!("this is about the {} `{target}`", target.noun()))
            }
            Self::Step { cause, .. } => *cause,
            Self::Invalid { .. } => CallError::argument(message),
            Self::Destroys(_) => CallError::argument(message)
                .with_hint("allow it with `allowDestroy` or `allow_destroy` if that is what you want"),
            Self::Unsettled(_) => CallError::new(ErrorKind::Conflict, message),
            Self::File { cause, .. } => CallError::new(ErrorKind::Io, message).with_source(cause),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Invalid { place, message } => f.write_str(&one_line(format!("{place}: {message}"))),
            Self::File { path, cause } => write!(f, "{}: {cause}", path.display()),
            Self::Destroys(targets) => {
                write!(f, "this would lose what these hold: {}", Names(targets))
            }
            Self::Step { target, cause } => write!(f, "{} {target}: {cause}", target.noun()),
            Self::Unsettled(targets) => {
                write!(
                    f,
                    "these still differ, because something else changes them, or the server keeps them in its own way: {}",
                    Names(targets)
                )
            }
        }
    }
}

/// What things are, one after the other.
struct Names<'a>(&'a [Target]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, target) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{} {target}", target.noun())?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            Self::Step { cause, .. } => Some(cause),
            Self::Invalid { .. } | Self::Destroys(_) | Self::Unsettled(_) => None,
            Self::File { cause, .. } => Some(cause),
        }
    }
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        Self::Call(Box::new(error))
    }
}
