//! The one source of randomness: for IDs, for waits, for the boundaries of forms.

use crate::host;

/// 64 random bits.
pub(crate) fn bits() -> u64 {
    host::random()
}

/// A number from 0 up to, but not including, 1.
pub(crate) fn fraction() -> f64 {
    // As many bits as a float holds exactly.
    (bits() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_stay_below_one_and_spread() {
        let drawn: Vec<f64> = (0..1000).map(|_| fraction()).collect();
        assert!(drawn.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        assert!(drawn.iter().any(|fraction| *fraction < 0.1) && drawn.iter().any(|fraction| *fraction > 0.9));
    }
}
