//! When two dates are the same moment.

/// The milliseconds since 1970 of a date as Appwrite writes them, `2026-01-31T12:00:00.000+00:00`, or with less: without
/// fractions, with `Z`, without a time. `None` for another text.
pub(crate) fn moment(text: &str) -> Option<i64> {
    let (day, rest) = text.split_at_checked(10)?;
    let mut parts = day.split('-');
    let (year, month, day) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days = days(year, month, day);
    let Some(time) = rest.strip_prefix(['T', 't', ' ']) else {
        return rest.is_empty().then(|| days * 86_400_000);
    };
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut parts = time.split(':');
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let second = parts.next().map_or(Some(0), number)?;
    let milliseconds = number(format!("{fraction:0<3}").get(..3)?)?;
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset(zone)?;
    Some(seconds * 1_000 + milliseconds)
}

/// A time zone's seconds: `Z`, `+02:00`.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.bytes().next() {
        None | Some(b'Z' | b'z') => return Some(0),
        Some(b'-') => -1,
        _ => 1,
    };
    let (hours, minutes) = zone[1..].split_once(':')?;
    Some(sign * (number(hours)? * 3_600 + number(minutes)? * 60))
}

/// Only digits, for `i64` takes a sign as well, and as few as any part of a date has.
fn number(text: &str) -> Option<i64> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Days since 1970 in the Gregorian calendar, whose years begin in March here, so that the leap day is the last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + in_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn the_same_moment_is_written_in_many_ways() {
        for text in [
            "2000-02-29T12:00:00.000+00:00",
            "2000-02-29T12:00:00Z",
            "2000-02-29 12:00:00.0",
            "2000-02-29T14:00:00+02:00",
        ] {
            assert_eq!(moment(text), Some(951_825_600_000), "{text}");
        }
        assert_eq!(moment("1970-01-01"), Some(0));
        assert_eq!(moment("1969-12-31T23:59:59.5"), Some(-500));
        for text in [
            "",
            "2000",
            "2000-13-01",
            "soon, soon",
            "2000-01-01Tnoon",
            "2000-01-01T12:00+2",
            "2000-01-01T99999999999999:00",
            "2000-01-01T12:00:00.ééé",
            "2000-01-01T12:00é",
            "éééééééééé",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
