//! What a program can learn of a response beside its content: how the server responded, and how the call went.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::StatusCode;
use http::header::HeaderMap;
use serde::Serialize;

use crate::error::Attempt;
use crate::host::Instant;

/// A server's limit for calls of one kind, as a response says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many calls the server takes in one period.
    pub limit: u64,
    /// How many of them are left.
    pub remaining: u64,
    /// When the period ends.
    pub reset: SystemTime,
}

/// The response of a call beside its content, and how the call went.
///
/// Of an upload in chunks it is the response that describes the finished file, with the failed attempts of all chunks.
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseInfo {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) began: Instant,
    pub(crate) duration: Duration,
}

impl ResponseInfo {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The value of a header, in any case; `None` when absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Every header that is text, names in lower case. A session's cookie may be among them.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// The rate limit; `None` for calls that the server does not limit.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        let number = |name| self.header(name)?.trim().parse::<u64>().ok();
        let reset = UNIX_EPOCH.checked_add(Duration::from_secs(number("x-ratelimit-reset")?))?;
        let (limit, remaining) = (number("x-ratelimit-limit")?, number("x-ratelimit-remaining")?);
        Some(RateLimit { limit, remaining, reset })
    }

    /// The attempts that failed before this response came, with the waits after them; none when the first one succeeded.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// How long the call took, with all its attempts and waits; until the response began, where its body is read later.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The server's version, where the server says it. Appwrite does so only to clients that ask for a newer format of
    /// responses than its own, in its warning.
    pub fn server_version(&self) -> Option<&str> {
        let (_, rest) = self.header("x-appwrite-warning")?.split_once("server version is ")?;
        let version = rest.split([' ', ';', ',']).next()?.trim_end_matches('.');
        version.starts_with(|letter: char| letter.is_ascii_digit()).then_some(version)
    }

    /// Everything as one serializable record, for languages on the other side of an FFI. It has all headers: only programs
    /// that ask for them get it.
    pub fn record(&self) -> impl Serialize {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Record<'info> {
            status: u16,
            headers: Vec<(&'info str, &'info str)>,
            rate_limit: Option<Limit>,
            attempts: &'info [Attempt],
            duration: f64,
            server_version: Option<&'info str>,
        }
        #[derive(Serialize)]
        struct Limit {
            limit: u64,
            remaining: u64,
            reset: u64,
        }
        Record {
            status: self.status(),
            headers: self.headers().collect(),
            rate_limit: self.rate_limit().map(|RateLimit { limit, remaining, reset }| {
                let reset = reset.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
                Limit { limit, remaining, reset }
            }),
            attempts: &self.attempts,
            duration: milliseconds(self.duration),
            server_version: self.server_version(),
        }
    }
}

/// Milliseconds with three decimals.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1_000_000.0).round() / 1_000.0
}

/// Names the headers: their values may be a session's cookie.
impl fmt::Debug for ResponseInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.keys().map(|name| name.as_str()).collect();
        formatter
            .debug_struct("ResponseInfo")
            .field("status", &self.status())
            .field("headers", &names)
            .field("rate_limit", &self.rate_limit())
            .field("attempts", &self.attempts)
            .field("duration", &self.duration)
            .finish()
    }
}

/// What a call returned, with the response that it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WithResponse<T> {
    /// What the call alone would return.
    pub data: T,
    /// The response.
    pub response: ResponseInfo,
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant, UNIX_EPOCH};

    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::ResponseInfo;

    fn info(headers: &[(&'static str, &'static str)]) -> ResponseInfo {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        let (began, duration) = (Instant::now(), Duration::from_micros(1_500));
        ResponseInfo { status: StatusCode::OK, headers: map, attempts: Vec::new(), began, duration }
    }

    #[test]
    fn the_rate_limit_is_that_of_the_three_headers() {
        let limited = info(&[
            ("x-ratelimit-limit", "10"),
            ("x-ratelimit-remaining", "9"),
            ("x-ratelimit-reset", "1795831200"),
        ]);
        let limit = limited.rate_limit().unwrap();
        assert_eq!((limit.limit, limit.remaining), (10, 9));
        assert_eq!(limit.reset, UNIX_EPOCH + Duration::from_secs(1_795_831_200));
        assert_eq!(info(&[("x-ratelimit-limit", "10")]).rate_limit(), None);
        let record = serde_json::to_value(limited.record()).unwrap();
        assert_eq!(record["rateLimit"]["reset"], 1_795_831_200);
        assert_eq!((&record["duration"], &record["status"]), (&1.5.into(), &200.into()));
    }

    #[test]
    fn the_servers_version_stands_in_its_warning() {
        let warning = "The current SDK is built for Appwrite 9.9.9. However, the current Appwrite server version is 1.9.6. \
                       Please downgrade your SDK to match the Appwrite version";
        assert_eq!(info(&[("x-appwrite-warning", warning)]).server_version(), Some("1.9.6"));
        assert_eq!(info(&[("x-appwrite-warning", "the server version is old")]).server_version(), None);
        assert_eq!(info(&[]).server_version(), None);
    }

    #[test]
    fn printing_it_shows_no_value_of_a_header() {
        let shown = format!("{:?}", info(&[("set-cookie", "a_session_p=s3cret")]));
        assert!(shown.contains("set-cookie") && !shown.contains("s3cret"), "{shown}");
    }
}
