//! The subcommands of `codegen` and `polywrite`: arguments in, lines out. Each says whether all is well.

#![expect(clippy::print_stdout, reason = "a command line prints what it does")]

mod build;
mod generate;
mod import;
mod verify;

pub use build::Build;
pub use generate::Generate;
pub use import::Import;
pub use verify::Verify;

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
