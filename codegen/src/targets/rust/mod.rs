//! The Rust core: operation table, enums, models and services.

mod arguments;
mod enums;
mod error_kinds;
mod error_types;
mod events;
mod flows;
mod helpers;
mod ids;
mod models;
mod operations;
mod options;
mod secrets;
mod services;
mod settings;
mod taken;
mod text;
mod waits;

pub(crate) use self::operations::made_by;
pub(super) use self::taken::function;
use crate::target::{File, Target};
use crate::{format, templates::Templates};
use anyhow::Result;
use polywrite_api::Api;
use std::path::Path;
use std::process::Command;

/// The Rust core.
pub(super) struct Rust;

/// The modules of the services.
pub(crate) fn services(api: &Api) -> Vec<services::Module> {
    services::modules(&taken::NAMES.renamed(api))
}

impl Target for Rust {
    fn name(&self) -> &'static str {
        "rust"
    }

    fn folders(&self) -> &'static [&'static str] {
        &[
            error_kinds::FOLDER,
            error_types::FOLDER,
            events::FOLDERS[0],
            events::FOLDERS[1],
            flows::BULK,
            flows::TRANSACTION,
            settings::CLIENT,
            helpers::FOLDERS[0],
            helpers::FOLDERS[1],
            helpers::FOLDERS[2],
            helpers::FOLDERS[3],
            helpers::FOLDERS[4],
            ids::FOLDERS[0],
            ids::FOLDERS[1],
            waits::FOLDERS[0],
            waits::FOLDERS[1],
            "core/src/operations/generated",
            options::FOLDER,
            "core/src/services/generated",
            settings::SETTINGS,
            "models/src/enums/generated",
            "models/src/models/generated",
        ]
    }

    fn hand_written(&self) -> &'static [&'static str] {
        &["core", "models"]
    }

    fn render(&self, api: &Api) -> Result<Vec<File>> {
        let templates = Templates::of("rust");
        let api = &taken::NAMES.renamed(api);
        let mut files = operations::render(api, &templates)?;
        files.push(error_kinds::render(api, &templates)?);
        files.push(error_types::render(api, &templates)?);
        files.extend(events::render(api, &templates)?);
        files.extend(enums::render(api, &templates)?);
        files.extend(models::render(api, &templates)?);
        files.extend(services::render(api, &templates)?);
        files.extend(helpers::render(api, &templates)?);
        files.extend(flows::render(api, &templates)?);
        files.extend(ids::render(api, &templates)?);
        files.push(options::render(api, &templates)?);
        files.extend(settings::render(api, &templates)?);
        files.extend(waits::render(api, &templates)?);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }

    fn format(&self, root: &Path, file: File) -> Result<File> {
        let mut rustfmt = Command::new("rustfmt");
        rustfmt.arg("--edition").arg("2024").arg("--config-path").arg(root);
        Ok(File { text: format::through(&mut rustfmt, &file.text)?, ..file })
    }
}
