//! Which proxy a connection uses.

use http::uri::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use super::no_proxy::NoProxy;
use crate::secret::Secret;
use crate::settings::proxy::{matcher, tidy};

/// The proxies of one pool.
#[derive(Debug)]
pub(in crate::transport) struct Proxies {
    matcher: Matcher,
    no_proxy: NoProxy,
}

impl Proxies {
    /// The given proxy for everything; without one what the environment (`HTTPS_PROXY`, `NO_PROXY` …) or the
    /// system's settings say.
    pub(in crate::transport) fn new(given: Option<&Secret>) -> Self {
        match given {
            Some(proxy) => Self { matcher: matcher(proxy.expose()), no_proxy: NoProxy::default() },
            None => Self::from_variables(|name| std::env::var(name).ok()),
        }
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        // The first of both spellings that says something, the small one first, as curl, undici and requests read them.
        let first = |name: &str| {
            let spellings = [name.to_owned(), name.to_ascii_uppercase()];
            spellings.iter().find_map(|name| variable(name).filter(|value| !value.trim().is_empty()))
        };
        // To a CGI program `HTTP_PROXY` is what the visitor wrote in a header named `Proxy`.
        let http = match variable("REQUEST_METHOD") {
            Some(_) => variable("http_proxy"),
            None => first("http_proxy"),
        };
        let (https, all) = (first("https_proxy"), first("all_proxy"));
        let matcher = match (http, https, all) {
            (None, None, None) => Matcher::from_system(),
            (http, https, all) => Matcher::builder()
                .http(tidy(&http.unwrap_or_default()))
                .https(tidy(&https.unwrap_or_default()))
                .all(tidy(&all.unwrap_or_default()))
                .build(),
        };
        Self { matcher, no_proxy: NoProxy::parse(&first("no_proxy").unwrap_or_default()) }
    }

    /// The proxy for a server.
    pub(super) fn for_server(&self, server: &Uri) -> Option<Intercept> {
        self.matcher.intercept(server).filter(|_| !self.no_proxy.contains(server))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(variables: &[(&str, &str)], server: &'static str) -> Option<String> {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let proxy = Proxies::from_variables(variable).for_server(&Uri::from_static(server))?;
        Some(proxy.uri().authority()?.to_string())
    }

    #[test]
    fn both_spellings_of_each_variable_count_and_the_small_one_first() {
        for (variables, server, expected) in [
            (&[("http_proxy", "small:1"), ("HTTP_PROXY", "large:1")][..], "http://a.test", Some("small:1")),
            (&[("HTTP_PROXY", "large:1")], "http://a.test", Some("large:1")),
            (&[("http_proxy", ""), ("HTTP_PROXY", "large:1")], "http://a.test", Some("large:1")),
            (&[("http_proxy", "http:1")], "https://a.test", None),
            (&[("HTTPS_PROXY", "http://https:1/")], "https://a.test", Some("https:1")),
            (&[("all_proxy", "all:1")], "https://a.test", Some("all:1")),
            (&[("ALL_PROXY", "all:1"), ("https_proxy", "https:1")], "https://a.test", Some("https:1")),
            (&[("all_proxy", "all:1"), ("no_proxy", "a.test")], "https://a.test", None),
            (&[("all_proxy", "all:1"), ("NO_PROXY", "a.test")], "https://a.test", None),
            (&[("all_proxy", "all:1"), ("NO_PROXY", ""), ("no_proxy", "a.test")], "https://a.test", None),
            (&[("all_proxy", "all:1"), ("no_proxy", ""), ("NO_PROXY", "a.test")], "https://a.test", None),
            (
                &[("all_proxy", "all:1"), ("no_proxy", "b.test"), ("NO_PROXY", "a.test")],
                "https://a.test",
                Some("all:1"),
            ),
        ] {
            assert_eq!(proxy(variables, server).as_deref(), expected, "{variables:?} for {server}");
        }
    }

    #[test]
    fn a_visitor_of_a_cgi_program_sets_no_proxy() {
        let visited = ("REQUEST_METHOD", "GET");
        assert_eq!(proxy(&[visited, ("HTTP_PROXY", "evil:1"), ("all_proxy", "")], "http://a.test"), None);
        let own = proxy(&[visited, ("HTTP_PROXY", "evil:1"), ("http_proxy", "own:1")], "http://a.test");
        assert_eq!(own.as_deref(), Some("own:1"));
    }
}
