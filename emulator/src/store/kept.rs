//! Documents that calls read again and again, as they were read last.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

/// Documents by collection. What is written to a collection makes it forget all of it.
#[derive(Debug, Default)]
pub(super) struct Kept(HashMap<String, Collection>);

#[derive(Debug, Default)]
struct Collection {
    by_id: HashMap<String, Arc<Value>>,
    all: Option<Arc<Vec<Value>>>,
}

impl Kept {
    pub(super) fn one(&self, collection: &str, id: &str) -> Option<Arc<Value>> {
        self.0.get(collection)?.by_id.get(id).cloned()
    }

    pub(super) fn all(&self, collection: &str) -> Option<Arc<Vec<Value>>> {
        self.0.get(collection)?.all.clone()
    }

    pub(super) fn keep_one(&mut self, collection: &str, id: &str, document: &Arc<Value>) {
        let kept = self.0.entry(collection.to_owned()).or_default();
        kept.by_id.insert(id.to_owned(), Arc::clone(document));
    }

    pub(super) fn keep_all(&mut self, collection: &str, documents: &Arc<Vec<Value>>) {
        self.0.entry(collection.to_owned()).or_default().all = Some(Arc::clone(documents));
    }

    pub(super) fn forget(&mut self, collection: &str) {
        self.0.remove(collection);
    }

    /// Forgets a collection and everything below it (`path/…`).
    pub(super) fn forget_tree(&mut self, collection: &str) {
        self.0.retain(|kept, _| {
            kept.strip_prefix(collection).is_none_or(|rest| !rest.is_empty() && !rest.starts_with('/'))
        });
    }
}
