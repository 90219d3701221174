//! The names that each language gives to lists, waits, bulk writes and transactions.

use super::{node, python, rust, swift};
use crate::docs;
use crate::flow_options::{self, FlowOption};
use polywrite_api::{Api, BulkWrite, Method, names};
use serde_json::{Value, json};

/// What the table shows.
pub(super) fn context(api: &Api) -> Value {
    json!({
        "options": [
            options("Lists", flow_options::of_lists(api)),
            options("Waits", flow_options::of_waits(docs::time_limits(api))),
            options("Bulk writes", flow_options::of_bulk(api)),
            options("Transactions", flow_options::of_transactions(api)),
        ],
        "lists": lists(api),
        "waits": waits(api),
        "bulk": bulk(api),
        "transactions": api.transactions.services(api).map(|service| &service.class).collect::<Vec<_>>(),
        "operations": api.transactions.operations,
        "limit": api.bulk.limit,
    })
}

fn options(about: &str, options: Vec<FlowOption>) -> Value {
    let views: Vec<Value> = options
        .iter()
        .map(|option| {
            let snake = names::snake(option.name);
            json!({
                "rust": snake, "node": option.name, "python": snake, "swift": option.name,
                "default": option.default.as_deref().unwrap_or("none"), "about": option.about(""),
            })
        })
        .collect();
    json!({ "about": about, "options": views })
}

fn lists(api: &Api) -> Vec<Value> {
    let methods = api.methods().filter(|method| method.alias_of.is_none() && method.list.is_some());
    let view = |method: &Method| {
        let name = docs::iteration(&method.name);
        let mut row = row(&name, &method.id, docs::whereabouts(&method.available));
        row["rust"] = json!(format!("{}(…).items()", rust::function(&method.name)));
        row
    };
    methods.map(view).collect()
}

fn waits(api: &Api) -> Vec<Value> {
    let of_service = |service| docs::waits_of(api, service).collect::<Vec<_>>();
    let all = api.services.values().flat_map(of_service);
    all.map(|(wait, _)| row(&wait.name, &wait.id, Some(docs::of_wait(api, wait)))).collect()
}

fn bulk(api: &Api) -> Vec<Value> {
    let of_service = |service| {
        let writes = api.bulk.writes(service);
        writes.into_iter().map(|write| (write, &service.name)).collect::<Vec<_>>()
    };
    let all = api.services.values().flat_map(of_service);
    let view = |(write, service): (BulkWrite<'_>, &String)| {
        let name = write.name();
        row(&name, &format!("{service}.{name}"), Some(docs::bulk(&write)))
    };
    all.map(view).collect()
}

fn row(name: &str, id: &str, about: Option<String>) -> Value {
    json!({
        "id": id, "rust": rust::function(name), "node": node::method(name),
        "python": python::function(name), "swift": swift::identifier(name), "about": about.unwrap_or_default(),
    })
}
