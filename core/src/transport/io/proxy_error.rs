//! Why a proxy did not connect.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;
use hyper_util::client::proxy::matcher::Intercept;

use super::forward_proxy::{address, hint};
use super::tunnel::Refused;
use crate::error::{Error, ErrorKind};
use crate::http::BoxError;
use crate::http::cause::find;
use crate::transport::retry::failure::{Failure, Retry, When};

/// A proxy could not be used.
#[derive(Debug)]
pub(in crate::transport) struct ProxyError {
    /// Its scheme, host and port.
    pub(in crate::transport) address: String,
    has_password: bool,
    cause: BoxError,
}

impl ProxyError {
    pub(in crate::transport) fn new(proxy: &Intercept, cause: BoxError) -> Self {
        let has_password = proxy.basic_auth().is_some() || proxy.raw_auth().is_some();
        Self { address: address(proxy.uri()), has_password, cause }
    }

    /// The failure, when the proxy itself refused. `None` when connecting to the proxy failed.
    pub(in crate::transport) fn refusal(&self, server: &str) -> Option<Failure> {
        let (reason, hint, retry) = if let Some(Refused(status)) = find(&*self.cause) {
            (status.to_string(), self.hint(*status), retry(*status))
        } else {
            let (reason, hint, lasts) = self.socks_refusal(find(&*self.cause)?)?;
            (reason.to_owned(), hint, if lasts { Retry::Never } else { Retry::Always(When::Backoff) })
        };
        let message = format!("the proxy {} does not connect with {server}: {reason}", self.address);
        let error = Error::new(ErrorKind::Network, message);
        Some(Failure { error: hint.into_iter().fold(error, Error::with_hint), retry })
    }

    fn hint(&self, status: StatusCode) -> Option<&'static str> {
        hint(status, self.has_password)
    }

    /// A SOCKS proxy's reason, a hint, and whether the proxy would give that reason again.
    fn socks_refusal(
        &self,
        cause: &tokio_socks::Error,
    ) -> Option<(&'static str, Option<&'static str>, bool)> {
        use tokio_socks::Error as E;
        let password = self.hint(StatusCode::PROXY_AUTHENTICATION_REQUIRED);
        Some(match cause {
            E::Io(_) => return None,
            E::PasswordAuthFailure(_) => ("it does not accept the user name and password", password, true),
            E::NoAcceptableAuthMethods | E::UnknownAuthMethod if self.has_password => {
                ("it requires another authentication than a user name and password", None, true)
            }
            E::NoAcceptableAuthMethods | E::UnknownAuthMethod => {
                ("it requires a user name and password", password, true)
            }
            E::InvalidAuthValues(_) => {
                ("its user name and password must have 1 to 255 bytes each", None, true)
            }
            E::ConnectionNotAllowedByRuleset => {
                ("its rules forbid that server", self.hint(StatusCode::FORBIDDEN), true)
            }
            E::NetworkUnreachable => ("it cannot reach the server's network", None, false),
            E::HostUnreachable => ("it cannot reach the server", None, false),
            E::ConnectionRefused => ("the server refuses its connection", None, false),
            E::TtlExpired => ("its route to the server is too long", None, false),
            E::GeneralSocksServerFailure => ("it failed", None, false),
            E::InvalidTargetAddress(_) | E::AddressTypeNotSupported => {
                ("it does not understand the server's address", None, true)
            }
            _ => ("it does not speak SOCKS 5 as this client does", None, true),
        })
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the proxy {} cannot be used", self.address)
    }
}

impl StdError for ProxyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.cause)
    }
}

/// Whether a proxy that did not reach the server may reach it another time. A wrong password stays wrong, and repeating it
/// may lock an account.
fn retry(status: StatusCode) -> Retry {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Retry::Always(When::Backoff),
        _ if status.is_server_error() => Retry::Always(When::Backoff),
        _ => Retry::Never,
    }
}
