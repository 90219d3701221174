//! Dates as the server writes them, by the clock of the project that a request is for.

use std::cell::Cell;

use serde_json::{Value, json};
use time::{
    Duration, OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339, macros::format_description,
};

thread_local! {
    /// The clock that counts while a request is answered.
    static CLOCK: Cell<Clock> = const { Cell::new(Clock::Ahead(Duration::ZERO)) };
}

/// What a clock shows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Clock {
    /// It goes, so far ahead of the system's (negative: behind it).
    Ahead(Duration),
    /// It stands at a moment.
    Stopped(OffsetDateTime),
}

impl Default for Clock {
    fn default() -> Self {
        Self::Ahead(Duration::ZERO)
    }
}

impl Clock {
    /// A clock that stands at a moment; none at one that is too far away.
    pub(crate) fn standing_at(moment: OffsetDateTime) -> Option<Self> {
        ((moment - OffsetDateTime::now_utc()).abs() <= FURTHEST).then_some(Self::Stopped(moment))
    }

    /// What is to be kept of it: seconds and nanoseconds.
    pub(crate) fn kept(self) -> Value {
        match self {
            Self::Ahead(by) => json!({"ahead": [by.whole_seconds(), by.subsec_nanoseconds()]}),
            Self::Stopped(at) => json!({"at": [at.unix_timestamp(), at.nanosecond()]}),
        }
    }

    /// The clock that was kept.
    pub(crate) fn of(kept: &Value) -> Option<Self> {
        let time = |value: &Value| {
            Some(Duration::seconds(value[0].as_i64()?) + Duration::nanoseconds(value[1].as_i64()?))
        };
        let ahead = time(&kept["ahead"]).map(Self::Ahead);
        ahead.or_else(|| Some(Self::Stopped(OffsetDateTime::UNIX_EPOCH.checked_add(time(&kept["at"])?)?)))
    }

    /// The clock moved by some time (negative: back), as far as it goes.
    pub(crate) fn moved(self, by: Duration) -> Self {
        match self {
            Self::Ahead(ahead) => Self::Ahead(ahead.saturating_add(by).clamp(-FURTHEST, FURTHEST)),
            Self::Stopped(at) => at.checked_add(by).and_then(Self::standing_at).unwrap_or(self),
        }
    }
}

/// The furthest that a clock can be ahead or behind: dates keep their written form.
const FURTHEST: Duration = Duration::days(365 * 1000);

/// Does something by a clock.
pub(crate) fn by<T>(clock: Clock, work: impl FnOnce() -> T) -> T {
    struct Back(Clock);
    impl Drop for Back {
        fn drop(&mut self) {
            CLOCK.set(self.0);
        }
    }
    let _back = Back(CLOCK.replace(clock));
    work()
}

/// The moment it is.
pub(crate) fn moment() -> OffsetDateTime {
    match CLOCK.get() {
        Clock::Ahead(ahead) => OffsetDateTime::now_utc() + ahead,
        Clock::Stopped(at) => at,
    }
}

/// The system's milliseconds since 1970, for what takes its time whatever a project's clock shows.
pub(crate) fn system_milliseconds() -> i64 {
    i64::try_from(OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000_000).unwrap_or_default()
}

/// Now, as the server writes it in resources: `2026-11-21T04:21:29.274+00:00`.
pub(crate) fn now() -> String {
    write(moment())
}

/// A moment some seconds from now (negative: ago).
pub(crate) fn in_seconds(seconds: i64) -> String {
    write(moment() + Duration::seconds(seconds))
}

/// Now and a moment some seconds later, as the server writes them in what it does not store:
/// `2026-11-21 04:21:26.381` and `2026-11-21T04:31:26.381089Z`.
pub(crate) fn unstored(seconds: i64) -> (String, String) {
    let now = moment();
    let local = format_description!("[year]-[month]-[day] [hour]:[minute]:[second].[subsecond digits:3]");
    let zulu = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
    let later = now + Duration::seconds(seconds);
    (now.format(local).unwrap_or_default(), later.format(zulu).unwrap_or_default())
}

/// Seconds since 1970.
pub(crate) fn epoch() -> i64 {
    moment().unix_timestamp()
}

/// A moment in the server's format, milliseconds and UTC.
pub(crate) fn write(moment: OffsetDateTime) -> String {
    let layout =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]+00:00");
    moment.to_offset(UtcOffset::UTC).format(layout).unwrap_or_default()
}

/// A cookie's expiry date: `Sun, 21-Nov-2027 04:23:05 GMT`.
pub(crate) fn cookie(moment: OffsetDateTime) -> String {
    let layout = format_description!(
        "[weekday repr:short], [day]-[month repr:short]-[year] [hour]:[minute]:[second] GMT"
    );
    moment.to_offset(UtcOffset::UTC).format(layout).unwrap_or_default()
}

/// Reads a date the way the server does: RFC 3339, a bare date or date and time (then UTC), or a few English words.
pub(crate) fn read(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim();
    let midnight = moment().replace_time(time::Time::MIDNIGHT);
    match text {
        "now" => return Some(moment()),
        "today" => return Some(midnight),
        "yesterday" => return Some(midnight - Duration::DAY),
        "tomorrow" => return Some(midnight + Duration::DAY),
        _ => {}
    }
    let bytes = text.as_bytes();
    if bytes.len() < 10 || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut full = text.replacen(' ', "T", 1);
    if full.len() == 10 {
        full.push_str("T00:00:00");
    }
    let clock = full.get(11..)?;
    if !clock.contains(['Z', 'z', '+', '-']) {
        full.push('Z');
    }
    // A moment near the end of time may lie beyond it elsewhere.
    let moment = OffsetDateTime::parse(&full, &Rfc3339).ok()?.checked_to_offset(UtcOffset::UTC)?;
    has_written_form(moment).then_some(moment)
}

/// Some days from a moment (negative: before it); none when that is no date the server could write.
pub(crate) fn add_days(moment: OffsetDateTime, days: i64) -> Option<OffsetDateTime> {
    let moment = moment.checked_add(Duration::seconds(days.checked_mul(86_400)?))?;
    has_written_form(moment).then_some(moment)
}

fn has_written_form(moment: OffsetDateTime) -> bool {
    (0..=9999).contains(&moment.year())
}

/// Whether a stored date lies in the past; an empty or unreadable date never does.
pub(crate) fn is_past(text: &str) -> bool {
    read(text).is_some_and(|date| date < moment())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_stands_moves_on_request_only() {
        let start = Clock::standing_at(read("2026-01-01").unwrap()).unwrap();
        let shown = |clock| by(clock, || (now(), now()));
        let (first, second) = shown(start.moved(Duration::seconds(90)));
        assert_eq!((first.as_str(), &first), ("2026-01-01T00:01:30.000+00:00", &second));
        for end in [Duration::MAX, Duration::MIN] {
            assert_eq!(shown(start.moved(end)).0, "2026-01-01T00:00:00.000+00:00");
        }
    }

    #[test]
    fn time_has_ends() {
        assert!(read("9999-12-31T23:59:59Z").is_some());
        assert!(read("9999-12-31T23:59:59-05:00").is_none());
        assert!(read("0000-01-01T00:00:00+05:00").is_none());
        let moment = read("2024-02-28").unwrap();
        assert_eq!(add_days(moment, 2).map(write).unwrap(), "2024-03-01T00:00:00.000+00:00");
        for days in [10_000_000, i64::MAX, i64::MIN] {
            assert!(add_days(moment, days).is_none());
        }
    }
}
