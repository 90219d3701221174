//! The one source of randomness: for IDs, for waits, for the boundaries of forms.

use std::hash::{BuildHasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// 64 random bits.
///
/// They come from the standard library's keys, which the operating system seeds. A forked child has its parent's keys,
/// so the process ID and the time are mixed in: children of one fork must neither make the same IDs nor draw the same waits.
pub(crate) fn bits() -> u64 {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
    mixed(&RandomState::new(), std::process::id(), nanos)
}

/// A number from 0 up to, but not including, 1.
pub(crate) fn fraction() -> f64 {
    // As many bits as a float holds exactly.
    (bits() >> 11) as f64 / (1_u64 << 53) as f64
}

fn mixed(keys: &RandomState, process: u32, nanos: u128) -> u64 {
    keys.hash_one((process, nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_of_one_fork_draw_different_numbers_from_the_same_keys() {
        let copied = RandomState::new();
        let drawn: std::collections::HashSet<u64> =
            (100..200).map(|process| mixed(&copied, process, 1)).collect();
        assert_eq!(drawn.len(), 100);
        assert_ne!(mixed(&copied, 100, 1), mixed(&copied, 100, 2), "a process ID may be used again");
    }

    #[test]
    fn fractions_stay_below_one_and_spread() {
        let drawn: Vec<f64> = (0..1000).map(|_| fraction()).collect();
        assert!(drawn.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        assert!(drawn.iter().any(|fraction| *fraction < 0.1) && drawn.iter().any(|fraction| *fraction > 0.9));
    }
}
