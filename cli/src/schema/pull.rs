//! `polywrite schema pull`: writes what a server has into polywrite.toml.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, bail};
use clap::Args;
use polywrite_schema::{
    Schema,
    file::File,
    live::{self, Parts},
};

use super::source::{Place, Source};

/// What to read, and into which file.
#[derive(Args)]
pub(crate) struct Pull {
    #[command(flatten)]
    place: Place,
    /// The IDs of the databases to read; all of them unless some are given, and the buckets.
    databases: Vec<String>,
    /// Reads teams too. A file that has teams always gets them.
    #[arg(long)]
    teams: bool,
}

impl Pull {
    #[allow(clippy::print_stdout, reason = "what the command is for")]
    pub(super) async fn run(self) -> Result<ExitCode> {
        let path = self.place.ours()?;
        let before = path.exists().then(|| File::read(&path)).transpose()?;
        let mut file = before.clone().unwrap_or_default();
        let client = self.place.client(&Source::of(&file))?;
        let is_whole = self.databases.is_empty();
        let parts = Parts {
            buckets: is_whole,
            teams: self.teams || is_whole && file.has("teams"),
            databases: self.databases,
        };
        let found = live::read(&client, &parts).await?;
        known(&parts, &found)?;
        file.pull(&found, &parts)?;
        let text = file.to_string();
        if before.is_some_and(|before| before.to_string() == text) {
            println!("{} says what the server has.", path.display());
        } else {
            replace(&path, &text).with_context(|| format!("{} cannot be written", path.display()))?;
            println!("{} says now what the server has.", path.display());
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Refuses a database that the server does not have.
fn known(parts: &Parts, found: &Schema) -> Result<()> {
    match parts.databases.iter().find(|id| found.database(id).is_none()) {
        Some(unknown) => bail!("the server has no database `{unknown}`"),
        None => Ok(()),
    }
}

/// Replaces a file as a whole: an interruption leaves the old one.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    fs::write(&name, text)?;
    fs::rename(&name, path)
}
