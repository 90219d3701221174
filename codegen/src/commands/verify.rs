//! `codegen verify`

use crate::verify;
use anyhow::{Context, Result};
use clap::Args;
use polywrite_api::Api;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Compares the definition with a table of facts; exit code 1 when they differ.
///
/// `scopes.json` and `error-types.json` beside the table are compared as well. Every method, parameter, model,
/// field, union and enum must have a meaning.
#[derive(Args)]
pub struct Verify {
    /// The table, in the shape of appwrite-api.json.
    facts: PathBuf,
    /// The definition; the repository's own otherwise.
    #[arg(long)]
    api: Option<PathBuf>,
    /// Lists what the definition has beyond the facts.
    #[arg(long)]
    additions: bool,
}

impl Verify {
    /// Does it, and says whether all is well.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn run(self) -> Result<bool> {
        let api = match &self.api {
            Some(folder) => Api::load(folder)?,
            None => Api::load(super::root()?.join("api"))?,
        };
        let facts = read(&self.facts)?;
        let report = verify::verify(&api, &facts);
        let mut differences = report.differences;
        for (name, compare) in [
            ("scopes.json", verify::scopes as fn(&Api, &Value) -> Vec<String>),
            ("error-types.json", verify::error_types),
        ] {
            let path = self.facts.with_file_name(name);
            if path.is_file() {
                differences.extend(compare(&api, &read(&path)?));
            } else {
                println!("{name} is not beside the table: not compared");
            }
        }
        differences.extend(api.without_meaning().into_iter().map(|line| format!("{line}: has no meaning")));

        println!("{:12}{:>8}{:>12}", "", "facts", "definition");
        let ours = verify::definition_counts(&api);
        for ((name, facts), (_, ours)) in verify::count(&facts).rows().iter().zip(ours.rows()) {
            println!("{name:12}{facts:>8}{ours:>12}");
        }
        println!("{:12}{:>8}{:>12}", "client calls", 1, api.client.methods.len());
        println!("additions: {}", report.additions.len());
        if self.additions {
            report.additions.iter().for_each(|line| println!("  {line}"));
        }
        println!("differences: {}", differences.len());
        differences.iter().for_each(|line| println!("  {line}"));
        Ok(differences.is_empty())
    }
}

fn read(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
