//! A request that every attempt can send.

use http::header::HeaderMap;
use http::uri::PathAndQuery;

use crate::error::Error;
use crate::http::{Body, SendProgress};
use crate::operation::{Method, Operation};
use crate::transport::retry::deadline::Deadline;

/// A request that can be sent any number of times.
#[derive(Clone)]
pub(crate) struct Request {
    /// The operation: errors name it, and it says which responses are right.
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    /// On the endpoint's server.
    pub(crate) path: PathAndQuery,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// The secrets among the arguments.
    pub(crate) secrets: Vec<String>,
    /// Whether sending it twice has the effect of sending it once.
    pub(crate) repeatable: bool,
    /// Whether redirects are followed; if not, a redirect is the response.
    pub(crate) follows: bool,
    /// The progress that the request shares with others that the server handles in turn; without one it has its own.
    pub(crate) progress: Option<SendProgress>,
    /// When the call must have ended.
    pub(crate) deadline: Deadline,
}

impl Request {
    /// An error without what is secret of this request, which a server or a library may have quoted.
    pub(crate) fn redacted(&self, error: Error) -> Error {
        let error = error.without_credentials(&self.headers);
        self.secrets.iter().fold(error, |error, secret| error.without(secret))
    }
}
