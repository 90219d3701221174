//! What Polywrite's connections know about a request without a response.

use crate::error::{Error, ErrorKind};
use crate::http::cause::{find, is_timeout};
use crate::http::{BoxError, Sent};
use crate::transport::io::proxy_error::ProxyError;
use crate::transport::io::tcp::SpeaksTls;
use crate::transport::io::tls_error;
use crate::transport::pool::send_error::SendError;
use crate::transport::retry::failure::{Failure, Retry, When};

/// The failure of an attempt that could not connect, or whose connection broke before a response.
pub(super) fn send_error(error: SendError, server: &str) -> Failure {
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

/// The failure of an attempt over an HTTP client, if its cause is one of the pool, a proxy or TLS.
///
/// # Errors
/// The cause, if it is none of these.
pub(in crate::transport) fn known(
    cause: BoxError,
    sent: Sent,
    timed_out: bool,
    server: &str,
) -> Result<Failure, BoxError> {
    // Middleware around the pool.
    let cause = match cause.downcast::<SendError>() {
        Ok(error) => return Ok(send_error(*error, server)),
        Err(cause) => cause,
    };
    match sent {
        Sent::No if find::<rustls::Error>(&*cause).is_some() => Ok(not_connected(cause, timed_out, server)),
        Sent::Perhaps if find::<SpeaksTls>(&*cause).is_some() => {
            Ok(send_error(SendError::Broken(cause), server))
        }
        Sent::No | Sent::Perhaps => Err(cause),
    }
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
    let by_proxy = proxy.map(|proxy| format!("{server} by the proxy {}", proxy.address));
    Failure::not_connected(cause, timed_out, by_proxy.as_deref().unwrap_or(server))
}
