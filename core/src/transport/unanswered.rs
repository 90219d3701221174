use http::Request;
use hyper::client::conn::TrySendError;

use super::connector::BoxError;
use super::outgoing::Outgoing;

/// Why no answer came.
pub(super) enum Unanswered {
    /// There is no connection to the server.
    NotConnected(BoxError),
    /// The connection was over before anything of the request went out. Here it is again.
    Unsent(Box<Request<Outgoing>>, hyper::Error),
    /// The connection broke.
    Broken(hyper::Error),
}

impl From<TrySendError<Request<Outgoing>>> for Unanswered {
    fn from(mut error: TrySendError<Request<Outgoing>>) -> Self {
        match error.take_message() {
            Some(request) => Unanswered::Unsent(Box::new(request), error.into_error()),
            None => Unanswered::Broken(error.into_error()),
        }
    }
}
