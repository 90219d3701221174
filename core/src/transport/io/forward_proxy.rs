//! A proxy that forwards plain HTTP, and the responses that it makes itself.

use std::sync::Arc;

use http::StatusCode;
use http::Uri;
use http::header::{HeaderMap, HeaderValue, PROXY_AUTHENTICATE, SERVER};
use hyper_util::client::proxy::matcher::Intercept;

use crate::error::{Error, ErrorKind};

/// A proxy that forwards plain-HTTP requests. Each response that came through it has it as an extension.
#[derive(Clone, Debug)]
pub(in crate::transport) struct ForwardProxy {
    /// Its scheme, host and port.
    address: Arc<str>,
    pub(in crate::transport) password: Option<HeaderValue>,
}

impl ForwardProxy {
    pub(in crate::transport) fn of(proxy: &Intercept) -> Self {
        Self { address: address(proxy.uri()).into(), password: proxy.basic_auth().cloned() }
    }

    /// The error for an error response without Appwrite's report, when the proxy made it: by its status, by headers that only
    /// proxies send, or because proxies send such statuses and no header is Appwrite's; a gateway between the proxy and
    /// Appwrite sends the same. `None` when the server made it.
    pub(in crate::transport) fn refusal(&self, status: StatusCode, headers: &HeaderMap) -> Option<Error> {
        let is_marked = headers.contains_key(PROXY_AUTHENTICATE)
            || headers.contains_key("x-squid-error")
            // RFC 9209, section 2.3.1: without it, a proxy reports on another's response.
            || headers.get("proxy-status").is_some_and(|text| text.as_bytes().windows(6).any(|part| part == b"error="));
        let is_of_appwrite = headers.get(SERVER).is_some_and(|server| server == "Appwrite")
            || headers.keys().any(|name| name.as_str().starts_with("x-appwrite-"));
        let or_another = match status.as_u16() {
            407 => "",
            _ if is_marked => "",
            403 | 502..=504 | 511 if !is_of_appwrite => " or a gateway behind it",
            _ => return None,
        };
        let address = &self.address;
        let message = format!("the proxy {address}{or_another} responded {status} in place of Appwrite");
        let error = Error::new(ErrorKind::Network, message);
        Some(hint(status, self.password.is_some()).into_iter().fold(error, Error::with_hint))
    }
}

/// The address of a proxy, without a user name and password.
pub(in crate::transport) fn address(proxy: &Uri) -> String {
    let authority = proxy.authority().map_or("", |authority| authority.as_str());
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{}://{host}", proxy.scheme_str().unwrap_or("http"))
}

/// What to do about a proxy's refusal.
pub(in crate::transport) fn hint(status: StatusCode, has_password: bool) -> Option<&'static str> {
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
