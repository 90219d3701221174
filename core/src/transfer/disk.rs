//! Files by their paths: read, written, and the place for what does not fit into memory. In wasm there are none.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

#[cfg(not(target_family = "wasm"))]
pub(super) use native::{FileBodies, SourceFile, open, save, spool};
#[cfg(target_family = "wasm")]
pub(super) use web::{FileBodies, SourceFile, open, save, spool};
