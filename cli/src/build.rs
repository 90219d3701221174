//! `polywrite build`: from an OpenAPI document to packages that programs install.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use polywrite_codegen::{commands, import, package, package::Package, targets};

use crate::document;

/// Makes packages for a server of your own.
///
/// They are sources over the published `polywrite`, so that neither a compiler nor a clone is needed for them. With `--root`
/// they are complete: made of the sources of a clone, and a Rust toolchain compiles them.
#[derive(Args)]
pub(crate) struct Build {
    /// An OpenAPI 3 document in JSON, as a file or a URL, or the folder of a definition, as `polywrite import` writes it.
    document: String,
    /// The folder for the packages, one below it for each language; made where it is missing.
    #[arg(long)]
    out: PathBuf,
    /// Languages: node, python, rust, swift or all; once for each, or separated by commas.
    #[arg(long, required = true, value_delimiter = ',')]
    lang: Vec<String>,
    /// The name of the packages; without it, that of the folder.
    #[arg(long)]
    name: Option<String>,
    /// Their version.
    #[arg(long, default_value = "1.0.0")]
    version: String,
    /// Where the server is, if the document does not say it, or says another one.
    #[arg(long)]
    endpoint: Option<String>,
    /// A clone of Polywrite, whose sources complete packages are made of.
    #[arg(long, conflicts_with_all = ["name", "version", "endpoint"])]
    root: Option<PathBuf>,
}

impl Build {
    #[allow(clippy::print_stdout, reason = "what the command is for")]
    pub(crate) fn run(self) -> Result<bool> {
        let languages = targets::named(&self.lang)?;
        if self.root.is_some() {
            return self.run_complete();
        }
        let folder = std::path::absolute(&self.out)?;
        let own = folder.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        let name =
            self.name.or(own).context("the folder has no name that the packages could have; say --name")?;
        let package = Package::new(&name, &self.version)?;
        let api = document::definition(&self.document, self.endpoint)?;
        for language in languages {
            let files = package::files(&api, language.name(), &package)?;
            let place = self.out.join(language.name());
            package::write(&files, &place)?;
            let installer = match language.name() {
                "node" => "npm install",
                "python" => "pip install",
                "rust" => "cargo add --path",
                _ => "swift package add-dependency --type path",
            };
            println!("{}: {installer} {}", language.name(), std::path::absolute(place)?.display());
        }
        Ok(true)
    }

    /// Makes packages with all sources, of which a definition's folder is a part.
    fn run_complete(self) -> Result<bool> {
        let Self { document, out, lang, root, .. } = self;
        if PathBuf::from(&document).is_dir() {
            return commands::Build { api: document.into(), out, lang, root }.run();
        }
        let api = out.join("api");
        let known = import::Known::in_folder(&api)?;
        let imported = import::import(&document::read(&document)?, known.as_ref(), true)?;
        std::fs::create_dir_all(&api)?;
        import::write_into(&api, &imported)?;
        commands::Build { api, out, lang, root }.run()
    }
}
