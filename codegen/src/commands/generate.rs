//! `codegen generate`

use crate::{output, targets};
use anyhow::Result;
use clap::Args;
use polywrite_api::Api;
use std::path::PathBuf;

/// Writes the generated files of the repository, or compares them.
#[derive(Args)]
pub struct Generate {
    /// Compare only; exit code 1 when a file differs.
    #[arg(long)]
    check: bool,
    /// Only these languages; all of them otherwise.
    #[arg(long)]
    lang: Vec<String>,
    /// The repository; found from the current folder otherwise.
    #[arg(long)]
    root: Option<PathBuf>,
}

impl Generate {
    /// Does it, and says whether all is well.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn run(self) -> Result<bool> {
        let root = self.root.map_or_else(super::root, Ok)?;
        let api = Api::load(root.join("api"))?;
        let mut fine = true;
        let mut all = targets::named(&self.lang)?;
        if self.lang.is_empty() {
            all.push(targets::tables());
        }
        for target in all {
            let files = output::rendered(&*target, &api, &root)?;
            let changes = if self.check {
                output::differences(&*target, &files, &root)?
            } else {
                output::write(&*target, &files, &root)?
            };
            for (path, difference) in &changes {
                println!("{difference:8} {path}");
            }
            println!("{}: {} files, {} differed", target.name(), files.len(), changes.len());
            fine &= !self.check || changes.is_empty();
        }
        if !fine {
            println!("The tree is not what api/ says: run ./dev generate.");
        }
        Ok(fine)
    }
}
