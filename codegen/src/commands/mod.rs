//! The subcommands: arguments in, lines out. Each says whether all is well.

pub(crate) mod build;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod verify;

use anyhow::{Context, Result};
use std::path::PathBuf;

/// The repository: the nearest folder, from here up, that has `api/services` and `codegen`.
fn root() -> Result<PathBuf> {
    let here = std::env::current_dir()?;
    let root = here
        .ancestors()
        .find(|folder| folder.join("api/services").is_dir() && folder.join("codegen").is_dir());
    root.map(PathBuf::from).context("this is not inside the repository; go there or say --root")
}
