//! Durations for people.

use std::time::Duration;

/// A duration in seconds, to the millisecond: `0 s`, `1.5 s`, `90 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    if duration == Duration::MAX {
        return "for ever".into();
    }
    let thousandths = format!("{}.{:03}", duration.as_secs(), duration.subsec_millis());
    format!("{} s", thousandths.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_for_people() {
        for (millis, text) in
            [(0, "0 s"), (1, "0.001 s"), (1_500, "1.5 s"), (90_000, "90 s"), (100_010, "100.01 s")]
        {
            assert_eq!(seconds(Duration::from_millis(millis)), text);
        }
        assert_eq!(seconds(Duration::from_nanos(7)), "0 s");
        assert_eq!(seconds(Duration::MAX), "for ever");
    }
}
