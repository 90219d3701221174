//! What webhooks and realtime report.

use indexmap::IndexMap;
use serde::Deserialize;

/// What events carry.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// The model or union of the payload, by the name of the event with `*` for IDs, sorted; empty where it differs.
    pub payloads: IndexMap<String, String>,
}
