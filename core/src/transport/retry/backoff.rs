//! How long to wait where the server says it.

use std::time::{Duration, SystemTime};

use crate::random;
use crate::settings::RetryPolicy;

/// What the server asked for, and a little more at random, because it asked others for the same.
pub(in crate::transport) fn after(policy: &RetryPolicy, wait: Duration) -> Duration {
    wait.saturating_add(policy.base_delay.mul_f64(random::fraction()))
}

/// The wait that a Retry-After header asks for: seconds or a date.
// RFC 9110, section 10.2.3.
pub(in crate::transport) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|letter| letter.is_ascii_digit()) {
        // A number that does not fit waits for ever.
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    Some(httpdate::parse_http_date(value).ok()?.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn seconds_and_dates_are_read() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777 - 90);
        assert_eq!(retry_after("5", now), Some(Duration::from_secs(5)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(Duration::from_secs(90)));
        // The two forms that RFC 9110, section 5.6.7, asks recipients to read too.
        assert_eq!(retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now), Some(Duration::from_secs(90)));
        assert_eq!(retry_after("Sun Nov  6 08:49:37 1994", now), Some(Duration::from_secs(90)));
        assert_eq!(retry_after("Thu, 01 Jan 1970 00:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(
            retry_after("Thu, 29 Feb 2024 12:00:00 GMT", UNIX_EPOCH).map(|wait| wait.as_secs()),
            Some(1_709_208_000)
        );
        assert_eq!(retry_after("99999999999999999999999", now), Some(Duration::MAX));
        for value in ["soon", "", "-5", "+5", "1.5", "0x10"] {
            assert_eq!(retry_after(value, now), None, "{value}");
        }
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 CET", now), None);
    }

    #[test]
    fn a_wait_for_ever_stays_one() {
        assert_eq!(after(&RetryPolicy::default(), Duration::MAX), Duration::MAX);
    }
}
