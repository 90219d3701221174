//! Noticing that a server sends the same pages in a circle, whatever its length, with one page remembered.

use serde::{Deserialize, Serialize};

/// Remembers one page at a time: the first, then the second, the fourth, the eighth … A circle of any length comes back
/// to the one that is remembered (R. P. Brent, "An improved Monte Carlo factorization algorithm", 1980).
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Repeats {
    kept: Option<String>,
    seen: u64,
}

impl Repeats {
    /// Whether a page is the one that is remembered. Pages with different marks are different.
    pub(super) fn has_seen(&mut self, mark: &str) -> bool {
        if self.kept.as_deref() == Some(mark) {
            return true;
        }
        self.seen += 1;
        if self.seen.is_power_of_two() {
            self.kept = Some(mark.to_owned());
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::Repeats;

    #[test]
    fn a_circle_of_any_length_is_noticed_within_three_times_its_length() {
        for (before, circle) in [(0, 1), (0, 2), (3, 1), (5, 7), (100, 13), (1, 1000)] {
            let mut repeats = Repeats::default();
            let pages = (0..before).chain((0..).map(|page| before + page % circle));
            let noticed =
                pages.take(3 * (before + circle) + 3).any(|page| repeats.has_seen(&page.to_string()));
            assert!(noticed, "{before} pages, then a circle of {circle}");
        }
    }

    #[test]
    fn different_pages_are_not_a_circle() {
        let mut repeats = Repeats::default();
        assert!((0..10_000).all(|page| !repeats.has_seen(&page.to_string())));
    }
}
