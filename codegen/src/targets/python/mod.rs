//! The Python package: enums, models and services, sync and async.

mod enums;
mod index;
mod models;
mod samples;
mod services;
mod taken;
mod text;

use crate::target::{File, Target};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;

/// The folder of everything that is generated; `bindings-python/python/polywrite` links to what is in it, so that
/// modules have the names that users know.
const FOLDER: &str = "bindings-python/generated";

/// The Python package.
pub(super) struct Python;

impl Target for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn folders(&self) -> &'static [&'static str] {
        &[FOLDER, samples::FOLDER]
    }

    fn hand_written(&self) -> &'static [&'static str] {
        &["core", "models", "bindings-python"]
    }

    // The templates write what `ruff format` would, and the lint checks that: not everyone who changes the
    // definition has ruff.
    fn render(&self, api: &Api) -> Result<Vec<File>> {
        let templates = Templates::of("python");
        let api = &taken::NAMES.renamed(api);
        let mut files = enums::render(api, &templates)?;
        files.extend(models::render(api, &templates)?);
        files.extend(services::render(api, &templates)?);
        files.push(samples::render(api, &templates)?);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }
}
