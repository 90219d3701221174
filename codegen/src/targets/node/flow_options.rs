//! The options of waits, bulk writes and transactions.

use super::{FOLDER, docs};
use crate::flow_options;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::Api;
use serde_json::{Value, json};

pub(super) fn render(api: &Api, templates: &Templates) -> Result<File> {
    let waits = flow_options::of_waits(crate::docs::time_limits(api));
    let options =
        waits.into_iter().chain(flow_options::of_bulk(api)).chain(flow_options::of_transactions(api));
    let comment = |text: String| Value::String(docs::comment(&[text], 4));
    let about: Value = options
        .map(|option| (option.name.to_owned(), comment(option.sentences(", in milliseconds"))))
        .collect();
    let context = json!({ "header": header("waits.toml"), "about": about });
    Ok(File::new(format!("{FOLDER}/flow-options.ts"), templates.render("flow_options.ts", context)?))
}
