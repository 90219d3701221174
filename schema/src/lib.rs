//! The schema of an Appwrite project as plain values.
//!
//! [`model`] is what a project is made of. [`live`] reads it from a server, [`config`] from Appwrite's own
//! `appwrite.config.json`.

pub mod config;
mod error;

pub mod live;
pub mod model;
mod wire;

pub use error::{Error, Result};
pub use model::Schema;
