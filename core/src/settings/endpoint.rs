//! The endpoint: the URL of the API, and where references on its server lead.

#[cfg(test)]
mod against_url;

use std::fmt;

use bytes::Bytes;
use http::uri::{Authority, PathAndQuery, Scheme, Uri};

use super::reference::{Address, normal_path, without_fragment};
use crate::error::{Error, Result};

/// The URL of the API: checked once, and without a slash at its end.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    text: String,
    scheme: Scheme,
    authority: Authority,
}

/// Where a reference leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// To the endpoint's server.
    Here(PathAndQuery),
    /// To another server: its scheme, host and port.
    Elsewhere(String),
}

impl Endpoint {
    /// Checks an endpoint's URL.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let refused = |reason: &str, hint: &str| {
            Err(Error::configuration(format!("the endpoint {reason}")).with_hint(hint.to_owned()))
        };
        let example = "it should look like https://appwrite.example.com/v1";
        let text = text.trim();
        let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
        if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return refused("must begin with http:// or https://", example);
        }
        if text.contains(['?', '#']) {
            return refused("must not contain `?` or `#`", example);
        }
        // RFC 9844 removed the zones that RFC 6874 had added to URLs.
        if text.split('/').nth(2).is_some_and(|host| host.starts_with('[') && host.contains('%')) {
            return refused(
                "has an IPv6 zone, which URLs cannot carry",
                "use a host name or an address without a zone",
            );
        }
        let Some(Address { scheme, authority, rest }) = Address::parse(text) else {
            let host = text.split('/').nth(2).unwrap_or_default();
            return match host.is_ascii() {
                true => refused("is not a valid URL", example),
                false => refused("has a non-ASCII host name", "write it in Punycode, as in xn--…"),
            };
        };
        if authority.as_str().contains('@') {
            return refused("must not contain a user name or password", example);
        }
        let mut text = format!("{scheme}://{authority}{}", normal_path(rest));
        text.truncate(text.trim_end_matches('/').len());
        Ok(Self { text, scheme, authority })
    }

    /// A path and query, which must begin with this endpoint's own [`path`](Self::path).
    ///
    /// # Errors
    /// `Argument` when they cannot be part of a URL.
    pub(crate) fn with_path(&self, path: String) -> Result<PathAndQuery> {
        PathAndQuery::from_maybe_shared(Bytes::from(path))
            .map_err(|cause| Error::argument(format!("the call's URL is not valid: {cause}")))
    }

    /// The whole URL of a path on this server.
    pub(crate) fn uri(&self, path: PathAndQuery) -> Uri {
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path);
        // All three parts are there, so it cannot fail.
        Uri::from_parts(parts).unwrap_or_default()
    }

    /// The server's host, with its port where the URL names one.
    pub(crate) fn host(&self) -> &str {
        self.authority.as_str()
    }

    /// Whether the scheme is https.
    pub(crate) fn is_secure(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// The URL of the server itself.
    pub(crate) fn server(&self) -> Uri {
        self.uri(PathAndQuery::from_static("/"))
    }

    /// Where a reference leads, whole or relative to a path of this server. `None` when it is not valid.
    // RFC 3986, section 5.2.
    pub(crate) fn resolve(&self, base: &PathAndQuery, reference: &str) -> Option<Place> {
        let reference = without_fragment(reference.trim());
        let address = if let Some(rest) = reference.strip_prefix("//") {
            Some(Address::of(self.scheme.clone(), rest)?)
        } else if has_scheme(reference) {
            Some(Address::parse(reference)?)
        } else {
            None
        };
        let path = match &address {
            Some(Address { scheme, authority, rest }) => {
                let host = authority.as_str().rsplit_once('@').map_or(authority.as_str(), |(_, host)| host);
                if *scheme != self.scheme || *host != self.authority {
                    return Some(Place::Elsewhere(format!("{scheme}://{host}")));
                }
                normal_path(rest)
            }
            None if reference.is_empty() => base.as_str().to_owned(),
            None if reference.starts_with('/') => normal_path(reference),
            None if reference.starts_with('?') => normal_path(&format!("{}{reference}", base.path())),
            None => {
                let folder = &base.path()[..=base.path().rfind('/')?];
                normal_path(&format!("{folder}{reference}"))
            }
        };
        path.parse().ok().map(Place::Here)
    }

    /// The path, without a slash at its end.
    pub(crate) fn path(&self) -> &str {
        &self.text[self.origin().len()..]
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        let length = self.scheme.as_str().len() + "://".len() + self.authority.as_str().len();
        &self.text[..length]
    }

    /// The URL, without a slash at its end.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is Appwrite's own cloud, in any region.
    pub(crate) fn is_cloud(&self) -> bool {
        let host = self.authority.host();
        host == "appwrite.io" || host.ends_with(".appwrite.io")
    }
}

