//! The progress of several transfers together.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::progress::Listener;

/// How far the transfer of several files is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TransfersProgress {
    /// How many files have been transferred or have failed.
    pub files_done: usize,
    /// How many of these have failed.
    pub files_failed: usize,
    /// How many files there are.
    pub files_total: usize,
    /// How many bytes have been transferred, of all files together.
    pub size_done: u64,
    /// The size of all files together in bytes, once that of each is known.
    pub size_total: Option<u64>,
}

/// Adds up the progress of several transfers.
#[derive(Debug)]
pub(super) struct Total {
    files: Mutex<Files>,
    listener: Listener<TransfersProgress>,
}

#[derive(Debug)]
struct Files {
    progress: TransfersProgress,
    /// What has been transferred of each file, and its size.
    sizes: Vec<(u64, Option<u64>)>,
    /// How many sizes are not known, and the sum of the others.
    unknown: usize,
    known: u64,
}

impl Total {
    pub(super) fn new(files: usize, listener: Listener<TransfersProgress>) -> Self {
        let progress = TransfersProgress {
            files_done: 0,
            files_failed: 0,
            files_total: files,
            size_done: 0,
            size_total: None,
        };
        let files = Files { progress, sizes: vec![(0, None); files], unknown: files, known: 0 };
        Self { files: Mutex::new(files), listener }
    }

    /// Reports how far one of the files is.
    pub(super) fn report(&self, place: usize, done: u64, size: Option<u64>) {
        self.change(|files| files.set(place, done, size));
    }

    /// Reports the end of one of the files. What has been transferred of it is its size where that is not known.
    pub(super) fn end(&self, place: usize, is_there: bool) {
        self.change(|files| {
            let (done, size) = files.sizes[place];
            files.set(place, done, size.or(Some(done)));
            files.progress.files_done += 1;
            files.progress.files_failed += usize::from(!is_there);
        });
    }

    fn change(&self, change: impl FnOnce(&mut Files)) {
        let progress = {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut files);
            files.progress.clone()
        };
        self.listener.report(|| progress);
    }
}

impl Files {
    fn set(&mut self, place: usize, done: u64, size: Option<u64>) {
        let before = std::mem::replace(&mut self.sizes[place], (done, size));
        self.progress.size_done = self.progress.size_done - before.0 + done;
        self.known = self.known - before.1.unwrap_or(0) + size.unwrap_or(0);
        self.unknown = self.unknown + usize::from(size.is_none()) - usize::from(before.1.is_none());
        self.progress.size_total = (self.unknown == 0).then_some(self.known);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn files_and_bytes_are_counted_together() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let listener = Listener::new({
            let seen = seen.clone();
            move |progress: TransfersProgress| seen.lock().unwrap().push(progress)
        });
        let total = Total::new(3, listener);
        total.report(0, 5, Some(10));
        total.report(0, 10, Some(10));
        total.end(0, true);
        total.report(1, 3, Some(7));
        total.end(1, false);
        total.report(2, 6, None);
        total.end(2, true);
        let counts = |it: &TransfersProgress| (it.files_done, it.files_failed, it.size_done, it.size_total);
        assert_eq!(
            seen.lock().unwrap().iter().map(counts).collect::<Vec<_>>(),
            [
                (0, 0, 5, None),
                (0, 0, 10, None),
                (1, 0, 10, None),
                (1, 0, 13, None),
                (2, 1, 13, None),
                (2, 1, 19, None),
                (3, 1, 19, Some(23))
            ]
        );
    }
}
