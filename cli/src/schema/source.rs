//! Which file says the schema, and which server it is about.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use polywrite::Client;
use polywrite_schema::{
    Schema, config,
    file::{File, Profile},
};

/// The file that this program writes.
pub(super) const OURS: &str = "polywrite.toml";
/// The files of Appwrite's own program, the older name last.
const THEIRS: [&str; 2] = ["appwrite.config.json", "appwrite.json"];

/// Where the schema is and where the server.
#[derive(Args)]
pub(super) struct Place {
    /// The file: polywrite.toml unless it is given, or appwrite.config.json where that is missing.
    #[arg(long)]
    file: Option<PathBuf>,
    /// The server: a profile of the file. Otherwise the one that `APPWRITE_ENDPOINT`, `APPWRITE_PROJECT_ID` and
    /// `APPWRITE_API_KEY` name; Appwrite's own file may name endpoint and project.
    #[arg(long)]
    profile: Option<String>,
}

/// What a file says.
pub(super) struct Source {
    pub(super) schema: Schema,
    profiles: BTreeMap<String, Profile>,
    endpoint: Option<String>,
    project: Option<String>,
}

impl Place {
    /// Reads the file.
    pub(super) fn read(&self) -> Result<Source> {
        let given = self.file.clone();
        let path = given.or_else(|| {
            let names = [OURS].into_iter().chain(THEIRS);
            names.map(PathBuf::from).find(|path| path.exists())
        });
        let path = path.with_context(|| {
            format!(
                "this folder has neither {OURS} nor {}: begin with `polywrite schema pull`, or give --file",
                THEIRS[0]
            )
        })?;
        if is_theirs(&path) {
            let config = config::read(&path)?;
            let config::Config { project, endpoint, schema } = config;
            return Ok(Source { schema, profiles: BTreeMap::new(), endpoint, project });
        }
        let file = File::read(&path)?;
        Ok(Source::of(&file))
    }

    /// The file that a pull writes.
    pub(super) fn ours(&self) -> Result<PathBuf> {
        let path = self.file.clone().unwrap_or_else(|| PathBuf::from(OURS));
        if is_theirs(&path) {
            bail!(
                "{} is the file of Appwrite's own program, which writes it; a pull writes {OURS}",
                path.display()
            );
        }
        Ok(path)
    }

    /// The client of the server.
    pub(super) fn client(&self, source: &Source) -> Result<Client> {
        let variable = |name: &str| std::env::var(name).ok();
        if let Some(name) = &self.profile {
            let profile = source.profiles.get(name).with_context(|| unknown(name, &source.profiles))?;
            return Ok(profile.client(variable)?);
        }
        let of_file = |name: &str| match name {
            "APPWRITE_ENDPOINT" => source.endpoint.clone(),
            "APPWRITE_PROJECT_ID" => source.project.clone(),
            _ => None,
        };
        let client = Client::new().with_variables(|name| variable(name).or_else(|| of_file(name)));
        match client {
            Err(error) if !source.profiles.is_empty() => {
                let names: Vec<_> = source.profiles.keys().map(String::as_str).collect();
                Err(error).with_context(|| format!("name a profile: --profile {}", names.join("|")))
            }
            client => Ok(client?),
        }
    }
}

impl Source {
    pub(super) fn of(file: &File) -> Self {
        Self { schema: file.schema.clone(), profiles: file.profiles.clone(), endpoint: None, project: None }
    }

    /// The schema, with the renames that the command line asks for.
    pub(super) fn wanted(&self, renames: &[String]) -> Result<Schema> {
        let mut wanted = self.schema.clone();
        for wish in renames {
            wanted.rename(wish)?;
        }
        Ok(wanted)
    }
}

fn unknown(profile: &str, known: &BTreeMap<String, Profile>) -> String {
    let names: Vec<_> = known.keys().map(String::as_str).collect();
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    format!("the file has no profile `{profile}`; it has {names}")
}

fn is_theirs(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json")
}
