//! The schema of an Appwrite project as code: what it is made of, as plain values.
//!
//! ```no_run
//! use polywrite::Client;
//! use polywrite_schema::{PushOptions, file::File, plan, push};
//!
//! # async fn example() -> polywrite_schema::Result<()> {
//! let client = Client::from_env()?;
//! let wanted = File::read("polywrite.toml".as_ref())?.schema;
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
mod wire;

pub use compare::Change;
pub use diff::diff;
pub use error::{Error, Result};
pub use model::Schema;
pub use plan::{Action, Plan, Step, Target, Thing};
pub use push::{Listener, PushOptions, plan, push};
