//! Numbers by which a language names what stays open between its commands.

use std::sync::atomic::{AtomicU32, Ordering};

static LAST: AtomicU32 = AtomicU32::new(0);

/// One that nothing open has. The child of a fork goes on counting, so that what it opens is never taken for its parent's.
pub(crate) fn fresh() -> u32 {
    LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
}

/// The last one. What the child of a fork opens has a higher number than what was its parent's at its beginning.
pub(crate) fn last() -> u32 {
    LAST.load(Ordering::Relaxed)
}
