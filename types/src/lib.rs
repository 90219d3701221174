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
/// When the schema has no table, or an ID or a key that no server accepts.
pub fn write(schema: &Schema, language: Language) -> Result<String> {
    let outline = Outline::of(schema);
    if outline.databases.is_empty() {
        bail!("there is no table to write types of");
    }
    require_names(&outline)?;
    let text = match language {
        Language::TypeScript => typescript::write(&outline),
        Language::Python(rows) => python::write(&outline, rows),
        Language::Swift => swift::write(&outline),
        Language::Rust => rust::write(&outline),
    }?;
    Ok(format!("{}\n", text.trim_end()))
}

/// IDs and keys stand in comments: others than servers accept could be code, in a file that someone else has written.
fn require_names(outline: &Outline<'_>) -> Result<()> {
    for database in &outline.databases {
        require_name(database.id)?;
        for table in &database.tables {
            require_name(table.id)?;
            table.columns.iter().try_for_each(|column| require_name(column.key))?;
        }
    }
    Ok(())
}

fn require_name(name: &str) -> Result<()> {
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-$".contains(&byte));
    if !is_name {
        bail!(
            "{name:?} is not the ID or key of anything on a server: these have letters, digits and `.`, `-`, `_`"
        );
    }
    Ok(())
}

fn templates(language: &'static str) -> Templates {
    Templates::within(&TEMPLATES, language)
}
