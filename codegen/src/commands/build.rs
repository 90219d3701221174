//! `codegen build`

use crate::{build, targets};
use anyhow::Result;
use clap::Args;
use polywrite_api::Api;
use std::path::PathBuf;

/// Makes a complete SDK from any definition.
#[derive(Args)]
pub struct Build {
    /// The definition, as `codegen import` writes it.
    #[arg(long)]
    pub api: PathBuf,
    /// The folder for the SDK; made where it is missing.
    #[arg(long)]
    pub out: PathBuf,
    /// Languages: rust, node, python, swift or all.
    #[arg(long, required = true)]
    pub lang: Vec<String>,
    /// The repository with the hand-written parts; found from the current folder otherwise.
    #[arg(long)]
    pub root: Option<PathBuf>,
}

impl Build {
    /// Does it, and says whether all is well.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn run(self) -> Result<bool> {
        let root = self.root.map_or_else(super::root, Ok)?;
        let api = Api::load(&self.api)?;
        let languages = targets::named(&self.lang)?;
        build::build(&root, &api, &languages, &self.out)?;
        for language in &languages {
            println!("{}: {}", language.name(), self.out.display());
        }
        Ok(true)
    }
}
