//! Types of an Appwrite project's rows, in four languages.
//!
//! [`write`] makes one file of a schema. The file is formatted already, as the language's usual formatter would do it, and
//! the same schema gives the same file.

mod layout;
mod outline;
mod python;
mod rust;
mod singular;
mod swift;
mod typescript;

use anyhow::{Result, bail};
use include_dir::{Dir, include_dir};
use polywrite_codegen::templates::Templates;
use polywrite_schema::Schema;

use outline::Outline;
pub use python::Rows;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// What the types are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// TypeScript, formatted as prettier does it.
    TypeScript,
    /// Python, formatted as `ruff format` does it, and what its rows are.
    Python(Rows),
    /// Swift, formatted as `swift format` does it.
    Swift,
    /// Rust, formatted as rustfmt does it.
    Rust,
}

/// Writes the types of a schema's tables.
///
/// # Errors
/// When the schema has no table.
pub fn write(schema: &Schema, language: Language) -> Result<String> {
    let outline = Outline::of(schema);
    if outline.databases.is_empty() {
        bail!("there is no table to write types of");
    }
    let text = match language {
        Language::TypeScript => typescript::write(&outline),
        Language::Python(rows) => python::write(&outline, rows),
        Language::Swift => swift::write(&outline),
        Language::Rust => rust::write(&outline),
    }?;
    Ok(format!("{}\n", text.trim_end()))
}

fn templates(language: &'static str) -> Templates {
    Templates::within(&TEMPLATES, language)
}
