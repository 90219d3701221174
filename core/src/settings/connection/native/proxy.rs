//! The setting `proxy`: the address of a proxy.

use http::uri::Uri;
use hyper_util::client::proxy::matcher::Matcher;

/// Whether a setting names a proxy that can be used.
pub(super) fn is_proxy(text: &str) -> bool {
    let Some(proxy) = matcher(text).intercept(&Uri::from_static("http://any")) else { return false };
    let uri = proxy.uri();
    uri.host().is_some_and(|host| !host.is_empty())
        && matches!(uri.scheme_str(), Some("http" | "https" | "socks5" | "socks5h"))
}

/// Finds the proxy that a setting names, for every server.
pub(crate) fn matcher(proxy: &str) -> Matcher {
    Matcher::builder().all(tidy(proxy)).build()
}

/// A proxy's address as the matcher understands it: without a scheme it takes no slash at the end.
pub(crate) fn tidy(proxy: &str) -> String {
    let proxy = proxy.trim();
    proxy.strip_suffix('/').filter(|rest| !rest.ends_with('/')).unwrap_or(proxy).to_owned()
}
