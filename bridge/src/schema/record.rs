//! What a command about a schema says.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// A command about a schema, as its record has it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_family = "wasm", allow(dead_code, reason = "WebAssembly has no disk"))]
pub(crate) struct Schema {
    pub(super) path: PathBuf,
    #[serde(default)]
    pub(super) rename: Vec<String>,
    /// Without it, the plan comes back and nothing is done.
    pub(super) push: Option<Push>,
}

/// How to push.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_family = "wasm", allow(dead_code, reason = "WebAssembly has no disk"))]
pub(super) struct Push {
    pub(super) allow_destroy: bool,
    pub(super) timeout: Option<Value>,
    pub(super) reports: bool,
}
