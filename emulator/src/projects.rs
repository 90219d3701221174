//! The projects that are served, and what each has for itself: its clock, its IDs and its faults.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::{Value, json};
use time::Duration;

use crate::{
    clock::{self, Clock},
    faults::Faults,
    random,
};

/// Projects by ID.
#[derive(Debug, Default)]
pub(crate) struct Projects(RwLock<BTreeMap<String, Arc<Project>>>);

/// A project, as far as it is not in the store.
#[derive(Debug, Default)]
pub(crate) struct Project {
    clock: Mutex<Clock>,
    /// The last of its IDs that are counted; none where they are random.
    ids: Option<Arc<AtomicU64>>,
    /// What goes wrong with its calls on request.
    pub(crate) faults: Faults,
}

impl Projects {
    /// Serves a project from now on. Says whether it was not served before; one that was goes on as it is.
    pub(crate) fn add(&self, id: &str, project: Project) -> bool {
        let mut projects = self.0.write().unwrap_or_else(PoisonError::into_inner);
        match projects.entry(id.to_owned()) {
            Entry::Vacant(place) => {
                place.insert(Arc::new(project));
                true
            }
            Entry::Occupied(_) => false,
        }
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
    /// One with a clock, whose IDs are counted, or random.
    pub(crate) fn new(clock: Clock, counts_ids: bool) -> Self {
        Self { clock: Mutex::new(clock), ids: counts_ids.then(Arc::default), faults: Faults::default() }
    }

    /// Does something by its clock, with IDs as it makes them up.
    pub(crate) fn serve<T>(&self, work: impl FnOnce() -> T) -> T {
        let clock = *self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        clock::by(clock, || random::counted(self.ids.clone(), work))
    }

    /// What a snapshot keeps of it.
    pub(crate) fn kept(&self) -> Value {
        let clock = *self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        json!({"clock": clock.kept(), "ids": self.ids.as_ref().map(|ids| ids.load(Ordering::Relaxed))})
    }

    /// Brings it back to what a snapshot has kept, as far as it is of the same kind.
    pub(crate) fn bring_back(&self, kept: &Value) {
        if let Some(clock) = Clock::of(&kept["clock"]) {
            *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = clock;
        }
        if let (Some(ids), Some(last)) = (&self.ids, kept["ids"].as_u64()) {
            ids.store(last, Ordering::Relaxed);
        }
    }

    /// Moves its clock (negative: back).
    pub(crate) fn advance(&self, by: Duration) {
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        *clock = clock.moved(by);
    }
}
