//! The Python package: enums, models and services, sync and async.

mod bulk;
mod enums;
mod errors;
mod flows;
mod function;
mod helpers;
mod ids;
mod index;
mod models;
mod options;
mod samples;
mod services;
mod settings;
mod taken;
mod text;
mod transfers;

pub(super) use self::taken::function;
use crate::target::{File, Target};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;

/// The package. Its modules have the names that users import, so what is generated stands in packages of its own there.
const FOLDER: &str = "bindings-python/python/polywrite";

/// The Python package.
pub(super) struct Python;

impl Target for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn folders(&self) -> &'static [&'static str] {
        &[
            "bindings-python/python/polywrite/enums",
            errors::TYPES,
            errors::INNER,
            "bindings-python/python/polywrite/models",
            "bindings-python/python/polywrite/services",
            samples::FOLDER,
        ]
    }

    fn hand_written(&self) -> &'static [&'static str] {
        &["bridge", "core", "models", "schema", "bindings-python"]
    }

    fn left_out(&self, api: &Api) -> &'static [&'static str] {
        if api.services.contains_key("tablesDB") { &[] } else { &["bindings-python/python/polywrite/tables"] }
    }

    // The templates write what `ruff format` would, and the lint checks that: not everyone who changes the
    // definition has ruff.
    fn render(&self, api: &Api) -> Result<Vec<File>> {
        let templates = Templates::of("python");
        let api = &taken::NAMES.renamed(api);
        let mut files = enums::render(api, &templates)?;
        files.extend(models::render(api, &templates)?);
        files.extend(services::render(api, &templates)?);
        files.extend(errors::render(api, &templates)?);
        files.extend(helpers::render(api, &templates)?);
        files.extend(ids::render(api, &templates)?);
        files.push(options::render(api, &templates)?);
        files.extend(settings::render(api, &templates)?);
        files.push(samples::render(api, &templates)?);
        files.push(transfers::render(api, &templates)?);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }
}
