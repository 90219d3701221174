//! The file `polywrite.toml`: a schema with comments of its own, and the servers that it is pushed to.

mod profile;
mod read;
mod value;
mod write;

use std::{collections::BTreeMap, fmt, path::Path};

use polywrite::one_line;
use toml_edit::{DocumentMut, TomlError};

use crate::{
    error::{Error, Result},
    live::Parts,
    model::Schema,
    text,
};

pub use profile::Profile;
pub(crate) use write::goes_without_saying;

/// What a new file begins with.
const HEAD: &str = "# What the project is made of: `polywrite schema push` brings a server to it.\n\n";

/// What stands at the top of a file. `types` is what `polywrite types` reads.
const SECTIONS: [&str; 5] = ["profiles", "databases", "buckets", "teams", "types"];

/// A file. Its text stays as it is, except for what [`pull`](Self::pull) changes.
#[derive(Clone, Debug)]
pub struct File {
    document: DocumentMut,
    /// The servers that it is pushed to, by the names that it gives them.
    pub profiles: BTreeMap<String, Profile>,
    /// What the project is made of, with both sides of each relationship.
    pub schema: Schema,
}

impl Default for File {
    fn default() -> Self {
        let mut document = DocumentMut::new();
        document.decor_mut().set_prefix(HEAD);
        Self { document, profiles: BTreeMap::new(), schema: Schema::default() }
    }
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::File`] when it cannot be read, [`Error::Invalid`] when it says what cannot be.
    pub fn read(path: &Path) -> Result<Self> {
        text::read(path).and_then(|text| text.parse()).map_err(|error| error.within(path))
    }

    /// Writes what the server has into the file's text: what it says otherwise is replaced, what it lacks added, what the
    /// server does not have removed. All else, comments too, stays. `parts` says what `live` has read of the server.
    ///
    /// # Errors
    /// [`Error::Invalid`] when a section of the file is not a table.
    pub fn pull(&mut self, live: &Schema, parts: &Parts) -> Result<()> {
        write::merge(&mut self.document, live, parts)?;
        self.schema = read::schema(self.document.as_table())?;
        Ok(())
    }

    /// Whether it has a section of this name: `teams`.
    pub fn has(&self, section: &str) -> bool {
        self.document.contains_key(section)
    }
}

impl std::str::FromStr for File {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let document: DocumentMut = text.parse().map_err(|cause| unparsed(text, &cause))?;
        if let Some((unknown, _)) = document.iter().find(|(name, _)| !SECTIONS.contains(name)) {
            let message = format!("this is not a section; there are {}", SECTIONS.join(", "));
            return Err(Error::invalid(format!("[{unknown}]"), message));
        }
        let profiles = document.get("profiles").map(value::of_item).map(profile::read).transpose()?;
        Ok(Self {
            profiles: profiles.unwrap_or_default(),
            schema: read::schema(document.as_table())?,
            document,
        })
    }
}

/// Where a text is not TOML. The line itself may hold a secret that should not be there, and stays out of it.
fn unparsed(text: &str, cause: &TomlError) -> Error {
    let before = cause.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Error::invalid(format!("line {line}, column {column}"), one_line(cause.message().to_owned()))
}

/// The text.
impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.document.fmt(f)
    }
}