/// Whether a reference begins with a scheme.
// RFC 3986, section 3.1.
fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"+-.".contains(&letter))
    })
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_on_the_endpoints_host() {
        for (endpoint, whole) in [
            ("http://a.test", "http://a.test/users/a%2Fb?limit=1"),
            ("HTTPS://A.test:444/v1//", "https://a.test:444/v1/users/a%2Fb?limit=1"),
            ("http://a.test//v1", "http://a.test//v1/users/a%2Fb?limit=1"),
            ("http://[::1]:80/x/v1/", "http://[::1]/x/v1/users/a%2Fb?limit=1"),
            ("https://a.test:443/zo\u{eb} x", "https://a.test/zo%C3%AB%20x/users/a%2Fb?limit=1"),
        ] {
            let endpoint = Endpoint::parse(endpoint).unwrap();
            let path = format!("{}/users/a%2Fb?limit=1", endpoint.path());
            assert_eq!(endpoint.uri(endpoint.with_path(path).unwrap()), whole);
        }
    }

    #[test]
    fn references_are_resolved() {
        let endpoint = Endpoint::parse("https://a.test/v1").unwrap();
        let base: PathAndQuery = "/v1/notes?limit=1".parse().unwrap();
        for (reference, path) in [
            ("/v1/moved?a=1#b", "/v1/moved?a=1"),
            ("again", "/v1/again"),
            ("../up", "/up"),
            ("?a=2", "/v1/notes?a=2"),
            ("", "/v1/notes?limit=1"),
            ("#top", "/v1/notes?limit=1"),
            ("https://A.test:443", "/"),
            ("//a.test/x", "/x"),
            ("https://someone@a.test/x", "/x"),
            ("/\\b.test/x", "/%5Cb.test/x"),
            ("x?at=12:30", "/v1/x?at=12:30"),
            ("a_b:c", "/v1/a_b:c"),
        ] {
            assert_eq!(
                endpoint.resolve(&base, reference),
                Some(Place::Here(path.parse().unwrap())),
                "{reference}"
            );
        }
        for (reference, origin) in [
            ("http://a.test/v1", "http://a.test"),
            ("https://a.test:444/v1", "https://a.test:444"),
            ("//B.test", "https://b.test"),
            ("https://a.test@b.test/", "https://b.test"),
            ("https://b.test\\@a.test/", "https://b.test"),
        ] {
            assert_eq!(
                endpoint.resolve(&base, reference),
                Some(Place::Elsewhere(origin.into())),
                "{reference}"
            );
        }
        for reference in ["mailto:a@b.test", "javascript:alert(1)", "https:v1", "https://"] {
            assert_eq!(endpoint.resolve(&base, reference), None, "{reference}");
        }
    }

    #[test]
    fn non_ascii_hosts_must_be_in_punycode() {
        let error = Endpoint::parse("https://b\u{fc}cher.example/v1").unwrap_err();
        assert!(error.hint().unwrap().contains("xn--"), "{error}");
        assert!(Endpoint::parse("https://xn--bcher-kva.example/v1").is_ok());
    }
}
