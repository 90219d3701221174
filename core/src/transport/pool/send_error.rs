//! Why a connection returned no response.

use std::error::Error;
use std::fmt;

use crate::http::cause::is_timeout;
use crate::http::{BoxError, HttpError, Sent};

/// How often a request goes out again when a connection ends that had returned responses: a new one will do better.
pub(super) const RESENDS_ON_PROVEN: usize = 1000;
/// How often a request goes out again when the server ends a connection that has returned no response yet: other requests
/// may have used up all that the server allows on one connection.
pub(super) const RESENDS_ON_NEW: usize = 100;

/// Why there is no response.
#[derive(Debug)]
pub(in crate::transport) enum SendError {
    /// There is no connection to the server.
    NotConnected(BoxError),
    /// The server surely did not process the request: nothing of it went out, or the server said so.
    NotProcessed {
        /// Why not.
        cause: BoxError,
        /// How often the request may go out again at once for causes like this one.
        resends: usize,
    },
    /// The server had sent bytes that no request asked for, before anything of this request went out.
    OutOfSync(BoxError),
    /// The server has too much to do to look at the request at all.
    Refused(BoxError),
    /// The connection broke.
    Broken(BoxError),
}

impl SendError {
    fn cause(&self) -> &(dyn Error + Send + Sync + 'static) {
        match self {
            SendError::NotConnected(cause)
            | SendError::NotProcessed { cause, .. }
            | SendError::OutOfSync(cause)
            | SendError::Refused(cause)
            | SendError::Broken(cause) => &**cause,
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.cause(), formatter)
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.cause())
    }
}

/// For middleware around the pool. The core finds the error within, so that nothing of it is lost.
impl From<SendError> for HttpError {
    fn from(error: SendError) -> Self {
        let sent = match error {
            SendError::Broken(_) => Sent::Perhaps,
            _ => Sent::No,
        };
        Self { sent, timed_out: is_timeout(error.cause()), source: error.into() }
    }
}
