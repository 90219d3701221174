//! `polywrite types`: the types of a project's rows, written into a program.

use std::{fs, io::Write, path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use polywrite::Client;
use polywrite_schema::{Schema, config, file::File, live};
use polywrite_types::{Language, Rows, write};

/// How often `--watch` looks at a file, and how often at a server.
const FILE_PAUSE: Duration = Duration::from_millis(300);
const SERVER_PAUSE: Duration = Duration::from_secs(3);

/// Writes types of the rows of a project's tables.
#[derive(Args)]
pub(crate) struct Types {
    /// The language of the program.
    #[arg(long)]
    lang: Lang,
    /// The file to write; standard output otherwise.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The polywrite.toml or appwrite.config.json with the tables; the project on the server otherwise.
    #[arg(long)]
    from: Option<PathBuf>,
    /// The server's endpoint; APPWRITE_ENDPOINT otherwise. The key is that of APPWRITE_API_KEY.
    #[arg(long, conflicts_with = "from")]
    endpoint: Option<String>,
    /// ID of the project; APPWRITE_PROJECT_ID otherwise.
    #[arg(long, conflicts_with = "from")]
    project: Option<String>,
    /// The one database to write types of, by its ID.
    #[arg(long)]
    database: Option<String>,
    /// What rows are in Python.
    #[arg(long, default_value = "dataclass")]
    python: PythonRows,
    /// Writes nothing, and fails if the file is out of date.
    #[arg(long, requires = "out", conflicts_with = "watch")]
    check: bool,
    /// Goes on, and writes the file anew when the tables change.
    #[arg(long, requires = "out")]
    watch: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    /// TypeScript.
    Ts,
    /// Python.
    Python,
    /// Swift.
    Swift,
    /// Rust.
    Rust,
}

#[derive(Clone, Copy, ValueEnum)]
enum PythonRows {
    /// Dataclasses.
    Dataclass,
    /// TypedDicts: rows stay the dicts that the server sent.
    Typeddict,
    /// Models of pydantic.
    Pydantic,
}

impl Types {
    /// Does it, and says whether all is well.
    pub(crate) fn run(self) -> Result<bool> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async { if self.watch { self.watch().await } else { self.once().await } })
    }

    async fn once(&self) -> Result<bool> {
        let text = self.text().await?;
        let Some(out) = &self.out else {
            std::io::stdout().write_all(text.as_bytes())?;
            return Ok(true);
        };
        let place = out.display();
        // git may have given the file Windows' ends of lines.
        let is_current = fs::read_to_string(out).is_ok_and(|there| there.replace("\r\n", "\n") == text);
        if self.check {
            let says = if is_current {
                "is up to date"
            } else {
                "is out of date: run `polywrite types` without --check"
            };
            eprintln!("{place} {says}");
            return Ok(is_current);
        }
        if !is_current {
            if let Some(folder) = out.parent() {
                fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
            fs::write(out, text).with_context(|| place.to_string())?;
            eprintln!("{place} is written");
        }
        Ok(true)
    }

    async fn watch(&self) -> Result<bool> {
        let pause = if self.from.is_some() { FILE_PAUSE } else { SERVER_PAUSE };
        let mut before = None;
        loop {
            // A file is read while an editor writes it, and a server restarts: what goes wrong is said once.
            let problem = self.once().await.err().map(|problem| format!("{problem:#}"));
            if let Some(problem) = problem.as_ref().filter(|problem| before.as_ref() != Some(*problem)) {
                eprintln!("{problem}");
            }
            before = problem;
            tokio::time::sleep(pause).await;
        }
    }

    async fn text(&self) -> Result<String> {
        let mut schema = self.schema().await?;
        if let Some(id) = &self.database {
            schema.databases.retain(|database| database.id == *id);
            if schema.databases.is_empty() {
                bail!("there is no database `{id}`");
            }
        }
        write(&schema, self.language())
    }

    async fn schema(&self) -> Result<Schema> {
        if let Some(file) = &self.from {
            let is_theirs = file.extension().is_some_and(|extension| extension == "json");
            return Ok(if is_theirs { config::read(file)?.schema } else { File::read(file)?.schema });
        }
        let mut client = Client::builder();
        if let Some(endpoint) = &self.endpoint {
            client = client.endpoint(endpoint);
        }
        if let Some(project) = &self.project {
            client = client.project(project);
        }
        let client = client.build()?.with_env()?;
        Ok(Schema { databases: live::databases(&client).await?, ..Schema::default() })
    }

    fn language(&self) -> Language {
        match self.lang {
            Lang::Ts => Language::TypeScript,
            Lang::Python => Language::Python(match self.python {
                PythonRows::Dataclass => Rows::Dataclass,
                PythonRows::Typeddict => Rows::TypedDict,
                PythonRows::Pydantic => Rows::Pydantic,
            }),
            Lang::Swift => Language::Swift,
            Lang::Rust => Language::Rust,
        }
    }
}
