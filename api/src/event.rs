//! What webhooks and realtime report.

use indexmap::IndexMap;
use serde::Deserialize;

/// What events carry.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// How the server reports events while they happen.
    #[serde(default)]
    pub realtime: Realtime,
    /// The model or union of the payload, by the name of the event with `*` for IDs, sorted; empty where it differs.
    pub payloads: IndexMap<String, String>,
}

/// How the server reports events while they happen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Realtime {
    /// Its path below the endpoint.
    pub path: String,
    /// How many messages a connection may send in a minute.
    pub messages: u32,
    /// How many bytes a message may have.
    pub message_bytes: usize,
    /// How many connections an address may open in a minute.
    pub connections: usize,
    /// The methods of queries that a subscription may have.
    pub queries: Vec<String>,
    /// How many events wait for a slow reader, unless the caller says otherwise.
    pub buffer: usize,
    /// After how many milliseconds of silence a connection is tested.
    pub silence: u64,
}
