//! How long to wait between attempts.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::settings::RetryPolicy;

/// A wait between nothing and the doubled-up limit, so that clients that failed together do not return together.
pub(crate) fn backoff(policy: &RetryPolicy, attempt: u32) -> Duration {
    let limit = policy.base_delay.saturating_mul(1 << attempt.min(20)).min(policy.max_delay);
    limit.mul_f64(random())
}

/// What the server asked for, and a little more at random, because it asked others for the same.
pub(super) fn after(policy: &RetryPolicy, wait: Duration) -> Duration {
    wait.saturating_add(policy.base_delay.mul_f64(random()))
}

/// A number from 0 to 1.
fn random() -> f64 {
    RandomState::new().build_hasher().finish() as f64 / u64::MAX as f64
}

/// The wait that a Retry-After header asks for: seconds or a date.
// RFC 9110, section 10.2.3.
pub(super) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|letter| letter.is_ascii_digit()) {
        // More than fits is for ever.
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    Some(date(value)?.duration_since(now).unwrap_or_default())
}

/// A date such as `Sun, 06 Nov 1994 08:49:37 GMT`.
// RFC 9110, section 5.6.7; the two obsolete forms are not read.
fn date(value: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = value.split_once(", ")?.1.split([' ', ':']);
    let mut word = || words.next();
    let day: u64 = word()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = word()?;
    let month = MONTHS.iter().position(|name| *name == month)? as u64 + 1;
    let year: u64 = word()?.parse().ok().filter(|year| (1970..=9999).contains(year))?;
    let hours: u64 = word()?.parse().ok().filter(|hours| *hours < 24)?;
    let minutes: u64 = word()?.parse().ok().filter(|minutes| *minutes < 60)?;
    let seconds: u64 = word()?.parse().ok().filter(|seconds| *seconds <= 60)?;
    if word() != Some("GMT") {
        return None;
    }
    let seconds = ((days_since_1970(year, month, day) * 24 + hours) * 60 + minutes) * 60 + seconds;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Counts days in a calendar whose years begin in March, so that leap days come last.
fn days_since_1970(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777 - 90);
        assert_eq!(retry_after("5", now), Some(Duration::from_secs(5)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(Duration::from_secs(90)));
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

    #[test]
    fn backoff_stays_below_its_limits() {
        let policy = RetryPolicy::default();
        for attempt in 0..40 {
            let limit = policy.base_delay * 2u32.saturating_pow(attempt).min(1000);
            assert!(backoff(&policy, attempt) <= limit.min(policy.max_delay));
        }
    }
}
