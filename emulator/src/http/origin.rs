//! Browsers: which origins may call, and with which headers.

use crate::{
    failure::Failure,
    state::{CONSOLE, State},
};

/// The headers every response to a browser carries.
const ALLOWANCES: [(&str, &str); 5] = [
    ("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE"),
    (
        "access-control-allow-headers",
        "Accept, Origin, Cookie, Set-Cookie, Content-Type, Content-Range, X-Appwrite-Project, X-Appwrite-Key, \
         X-Appwrite-Dev-Key, X-Appwrite-Locale, X-Appwrite-Mode, X-Appwrite-JWT, X-Appwrite-Organization, \
         X-Appwrite-Response-Format, X-Appwrite-Timeout, X-Appwrite-ID, X-Appwrite-Timestamp, \
         X-Appwrite-Session, X-Appwrite-Platform, X-Appwrite-Impersonate-User-Id, \
         X-Appwrite-Impersonate-User-Email, X-Appwrite-Impersonate-User-Phone, X-SDK-Version, X-SDK-Name, \
         X-SDK-Language, X-SDK-Platform, X-SDK-GraphQL, X-SDK-Profile, Range, Cache-Control, Expires, Pragma, \
         X-Fallback-Cookies, X-Requested-With, X-Forwarded-For, X-Forwarded-User-Agent",
    ),
    ("access-control-expose-headers", "X-Appwrite-Session, X-Fallback-Cookies"),
    ("access-control-allow-credentials", "true"),
    ("access-control-max-age", "86400"),
];

/// The CORS headers for a request; the origin itself only when it is known.
pub(crate) fn headers(
    state: &State,
    project: &str,
    origin: &str,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut headers: Vec<_> = ALLOWANCES.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    // A preflight names no project: it is the call itself that is refused.
    if project == CONSOLE || is_known_host(state, project, host(origin))? {
        headers.push(("access-control-allow-origin", origin.to_owned()));
    }
    Ok(headers)
}

/// Refuses an origin that is no platform of the project (403).
pub(crate) fn require_known(state: &State, project: &str, origin: &str) -> Result<(), Failure> {
    if is_known_host(state, project, host(origin))? {
        return Ok(());
    }
    Err(Failure::new(403, "general_unknown_origin", format!("Invalid Origin. {}", advice(host(origin)))))
}

/// Refuses a redirect parameter whose host is no platform of the project (400).
pub(crate) fn require_redirect(state: &State, project: &str, name: &str, url: &str) -> Result<(), Failure> {
    if !url.contains("://") || host(url).is_empty() {
        return Err(Failure::argument(name, "Invalid URI."));
    }
    if is_known_host(state, project, host(url))? {
        return Ok(());
    }
    Err(Failure::argument(name, format!("Invalid URI. {}", advice(host(url)))))
}

fn advice(host: &str) -> String {
    format!("Register your new client ({host}) as a new Web platform on your project console dashboard")
}

/// The host of a URL, without its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

fn is_known_host(state: &State, project: &str, host: &str) -> Result<bool, Failure> {
    if matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
        return Ok(true);
    }
    let platforms = state.store.all(&format!("{project}/resources/project/platforms"))?;
    let fits = |pattern: &str| match pattern.strip_prefix('*') {
        Some(suffix) => host.ends_with(suffix),
        None => pattern == host,
    };
    Ok(platforms.iter().filter_map(|platform| platform["hostname"].as_str()).any(fits))
}

#[cfg(test)]
mod tests {
    #[test]
    fn hosts() {
        assert_eq!(super::host("https://app.example.com:8080/a?b"), "app.example.com");
        assert_eq!(super::host("https://evil.example.net"), "evil.example.net");
    }
}
