//! Why an HTTP client had no response, and whether another attempt may help.

use std::io;

use super::failure::{Failure, Retry, When};
use crate::error::{Error, ErrorKind};
use crate::http::cause::{find, innermost};
use crate::http::{HttpError, Redirected, Sent};
use crate::transport::network;

/// What to do about an HTTP client that follows redirects.
const REDIRECTED: &str = "the request's credentials may have gone there; build the client so that it follows no redirects, \
                          as `Reqwest::build` does: Polywrite follows those within the endpoint's origin";

/// The failure of an attempt over an HTTP client.
pub(in crate::transport) fn http_error(error: HttpError, server: &str) -> Failure {
    let HttpError { sent, timed_out, source } = error;
    let cause = match network::known(source, sent, timed_out, server) {
        Ok(failure) => return failure,
        Err(cause) => cause,
    };
    if let Some(Redirected { to }) = find::<Redirected>(&*cause) {
        let error =
            Error::new(ErrorKind::Api, format!("the HTTP client followed a redirect to {to} by itself"));
        return Failure::last(error.with_hint(REDIRECTED).with_source(cause));
    }
    match sent {
        // Opening a connection failed, and not the client itself.
        Sent::No if timed_out || find::<io::Error>(&*cause).is_some() => {
            Failure::not_connected(cause, timed_out, server)
        }
        Sent::No => {
            let message = format!("the HTTP client did not send the request: {}", innermost(&*cause));
            let error = Error::new(ErrorKind::Network, message).with_source(cause);
            Failure { error, retry: Retry::Always(When::Backoff) }
        }
        Sent::Perhaps if timed_out => {
            let error = Error::new(ErrorKind::Timeout, "a time limit of the HTTP client has passed")
                .with_hint("the server may have received the request; the time limits of Polywrite do without that one")
                .with_source(cause);
            Failure { error, retry: Retry::IfRepeatable(When::Backoff) }
        }
        Sent::Perhaps => Failure::broken(cause, Retry::IfRepeatable(When::AtOnce)),
    }
}
