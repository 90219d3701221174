//! The endpoint's resolver beside the crate `url`, which implements the WHATWG's URL standard, on random references.

use http::uri::PathAndQuery;
use url::Url;

use super::{Endpoint, Place};

const REFERENCES: u64 = 60_000;

const PARTS: [&str; 26] = [
    "https:",
    "http:",
    "HTTPS:",
    "mailto:",
    "//",
    "/",
    "a.test",
    "A.TEST",
    "b.test",
    ":443",
    ":444",
    ":80",
    ":",
    "@",
    "user",
    "?",
    "#",
    "..",
    ".",
    "%2e",
    "%2F",
    "\u{e9}",
    " ",
    "x",
    "[::1]",
    "127.0.0.1",
];

#[test]
fn references_lead_where_the_url_crate_says() {
    let endpoint = Endpoint::parse("https://a.test/v1").unwrap();
    let base: PathAndQuery = "/v1/notes?limit=1".parse().unwrap();
    let base_url = Url::parse("https://a.test/v1/notes?limit=1").unwrap();
    let (mut here, mut elsewhere) = (0, 0);
    for seed in 0..REFERENCES {
        let reference = reference(seed);
        let ours = endpoint.resolve(&base, &reference);
        let theirs = base_url.join(&reference).ok();
        let agrees = match (&ours, &theirs) {
            (Some(Place::Here(path)), Some(url)) => {
                here += 1;
                url.origin() == base_url.origin() && path_of(url) == path.as_str()
            }
            (Some(Place::Elsewhere(origin)), Some(url)) => {
                elsewhere += 1;
                url.origin() != base_url.origin() && url.origin().ascii_serialization() == *origin
            }
            (None, None) => true,
            (None, Some(url)) => is_refused_on_purpose(&reference, url),
            (Some(_), None) => false,
        };
        assert!(
            agrees || is_like_an_address(&ours),
            "{reference:?} leads to {ours:?}, and with the crate url to {:?}",
            theirs.map(String::from)
        );
    }
    assert!(
        here > 10_000 && elsewhere > 500,
        "{here} references lead to the endpoint's server, {elsewhere} elsewhere"
    );
}

/// What the resolver refuses although browsers would repair or follow it: a call fails then, and goes nowhere.
fn is_refused_on_purpose(reference: &str, url: &Url) -> bool {
    let reference = reference.trim().to_ascii_lowercase();
    let after_scheme = reference.strip_prefix("https:").or_else(|| reference.strip_prefix("http:"));
    let authority = |rest: &str| rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
    let is_odd = |authority: String| {
        let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
        !authority.is_ascii() || authority.contains(['%', ' ']) || user.contains(['[', '@'])
    };
    match after_scheme {
        // Without slashes, or with more than two.
        Some(rest) => match rest.strip_prefix("//") {
            None => true,
            Some(rest) => rest.starts_with('/') || is_odd(authority(rest)),
        },
        None => match reference.strip_prefix("//") {
            Some(rest) => rest.starts_with('/') || is_odd(authority(rest)),
            None => !matches!(url.scheme(), "http" | "https"),
        },
    }
}

/// A host that ends in a number must be an IPv4 address for `url`. Both lead away from the endpoint.
fn is_like_an_address(ours: &Option<Place>) -> bool {
    matches!(ours, Some(Place::Elsewhere(origin)) if origin.contains("127.0.0.1"))
}

fn path_of(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// One to six of PARTS, by a linear congruential generator, so that a failure can be repeated.
fn reference(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..=next(6)).map(|_| PARTS[next(PARTS.len())]).collect()
}
