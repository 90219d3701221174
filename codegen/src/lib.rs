//! Writes every Polywrite facade from the API definition.
//!
//! A [`Target`] is a language: it turns the definition into files, most of them by templates in `templates/`.
//! The commands write these files, compare them, compare the definition with other sources, read a definition from
//! an OpenAPI document, and put a complete SDK together.

pub mod build;
pub mod commands;
pub mod docs;
pub mod flow_options;
pub mod format;
pub mod import;
mod literals;
pub mod output;
pub mod package;
pub mod target;
pub mod targets;
pub mod templates;
pub mod verify;

pub use target::{File, Target};
