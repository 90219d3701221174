//! `codegen import`

use anyhow::{Context, Result};
use clap::Args;
use polywrite_api::Api;
use polywrite_codegen::import;
use std::path::PathBuf;

/// Reads an OpenAPI document of an Appwrite server into a definition, and tells what that changes.
///
/// Sentences that the folder has are kept; for what is new the document's descriptions stand in.
#[derive(Args)]
pub(crate) struct Import {
    /// The document: OpenAPI 3, JSON.
    document: PathBuf,
    /// The folder of the definition; made where it is missing.
    #[arg(long)]
    into: PathBuf,
    /// Leaves what is new without a sentence, for you to write.
    #[arg(long)]
    without_descriptions: bool,
}

impl Import {
    pub(crate) fn run(self) -> Result<bool> {
        let text =
            std::fs::read_to_string(&self.document).with_context(|| self.document.display().to_string())?;
        let document = serde_json::from_str(&text).with_context(|| self.document.display().to_string())?;
        let known = if self.into.join("services").is_dir() { Some(Api::load(&self.into)?) } else { None };
        let imported = import::import(&document, known.as_ref(), !self.without_descriptions)?;
        if let Some(known) = &known {
            let changes = import::changes(known, &imported.api);
            for (title, lines) in
                [("added", changes.added), ("removed", changes.removed), ("changed", changes.changed)]
            {
                println!("{title}: {}", lines.len());
                lines.iter().for_each(|line| println!("  {line}"));
            }
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
        Ok(true)
    }
}
