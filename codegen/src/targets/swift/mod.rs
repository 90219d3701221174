//! The Swift package: enums, models, services and the tests that call every method.

mod enums;
mod errors;
mod flows;
mod helpers;
mod ids;
mod models;
mod names;
mod options;
mod samples;
mod services;
mod settings;
mod taken;
mod tests;
mod transfers;
mod types;
mod unions;

pub use self::names::{identifier, member};
use crate::target::{File, Target};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;

/// The Swift package.
pub(super) struct Swift;

impl Target for Swift {
    fn name(&self) -> &'static str {
        "swift"
    }

    fn folders(&self) -> &'static [&'static str] {
        &[
            "bindings-swift/Sources/PolywriteEnums/generated",
            "bindings-swift/Sources/PolywriteModels/generated",
            "bindings-swift/Sources/Polywrite/generated",
            "bindings-swift/Tests/PolywriteTests/generated",
        ]
    }

    fn hand_written(&self) -> &'static [&'static str] {
        &["bridge", "core", "models", "schema", "bindings-swift"]
    }

    // The templates write what `swift format` would, and `./dev lint swift` holds them to it: the toolchain, of some
    // gigabytes, is not where every definition is changed.
    fn render(&self, api: &Api) -> Result<Vec<File>> {
        let templates = Templates::of("swift");
        let original = api;
        let api = &taken::NAMES.renamed(original);
        let mut files = enums::render(api, &templates)?;
        files.extend(models::render(api, &templates)?);
        files.extend(unions::render(api, &templates)?);
        files.extend(services::render(api, original, &templates)?);
        files.extend(flows::render(api, &templates)?);
        files.extend(errors::render(api, &templates)?);
        files.push(options::render(api, &templates)?);
        files.push(settings::render(api, &templates)?);
        files.extend(helpers::render(api, &templates)?);
        files.extend(ids::render(api, &templates)?);
        files.push(transfers::render(api, &templates)?);
        files.extend(tests::render(api, &templates)?);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }
}
