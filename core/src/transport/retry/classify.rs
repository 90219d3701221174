//! Why a request had no response, and whether another attempt may help.

use super::failure::{Failure, Retry, When};
use crate::error::{Error, ErrorKind};
use crate::transport::io::cause::{BoxError, find, innermost, is_timeout};
use crate::transport::io::proxy_error::ProxyError;
use crate::transport::io::tcp::SpeaksTls;
use crate::transport::io::tls_error;
use crate::transport::pool::send_error::SendError;

/// The failure of an attempt that could not connect, or whose connection broke before a response.
pub(in crate::transport) fn send_error(error: SendError, server: &str) -> Failure {
    match error {
        SendError::NotConnected(cause) => not_connected(cause, server),
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

fn not_connected(cause: BoxError, server: &str) -> Failure {
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
    let error = if is_timeout(&*cause) {
        Error::new(ErrorKind::Timeout, format!("connecting to {server} timed out"))
    } else {
        let reason = innermost(&*cause);
        Error::new(ErrorKind::Network, format!("cannot connect to {server}: {reason}"))
    };
    Failure { error: error.with_source(cause), retry: Retry::Always(When::Backoff) }
}
