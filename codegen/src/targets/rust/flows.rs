//! What stands above single calls: which operations write many rows, and which make transactions.

use super::operations::row_path;
use crate::target::{File, header};
use crate::templates::Templates;
use anyhow::Result;
use polywrite_api::{Api, BulkKind, BulkWrite, Service, names};
use serde_json::{Value, json};

pub(super) const BULK: &str = "core/src/flow/bulk/generated";
pub(super) const TRANSACTION: &str = "core/src/flow/transaction/generated";

pub(super) fn render(api: &Api, templates: &Templates) -> Result<Vec<File>> {
    let writes = api.services.values().flat_map(|service| {
        let writes = api.bulk.writes(service);
        writes.into_iter().map(|write| bulk(service, &write)).collect::<Vec<_>>()
    });
    let mut writes: Vec<Value> = writes.collect();
    writes.sort_by(|one, other| one["id"].as_str().cmp(&other["id"].as_str()));
    let bulk = json!({
        "header": header("bulk.toml"), "writes": writes,
        "limit": api.bulk.limit, "concurrency": api.bulk.concurrency,
    });
    let rules = &api.transactions;
    let services = rules.services(api).map(|service| {
        let calls =
            [("begin", &rules.begin), ("end", &rules.end), ("read", &rules.read), ("stage", &rules.stage)];
        let mut view = json!({ "name": service.name });
        for (role, name) in calls {
            view[role] = service
                .methods
                .get(name)
                .map_or(Value::Null, |method| row_path(&service.name, method).into());
        }
        view
    });
    let services: Vec<Value> = services.collect();
    let transaction = json!({
        "header": header("transactions.toml"), "services": services, "parameter": rules.parameter,
        "operations": rules.operations, "attempts": rules.attempts, "base_delay": rules.base_delay,
        "again": rules.again,
    });
    Ok(vec![
        File::new(format!("{BULK}/mod.rs"), templates.render("bulk.rs", bulk)?),
        File::new(format!("{TRANSACTION}/mod.rs"), templates.render("transactions.rs", transaction)?),
    ])
}

fn bulk(service: &Service, write: &BulkWrite) -> Value {
    json!({
        "row": bulk_row(service, write),
        "id": format!("{}.{}", service.name, write.name()),
        "kind": match write.kind {
            BulkKind::Create => "Create",
            BulkKind::Upsert => "Upsert",
            BulkKind::Update => "Update",
            BulkKind::Delete => "Delete",
        },
        "operation": row_path(&service.name, write.method),
        "list": row_path(&service.name, write.list),
        "parameter": write.parameter(),
    })
}

/// The name of a bulk write's row: `TABLES_DB_BULK_CREATE_ROWS`.
pub(super) fn bulk_row(service: &Service, write: &BulkWrite) -> String {
    names::screaming_snake(&format!("{}_{}", service.name, write.name()))
}
