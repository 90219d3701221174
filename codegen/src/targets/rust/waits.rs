//! What can be waited for: the table of waits and the meanings of statuses.

use super::operations::row_path;
use crate::docs::waits_of;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Wait, names};
use serde_json::{Value, json};

/// Where the page size stands, and where the waits.
pub(super) const FOLDERS: [&str; 2] = ["core/src/flow/pages/generated", "core/src/flow/wait/generated"];

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let context = json!({
        "header": header("waits.toml"),
        "first_pause": api.waits.first_pause,
        "statuses": statuses(api),
        "waits": waits(api),
    });
    let page = json!({ "header": header("lists.toml"), "page_size": api.page_size });
    Ok(vec![
        File::new(format!("{}/mod.rs", FOLDERS[0]), templates.render("page_size.rs", page)?),
        File::new(format!("{}/mod.rs", FOLDERS[1]), templates.render("waits.rs", context)?),
    ])
}

fn statuses(api: &Api) -> Vec<Value> {
    let all = api.waits.statuses.iter();
    let with_pace =
        all.filter_map(|(name, statuses)| Some((name, statuses, api.waits.paces.get(&statuses.pace)?)));
    let views = with_pace.map(|(name, statuses, pace)| {
        json!({
            "name": names::screaming_snake(name), "field": statuses.field, "done": statuses.done,
            "failed": statuses.failed, "reason": statuses.reason, "longest_pause": pace.longest_pause,
            "timeout": pace.timeout,
        })
    });
    views.collect()
}

fn waits(api: &Api) -> Vec<Value> {
    let all = api.services.values().flat_map(|service| waits_of(api, service));
    let views = all.map(|(wait, read)| {
        json!({
            "name": row_name(wait), "id": wait.id, "parts": wait.parts,
            "operation": row_path(&wait.service, read),
            "statuses": names::screaming_snake(&wait.statuses),
        })
    });
    views.collect()
}

/// The name of a wait's row: `TABLES_DB_WAIT_FOR_COLUMN`.
pub(super) fn row_name(wait: &Wait) -> String {
    format!("{}_{}", names::screaming_snake(&wait.service), names::screaming_snake(&wait.name))
}
