//! `codegen import`

use super::build::Build;
use crate::import;
use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

/// Reads an OpenAPI document of an Appwrite server into a definition, and prints what that changes.
///
/// Sentences that the folder has are kept; for what is new the document's descriptions stand in. With `--out` the SDKs
/// are made as well, as `codegen build` would.
#[derive(Args)]
pub struct Import {
    /// The document: OpenAPI 3, JSON.
    document: String,
    /// The folder of the definition; made where it is missing.
    #[arg(long)]
    into: PathBuf,
    /// Leaves what is new without a sentence, for you to write.
    #[arg(long)]
    without_descriptions: bool,
    /// The folder for the SDKs, which are made from the new definition.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Their languages: rust, node, python, swift or all.
    #[arg(long, requires = "out", default_value = "all")]
    lang: Vec<String>,
    /// The repository with the SDKs' hand-written parts; found from the current folder otherwise.
    #[arg(long, requires = "out")]
    root: Option<PathBuf>,
}

impl Import {
    /// Does it, and says whether all is well.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn run(self) -> Result<bool> {
        self.run_with(|document| std::fs::read_to_string(document).with_context(|| document.to_owned()))
    }

    /// Does it with a document that is read otherwise, such as one with a URL.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn run_with(self, read: impl FnOnce(&str) -> Result<String>) -> Result<bool> {
        let text = read(&self.document)?;
        let known = import::Known::in_folder(&self.into)?;
        let imported = import::import(&text, known.as_ref(), !self.without_descriptions)
            .with_context(|| self.document.clone())?;
        if let Some(known) = &known {
            let changes = import::changes(&known.api, &imported.api);
            for (title, lines) in
                [("added", changes.added), ("removed", changes.removed), ("changed", changes.changed)]
            {
                println!("{title}: {}", lines.len());
                lines.iter().for_each(|line| println!("  {line}"));
            }
        }
        if !imported.notes.is_empty() {
            println!("left out: {}", imported.notes.len());
            imported.notes.iter().for_each(|line| println!("  {line}"));
        }
        import::write_into(&self.into, &imported)?;
        let api = &imported.api;
        println!(
            "{}: {} methods in {} services, {} models, {} unions, {} enums",
            self.into.display(),
            api.methods().count(),
            api.services.len(),
            api.models.len(),
            api.unions.len(),
            api.enums.len()
        );
        match self.out {
            Some(out) => Build { api: self.into, out, lang: self.lang, root: self.root }.run(),
            None => Ok(true),
        }
    }
}
