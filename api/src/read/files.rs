//! The files of a definition, from a folder or from the crate itself.

use super::Problems;
use crate::{Error, Result};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

/// Texts by path, sorted: `services/teams.toml`.
#[derive(Debug, Default)]
pub(crate) struct Files(BTreeMap<String, String>);

impl Files {
    pub(crate) fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let _ = self.0.insert(path.into(), text.into());
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    pub(crate) fn in_folder(folder: &Path) -> Result<Self> {
        let mut files = Self::default();
        for part in ["", "services", "models"] {
            let place = folder.join(part);
            if !part.is_empty() && !place.is_dir() {
                continue;
            }
            let located = |error| Error::one(place.display().to_string(), error);
            for entry in std::fs::read_dir(&place).map_err(located)? {
                let path = entry.map_err(located)?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if !name.ends_with(".toml") || (part.is_empty() && name == "Cargo.toml") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).map_err(located)?;
                files.insert(if part.is_empty() { name } else { format!("{part}/{name}") }, text);
            }
        }
        Ok(files)
    }

    /// The files of a folder with their base names: `teams` for `services/teams.toml`.
    pub(crate) fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.keys().filter_map(move |path| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".toml")?;
            Some((path.as_str(), name))
        })
    }

    pub(crate) fn parse<T: DeserializeOwned>(&self, path: &str) -> Result<T, String> {
        let text = self.0.get(path).ok_or("the file is missing")?;
        toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
    }

    /// As [`Files::parse`]; a missing file is an empty one.
    pub(crate) fn parse_or_default<T: DeserializeOwned + Default>(
        &self,
        path: &str,
        problems: &mut Problems,
    ) -> T {
        if self.0.contains_key(path) { problems.or_default(path, self.parse(path)) } else { T::default() }
    }
}
