//! Which proxy a connection goes through.

use http::uri::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use crate::secret::Secret;

/// The proxies of one pool.
#[derive(Debug)]
pub(super) struct Proxies(Matcher);

impl Proxies {
    /// The given proxy for everything; without one what the environment (`HTTPS_PROXY`, `NO_PROXY` …) or the
    /// system's settings say.
    pub(super) fn new(given: Option<&Secret>) -> Self {
        Self(match given {
            Some(proxy) => matcher(proxy.expose()),
            None if none_wanted() => Matcher::builder().build(),
            None => Matcher::from_system(),
        })
    }

    /// The proxy on the way to a server.
    pub(super) fn on_the_way_to(&self, server: &Uri) -> Option<Intercept> {
        self.0.intercept(server)
    }
}

/// Whether a setting names a proxy that can be used.
pub(crate) fn is_proxy(text: &str) -> bool {
    let Some(proxy) = matcher(text).intercept(&Uri::from_static("http://any")) else { return false };
    let uri = proxy.uri();
    uri.host().is_some_and(|host| !host.is_empty())
        && matches!(uri.scheme_str(), Some("http" | "https" | "socks5" | "socks5h"))
}

/// Whether the environment excepts every server. The matcher would take `*` for every name, but not for addresses.
fn none_wanted() -> bool {
    let excepted = ["NO_PROXY", "no_proxy"].into_iter().find_map(|name| std::env::var(name).ok());
    excepted.is_some_and(|servers| servers.split(',').any(|server| server.trim() == "*"))
}

fn matcher(proxy: &str) -> Matcher {
    let proxy = proxy.trim();
    // Without a scheme a slash at the end is not understood.
    let proxy = proxy.strip_suffix('/').filter(|rest| !rest.ends_with('/')).unwrap_or(proxy);
    Matcher::builder().all(proxy.to_owned()).build()
}
