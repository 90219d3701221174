//! For WebAssembly, which has no disk.

use std::time::Duration;

use polywrite::{Client, Error, Result};

use crate::note::Note;

use super::record::Schema;

/// An error: the file cannot be read here.
#[allow(clippy::unused_async, reason = "as where there is a disk")]
pub(super) async fn plan(
    schema: Schema,
    _client: Client,
    _timeout: Option<Duration>,
    _note: impl Fn(Note) + Send + Sync + 'static,
) -> Result<String> {
    let message = format!("cannot read {}: this runtime has no files", schema.path.display());
    Err(Error::argument(message)
        .with_hint("push with the program `polywrite`, or where the native library runs"))
}
