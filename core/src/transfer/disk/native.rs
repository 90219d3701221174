//! The disk of this machine.

mod buffers;
mod chunk;
mod file;
mod parallel;
mod partial;
mod path;
mod save;
mod spool;
mod tally;
mod task;
mod unusable;
mod writer;

use std::path::PathBuf;

use crate::error::Result;
use crate::transfer::content::Content;

pub(in crate::transfer) use chunk::FileBodies;
pub(in crate::transfer) use file::SourceFile;
pub(in crate::transfer) use save::save;
pub(in crate::transfer) use spool::spool;

/// Opens a caller's file, as [`path::open`] does, where that does not hold up the connections.
///
/// # Errors
/// As [`path::open`].
pub(in crate::transfer) async fn open(path: PathBuf) -> Result<Content> {
    task::blocking(move || path::open(&path)).await?
}
