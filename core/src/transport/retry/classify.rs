//! Why a request had no response, and whether another attempt may help.

use super::failure::{Failure, Retry, When};
use crate::error::{Error, ErrorKind};
use crate::http::{HttpError, Redirected, Sent};
use crate::transport::io::cause::{BoxError, find, innermost, is_timeout};
use crate::transport::io::proxy_error::ProxyError;
use crate::transport::io::tcp::SpeaksTls;
use crate::transport::io::tls_error;
use crate::transport::pool::send_error::SendError;

/// What to do about an HTTP client that follows redirects.
const REDIRECTED: &str = "the request's credentials may have gone there; build the client so that it follows no redirects, \
                          as `Reqwest::build` does: Polywrite follows those within the endpoint's origin";

/// The failure of an attempt that could not connect, or whose connection broke before a response.
pub(in crate::transport) fn send_error(error: SendError, server: &str) -> Failure {
    match error {
        SendError::NotConnected(cause) => {
            let timed_out = is_timeout(&*cause);
            not_connected(cause, timed_out, server)
        }
        SendError::Broken(cause) if find::<SpeaksTls>(&*cause).is_some() => {
            let error = Error::new(ErrorKind::Network, format!("{server} speaks TLS, not plain HTTP"));
            Failure::last(error.with_hint("its address begins with https://").with_source(cause))
        }
        SendError::NotProcessed { cause, .. } | SendError::OutOfSync(cause) | SendError::Refused(cause) => {
            Failure::broken(cause, Retry::Always(When::AtOnce))
        }
        SendError::Broken(cause) => Failure::broken(cause, Retry::IfRepeatable(When::AtOnce)),
    }
}

/// The failure of an attempt over a client that the program brought.
pub(in crate::transport) fn http_error(error: HttpError, server: &str) -> Failure {
    let HttpError { sent, timed_out, source } = error;
    let cause = match source.downcast::<SendError>() {
        // Middleware around the pool.
        Ok(error) => return send_error(*error, server),
        Err(cause) => cause,
    };
    if let Some(Redirected { to }) = find::<Redirected>(&*cause) {
        let error =
            Error::new(ErrorKind::Api, format!("the HTTP client followed a redirect to {to} by itself"));
        return Failure::last(error.with_hint(REDIRECTED).with_source(cause));
    }
    match sent {
        Sent::No if is_of_the_network(&*cause) || timed_out => not_connected(cause, timed_out, server),
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
        Sent::Perhaps => send_error(SendError::Broken(cause), server),
    }
}

/// Whether opening a connection failed, and not the client itself.
fn is_of_the_network(cause: &(dyn std::error::Error + 'static)) -> bool {
    find::<std::io::Error>(cause).is_some() || find::<rustls::Error>(cause).is_some()
}

fn not_connected(cause: BoxError, timed_out: bool, server: &str) -> Failure {
    let proxy = find::<ProxyError>(&*cause);
    if let Some(Failure { error, retry }) = proxy.and_then(|proxy| proxy.refusal(server)) {
        return Failure { error: error.with_source(cause), retry };
    }
    if let Some(tls) = find::<rustls::Error>(&*cause) {
        // TLS with the server behind a proxy does not concern the proxy.
        let other_side =
            proxy.map_or_else(|| server.to_owned(), |proxy| format!("the proxy {}", proxy.address));
        let problem = tls_error::problem(&other_side, tls);
        let error = Error::new(ErrorKind::Network, problem.sentence);
        let error = problem.hint.into_iter().fold(error, Error::with_hint).with_source(cause);
        let retry = if problem.lasts { Retry::Never } else { Retry::Always(When::Backoff) };
        return Failure { error, retry };
    }
    let server = match proxy {
        Some(proxy) => &format!("{server} by the proxy {}", proxy.address),
        None => server,
    };
    let error = if timed_out {
        Error::new(ErrorKind::Timeout, format!("connecting to {server} timed out"))
    } else {
        let reason = innermost(&*cause);
        Error::new(ErrorKind::Network, format!("cannot connect to {server}: {reason}"))
    };
    Failure { error: error.with_source(cause), retry: Retry::Always(When::Backoff) }
}
