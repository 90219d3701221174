//! A proxy that sends plain HTTP on, and what it answers itself.

use std::sync::Arc;

use http::StatusCode;
use http::header::{HeaderMap, HeaderValue, PROXY_AUTHENTICATE, SERVER};
use hyper_util::client::proxy::matcher::Intercept;

use super::by_proxy::{address, hint};
use crate::error::{Error, ErrorKind};

/// A proxy on the way of a plain-HTTP request. Each response that came by it is marked with it.
#[derive(Clone, Debug)]
pub(super) struct Forwarder {
    /// Its scheme, host and port.
    address: Arc<str>,
    pub(super) password: Option<HeaderValue>,
}

impl Forwarder {
    pub(super) fn of(proxy: &Intercept) -> Self {
        Self { address: address(proxy.uri()).into(), password: proxy.basic_auth().cloned() }
    }

    /// The error for a response that says no and is not a report of Appwrite's, when the proxy made it: by its status, by
    /// what only proxies send, or because proxies give such and nothing in it is Appwrite's; a gateway between the proxy
    /// and Appwrite answers alike. `None` when it is the server's.
    pub(super) fn refusal(&self, status: StatusCode, headers: &HeaderMap) -> Option<Error> {
        let is_marked = headers.contains_key(PROXY_AUTHENTICATE)
            || headers.contains_key("x-squid-error")
            // RFC 9209, section 2.3.1: without it, a proxy tells of somebody else's response.
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
        let message = format!("the proxy {address}{or_another} answered {status} in place of Appwrite");
        let error = Error::new(ErrorKind::Network, message);
        Some(hint(status, self.password.is_some()).into_iter().fold(error, Error::with_hint))
    }
}
