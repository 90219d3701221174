//! The headers of requests and responses as the log shows them.

use http::header::HeaderMap;

/// The headers whose values the log shows. Every other one may have a credential: those of the client, those that a program
/// adds, cookies.
const SHOWN: [&str; 23] = [
    "accept",
    "accept-encoding",
    "accept-ranges",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-range",
    "content-type",
    "date",
    "expires",
    "range",
    "retry-after",
    "server",
    "vary",
    "x-appwrite-project",
    "x-appwrite-response-format",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-sdk-language",
    "x-sdk-platform",
    "x-sdk-version",
];

/// Names and values, separated by `; `, with `[redacted]` for what may be secret.
pub(crate) fn headers(headers: &HeaderMap) -> String {
    let shown = headers.iter().map(|(name, value)| {
        let is_shown = SHOWN.contains(&name.as_str()) && !value.is_sensitive();
        let value = value.to_str().ok().filter(|_| is_shown).unwrap_or("[redacted]");
        format!("{name}: {value}")
    });
    shown.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::headers;

    #[test]
    fn values_that_may_be_secret_are_not_shown() {
        let mut map = HeaderMap::new();
        for (name, value) in [("content-type", "text/html"), ("set-cookie", "s3cret"), ("x-own", "s3cret")] {
            map.insert(name, value.parse().unwrap());
        }
        assert_eq!(headers(&map), "content-type: text/html; set-cookie: [redacted]; x-own: [redacted]");
    }
}
