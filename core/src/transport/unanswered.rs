use super::connector::BoxError;

/// The connection had answered calls before, so a new one will do better.
pub(super) const WORN: usize = 1000;
/// The server ends a connection that has answered none yet: others may have taken all that it allows.
pub(super) const CROWDED: usize = 100;

/// Why no answer came.
pub(super) enum Unanswered {
    /// There is no connection to the server.
    NotConnected(BoxError),
    /// The server surely did nothing about the request: nothing of it went out, or the server said so.
    Untouched {
        /// Why it did nothing.
        cause: BoxError,
        /// How often the request may go out again at once for reasons like this one.
        again: usize,
    },
    /// The server had sent more than it was asked for before anything of the request went out.
    OutOfStep(BoxError),
    /// The server has too much to do to look at the request at all.
    Refused(BoxError),
    /// The connection broke.
    Broken(BoxError),
}
