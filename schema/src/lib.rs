//! The schema of an Appwrite project as code: what it is made of, as plain values.
//!
//! ```no_run
//! use polywrite::Client;
//! use polywrite_schema::{PushOptions, plan, push, read};
//!
//! # async fn example() -> polywrite_schema::Result<()> {
//! let client = Client::from_env()?;
//! let wanted = read("polywrite.toml".as_ref())?;
//! print!("{}", plan(&client, &wanted).await?);
//! push(&client, &wanted, &PushOptions::default()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`model`] is what a project is made of. [`live`] reads it from a server, [`config`] from Appwrite's own
//! `appwrite.config.json`, [`file`](mod@file) from `polywrite.toml`. [`plan`](fn@plan) says what leads a server to a schema, and
//! [`push`](fn@push) does it.

mod api;
mod check;
mod compare;
pub mod config;
mod date;
mod diff;
mod error;
pub mod file;
pub mod live;
pub mod model;
mod plan;
mod push;
mod rename;
mod text;
mod wire;

pub use compare::Change;
pub use diff::diff;
pub use error::{Error, Result};
pub use model::Schema;
pub use plan::{Action, Plan, Step, Target, Thing};
pub use push::{Listener, PushOptions, plan, push};

/// Reads the schema that a file says: `polywrite.toml`, or Appwrite's own file, which ends with `.json`.
///
/// # Errors
/// [`Error::File`] when it cannot be read, [`Error::Invalid`] when it says what cannot be.
pub fn read(path: &std::path::Path) -> Result<Schema> {
    if path.extension().is_some_and(|extension| extension == "json") {
        return Ok(config::read(path)?.schema);
    }
    Ok(file::File::read(path)?.schema)
}
