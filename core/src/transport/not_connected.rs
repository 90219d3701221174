//! Why there is no connection to a server.

use super::by_proxy::ByProxy;
use super::connector::BoxError;
use super::failure::{Failure, Retry, When, find, innermost, took_too_long};
use super::handshake;
use crate::error::{Error, ErrorKind};

/// The failure of a call that found no connection.
pub(super) fn failure(cause: BoxError, server: &str) -> Failure {
    let proxy = find::<ByProxy>(&*cause);
    if let Some(Failure { error, retry }) = proxy.and_then(|proxy| proxy.refusal(server)) {
        return Failure { error: error.with_source(cause), retry };
    }
    if let Some(tls) = find::<rustls::Error>(&*cause) {
        // TLS with the server behind a proxy is none of the proxy's business.
        let other_side =
            proxy.map_or_else(|| server.to_owned(), |proxy| format!("the proxy {}", proxy.address));
        let problem = handshake::problem(&other_side, tls);
        let error = Error::new(ErrorKind::Network, problem.sentence);
        let error = problem.hint.into_iter().fold(error, Error::with_hint).with_source(cause);
        return Failure {
            error,
            retry: if problem.lasts { Retry::Never } else { Retry::Always(When::Backoff) },
        };
    }
    let server = match proxy {
        Some(proxy) => &format!("{server} by the proxy {}", proxy.address),
        None => server,
    };
    let error = if took_too_long(&*cause) {
        Error::new(ErrorKind::Timeout, format!("no connection to {server} in time"))
    } else {
        let reason = innermost(&*cause);
        Error::new(ErrorKind::Network, format!("cannot connect to {server}: {reason}"))
    };
    Failure { error: error.with_source(cause), retry: Retry::Always(When::Backoff) }
}
