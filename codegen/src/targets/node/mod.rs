//! The npm package: services, models, enums, the client's setters and the helpers, in TypeScript.

mod arguments;
mod bulk;
mod docs;
mod enums;
mod errors;
mod events;
mod flow_options;
mod flows;
mod helpers;
mod ids;
mod models;
mod platforms;
mod secrets;
mod services;
mod settings;
mod taken;
mod transfers;
mod types;

pub(super) use self::taken::method;
use crate::target::{File, Target};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;

/// Where the files go.
const FOLDER: &str = "bindings-node/ts/generated";

/// TypeScript for Node.js. The templates write the final layout themselves, so no formatter has to be installed.
pub(super) struct Node;

impl Target for Node {
    fn name(&self) -> &'static str {
        "node"
    }

    fn folders(&self) -> &'static [&'static str] {
        &[FOLDER]
    }

    fn hand_written(&self) -> &'static [&'static str] {
        &["bindings-node", "bridge", "core", "models", "schema"]
    }

    fn render(&self, api: &Api) -> Result<Vec<File>> {
        let templates = Templates::of("node");
        let api = &taken::NAMES.renamed(api);
        let mut files = services::render(api, &templates)?;
        files.extend(models::render(api, &templates)?);
        files.push(enums::render(api, &templates)?);
        files.extend(errors::render(api, &templates)?);
        files.push(events::render(api, &templates)?);
        files.push(settings::render(api, &templates)?);
        files.push(platforms::render(&templates)?);
        files.push(secrets::render(api, &templates)?);
        files.push(flow_options::render(api, &templates)?);
        files.extend(helpers::render(api, &templates)?);
        files.extend(ids::render(api, &templates)?);
        files.push(transfers::render(api, &templates)?);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }
}
