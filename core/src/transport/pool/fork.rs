//! Which process a connection belongs to: the child of a fork has its parent's memory and sockets.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many forks lie between the first process and this one.
static FORKS: AtomicU32 = AtomicU32::new(0);

/// Notes that this process is the child of a fork.
pub(super) fn note() {
    FORKS.fetch_add(1, Ordering::Relaxed);
}

/// A number that differs between this process and its parents: connections of other numbers are the parents'.
pub(crate) fn generation() -> u32 {
    FORKS.load(Ordering::Relaxed)
}
