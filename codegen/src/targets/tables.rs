//! Tables for the guides: what can be waited for, which lists are read page by page, and what all of it is called.

use super::flow_names;
use crate::target::{File, Target, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, Paging};
use serde_json::{Value, json};

/// The tables in `docs/generated`.
pub(super) struct Tables;

impl Target for Tables {
    fn name(&self) -> &'static str {
        "docs"
    }

    fn folders(&self) -> &'static [&'static str] {
        &["docs/generated"]
    }

    fn hand_written(&self) -> &'static [&'static str] {
        &["docs"]
    }

    fn render(&self, api: &Api) -> Result<Vec<File>> {
        let context = json!({
            "header": header("lists.toml and waits.toml"),
            "waits": waits(api),
            "statuses": statuses(api),
            "left_out": api.waits.left_out,
            "lists": lists(api),
            "page_size": api.page_size,
        });
        let templates = Templates::of("docs");
        let mut names = flow_names::context(api);
        names["header"] = json!(header("lists.toml, waits.toml, bulk.toml and transactions.toml"));
        Ok(vec![
            File::new("docs/generated/waits.md", templates.render("waits.md", context)?),
            File::new("docs/generated/flows.md", templates.render("flows.md", names)?),
        ])
    }
}

fn waits(api: &Api) -> Vec<Value> {
    let of = |wait: &polywrite_api::Wait| json!({ "id": wait.id, "read": format!("{}.{}", wait.service, wait.read), "statuses": wait.statuses, "parts": wait.parts });
    api.waits.all.values().map(of).collect()
}

fn statuses(api: &Api) -> Vec<Value> {
    let words = |values: &[String]| {
        let written =
            values.iter().map(|value| if value.is_empty() { "none".into() } else { format!("`{value}`") });
        written.collect::<Vec<String>>().join(", ")
    };
    let with_pace =
        api.waits.statuses.iter().filter_map(|(name, it)| Some((name, it, api.waits.paces.get(&it.pace)?)));
    let views = with_pace.map(|(name, it, pace)| {
        json!({
            "name": name, "field": it.field, "done": words(&it.done), "failed": words(&it.failed),
            "going": words(&it.going), "reason": it.reason, "longest_pause": pace.longest_pause / 1000,
            "timeout": pace.timeout / 1000,
        })
    });
    views.collect()
}

fn lists(api: &Api) -> Vec<Value> {
    let methods = api.methods().filter(|method| method.alias_of.is_none());
    let lists = methods.filter_map(|method| Some((method, method.list.as_ref()?)));
    let views = lists.map(|(method, list)| {
        let by = match &list.paging {
            Paging::Cursor(field) => format!("cursor, `{field}`"),
            Paging::Offset => "offset".to_owned(),
            Paging::Parameters => "the parameters `limit` and `offset`".to_owned(),
        };
        json!({ "id": method.id, "by": by })
    });
    views.collect()
}
