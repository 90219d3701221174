//! An OpenAPI document of an Appwrite server, read into a definition.
//!
//! The document gives services, methods, models and enums. What it does not say (client settings, helpers, error
//! types, extra headers) is kept from the definition that is there already, else taken from the built-in one; so are
//! sentences, for which a document's descriptions stand in.

mod changes;
mod document;
mod draft;
mod enums;
mod json;
mod keep;
mod kinds;
mod methods;
mod models;
mod params;
mod responses;
mod unions;
mod write;

use anyhow::{Context, Result, ensure};
use polywrite_api::Api;
use std::collections::BTreeMap;
use std::path::Path;

pub use changes::{Changes, changes};

/// What an import makes.
pub struct Imported {
    /// The definition's files by path below its folder.
    pub files: BTreeMap<String, String>,
    /// The definition that they are.
    pub api: Api,
    /// What the document says and the definition cannot, as `place: what`.
    pub notes: Vec<String>,
}

/// A definition that is there already.
pub struct Known {
    /// What it says.
    pub api: Api,
    /// The files that no document gives, as they are: a person may have changed them.
    pub hand_made: BTreeMap<String, String>,
}

impl Known {
    /// The definition in a folder; none where there is none yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn in_folder(folder: &Path) -> Result<Option<Self>> {
        if !folder.join("services").is_dir() {
            return Ok(None);
        }
        let texts = keep::HAND_MADE
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), std::fs::read_to_string(folder.join(name)).ok()?)));
        Ok(Some(Self { api: Api::load(folder)?, hand_made: texts.collect() }))
    }
}

impl From<Api> for Known {
    fn from(api: Api) -> Self {
        Self { api, hand_made: BTreeMap::new() }
    }
}

/// Reads a document's text into a definition. `known` is the definition that is there already.
///
/// `descriptions`: whether the document's sentences stand in where there are none of one's own.
///
/// # Errors
/// When the document isn't an OpenAPI 3 document, or what it says makes no sound definition.
pub fn import(document: &str, known: Option<&Known>, descriptions: bool) -> Result<Imported> {
    let document = document::Document::parse(document)?;
    let mut draft = draft::Draft::default();
    let builtin = Api::embedded()?;
    let knowledge = known.map_or(&builtin, |known| &known.api);
    unions::find(&document, knowledge, &mut draft);
    models::read(&document, &mut draft)?;
    methods::read(&document, &mut draft)?;
    if !descriptions {
        draft.forget_sentences();
    }
    keep::what_documents_lack(knowledge, &mut draft);
    if let Some(known) = known {
        keep::sentences(&known.api, &mut draft);
    }
    let mut files = write::files(&draft);
    files.extend(known.map(|known| known.hand_made.clone()).unwrap_or_default());
    let notes = std::mem::take(&mut draft.notes);
    keep::client(&document, &mut files);
    let api = Api::from_texts(files.clone()).context("the document makes no sound definition")?;
    Ok(Imported { files, api, notes })
}

/// Puts an import into a folder: its files are written, others of the definition go. Hand-made files stay:
/// `client.toml` but for its versions, `errors.toml`, `helpers.toml`, `scopes.toml`, `secrets.toml`.
///
/// # Errors
/// When the folder holds something else, or a file cannot be read or written.
pub fn write_into(folder: &Path, imported: &Imported) -> Result<()> {
    const PARTS: [&str; 2] = ["services", "models"];
    ensure!(
        folder.join("client.toml").exists() || PARTS.iter().all(|part| !folder.join(part).exists()),
        "{} is no definition, but has a folder called as a part of one; choose another folder",
        folder.display()
    );
    for part in PARTS {
        let place = folder.join(part);
        std::fs::create_dir_all(&place).with_context(|| place.display().to_string())?;
        for entry in std::fs::read_dir(&place)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                std::fs::remove_file(&path).with_context(|| path.display().to_string())?;
            }
        }
    }
    for (path, text) in &imported.files {
        let place = folder.join(path);
        std::fs::write(&place, text).with_context(|| place.display().to_string())?;
    }
    Ok(())
}
