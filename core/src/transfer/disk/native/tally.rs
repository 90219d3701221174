//! How far a download into a file is.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::transfer::progress::{DownloadProgress, Listener, percent};

/// How much of a download has arrived, over all its connections.
#[derive(Debug)]
pub(super) struct Tally {
    arrived: AtomicU64,
    total: Option<u64>,
    listener: Listener<DownloadProgress>,
}

impl Tally {
    pub(super) fn new(total: Option<u64>, listener: Listener<DownloadProgress>) -> Self {
        Self { arrived: AtomicU64::new(0), total, listener }
    }

    /// Counts bytes that have arrived, and reports them.
    pub(super) fn add(&self, bytes: usize) {
        let size = self.arrived.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        self.listener.report(|| DownloadProgress {
            percent: self.total.map(|total| percent(size, total)),
            size_downloaded: size,
            size_total: self.total,
        });
    }

    /// How many bytes have arrived.
    pub(super) fn arrived(&self) -> u64 {
        self.arrived.load(Ordering::Relaxed)
    }
}
