//! The projects that are served, and what each has for itself: its clock and its faults.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use time::Duration;

use crate::{clock, faults::Faults};

/// Projects by ID.
#[derive(Debug, Default)]
pub(crate) struct Projects(RwLock<BTreeMap<String, Arc<Project>>>);

/// A project, as far as it is not in the store.
#[derive(Debug, Default)]
pub(crate) struct Project {
    /// How many milliseconds its clock is ahead.
    ahead: AtomicI64,
    /// What goes wrong with its calls on request.
    pub(crate) faults: Faults,
}

impl Projects {
    /// Serves a project from now on. Says whether it was not served before.
    pub(crate) fn add(&self, id: &str) -> bool {
        let mut projects = self.0.write().unwrap_or_else(PoisonError::into_inner);
        projects.insert(id.to_owned(), Arc::default()).is_none()
    }

    /// Serves a project no longer.
    pub(crate) fn remove(&self, id: &str) -> bool {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(id).is_some()
    }

    /// A project that is served.
    pub(crate) fn find(&self, id: &str) -> Option<Arc<Project>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// The IDs of all, in alphabetical order.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }
}

impl Project {
    /// How far its clock is ahead of the system's.
    pub(crate) fn ahead(&self) -> Duration {
        Duration::milliseconds(self.ahead.load(Ordering::Relaxed))
    }

    /// Moves its clock (negative: back).
    pub(crate) fn advance(&self, by: Duration) {
        let ahead = self.ahead().saturating_add(by).clamp(-clock::FURTHEST, clock::FURTHEST);
        self.ahead.store(i64::try_from(ahead.whole_milliseconds()).unwrap_or_default(), Ordering::Relaxed);
    }
}
