//! What a proxy says instead of connecting, in words.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;
use http::uri::Uri;
use hyper_util::client::proxy::matcher::Intercept;

use super::connector::BoxError;
use super::failure::{Failure, Retry, When, find};
use super::tunnel::Refused;
use crate::error::{Error, ErrorKind};

/// A proxy could not be used.
#[derive(Debug)]
pub(super) struct ByProxy {
    /// Its scheme, host and port.
    pub(super) address: String,
    has_password: bool,
    cause: BoxError,
}

impl ByProxy {
    pub(super) fn new(proxy: &Intercept, cause: BoxError) -> Self {
        let has_password = proxy.basic_auth().is_some() || proxy.raw_auth().is_some();
        Self { address: address(proxy.uri()), has_password, cause }
    }

    /// The failure, when the proxy itself said no. `None` when the way to it failed.
    pub(super) fn refusal(&self, server: &str) -> Option<Failure> {
        let (reason, hint, retry) = if let Some(Refused(status)) = find(&*self.cause) {
            (status.to_string(), self.hint(*status), retry(*status))
        } else {
            let (reason, hint, lasts) = self.said_in_socks(find(&*self.cause)?)?;
            (reason.to_owned(), hint, if lasts { Retry::Never } else { Retry::Always(When::Backoff) })
        };
        let message = format!("the proxy {} does not connect with {server}: {reason}", self.address);
        let error = Error::new(ErrorKind::Network, message);
        Some(Failure { error: hint.into_iter().fold(error, Error::with_hint), retry })
    }

    fn hint(&self, status: StatusCode) -> Option<&'static str> {
        hint(status, self.has_password)
    }

    /// A SOCKS proxy's reason, what to do about it, and whether it would say so again.
    fn said_in_socks(
        &self,
        cause: &tokio_socks::Error,
    ) -> Option<(&'static str, Option<&'static str>, bool)> {
        use tokio_socks::Error as E;
        let password = self.hint(StatusCode::PROXY_AUTHENTICATION_REQUIRED);
        Some(match cause {
            E::Io(_) => return None,
            E::PasswordAuthFailure(_) => ("it does not accept the user name and password", password, true),
            E::NoAcceptableAuthMethods | E::UnknownAuthMethod if self.has_password => {
                ("it wants another proof than a user name and password", None, true)
            }
            E::NoAcceptableAuthMethods | E::UnknownAuthMethod => {
                ("it wants a user name and password", password, true)
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
            E::TtlExpired => ("it has lost its way to the server", None, false),
            E::GeneralSocksServerFailure => ("it failed", None, false),
            E::InvalidTargetAddress(_) | E::AddressTypeNotSupported => {
                ("it does not understand the server's address", None, true)
            }
            _ => ("it does not speak SOCKS 5 as this client does", None, true),
        })
    }
}

impl fmt::Display for ByProxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the proxy {} cannot be used", self.address)
    }
}

impl StdError for ByProxy {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.cause)
    }
}

/// The address of a proxy, without a user name and password.
pub(super) fn address(proxy: &Uri) -> String {
    let authority = proxy.authority().map_or("", |authority| authority.as_str());
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{}://{host}", proxy.scheme_str().unwrap_or("http"))
}

/// What to do about a proxy's refusal.
pub(super) fn hint(status: StatusCode, has_password: bool) -> Option<&'static str> {
    match status {
        StatusCode::PROXY_AUTHENTICATION_REQUIRED if has_password => {
            Some("check the user name and password in the proxy's address")
        }
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => Some(
            "give the proxy's address with a user name and password, as in http://user:password@host:port",
        ),
        StatusCode::FORBIDDEN => {
            Some("the proxy must allow that server, or the server be excepted from it (`NO_PROXY`)")
        }
        _ => None,
    }
}

/// Whether a proxy that did not reach the server may do so another time. A wrong password stays wrong, and sent often
/// it may lock an account.
fn retry(status: StatusCode) -> Retry {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Retry::Always(When::Backoff),
        _ if status.is_server_error() => Retry::Always(When::Backoff),
        _ => Retry::Never,
    }
}
