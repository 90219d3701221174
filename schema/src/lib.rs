//! The schema of an Appwrite project as code: what it is made of, as plain values.
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
