//! Methods: every operation of the document, under each of the names that it has in SDKs.

use super::document::{Document, Operation};
use super::draft::{Call, Draft, Service, sentence};
use super::json::Json;
use super::params;
use super::responses::{auth, response, scopes};
use anyhow::{Result, ensure};
use polywrite_api::names;
use std::collections::HashSet;

pub(super) fn read(document: &Document, draft: &mut Draft) -> Result<()> {
    for operation in document.operations() {
        let extra = &operation.value["x-appwrite"];
        // The client itself asks for a sign of life.
        if operation.path == "/ping" {
            continue;
        }
        match extra["methods"].elements() {
            methods @ [_, ..] => {
                for method in methods {
                    let service = method["namespace"].as_str().unwrap_or_else(|| tag(&operation));
                    let name = method["name"].as_str().unwrap_or_default();
                    let call = call(document, &operation, Some(method), draft, name);
                    add(document, draft, service, name, call)?;
                }
            }
            [] => {
                let service = tag(&operation);
                let name = name(&operation, service);
                let call = call(document, &operation, None, draft, &name);
                add(document, draft, service, &name, call)?;
            }
        }
    }
    for route in document.other_routes() {
        draft.note(
            &route.http_method.to_uppercase(),
            route.path,
            "no call has this HTTP method; the operation is left out",
        );
    }
    ensure!(!draft.services.is_empty(), "the document has no operations");
    draft.services.values_mut().for_each(aliases);
    replacements(draft);
    Ok(())
}

fn tag<'a>(operation: &Operation<'a>) -> &'a str {
    operation.value["tags"][0].as_str().unwrap_or("api")
}

/// Appwrite says it; else the operation's ID without the service before it.
fn name(operation: &Operation<'_>, service: &str) -> String {
    if let Some(name) = operation.value["x-appwrite"]["method"].as_str() {
        return name.to_owned();
    }
    let id = operation.value["operationId"].as_str().unwrap_or(operation.path);
    let words = names::pascal(id);
    let rest = words.strip_prefix(&names::pascal(service)).filter(|rest| !rest.is_empty()).unwrap_or(&words);
    rest.chars().take(1).flat_map(char::to_lowercase).chain(rest.chars().skip(1)).collect()
}

fn add(document: &Document, draft: &mut Draft, service: &str, name: &str, call: Call) -> Result<()> {
    let entry = draft.services.entry(service.to_owned()).or_insert_with(|| Service {
        class: names::pascal(service),
        about: sentence(document.tag_description(service)),
        ..Service::default()
    });
    ensure!(
        entry.methods.insert(name.to_owned(), call).is_none(),
        "the document has {service}.{name} twice; every operation needs a name of its own"
    );
    Ok(())
}

/// `variant` is one of several methods for the operation, with some of its parameters and a response of its own.
fn call(
    document: &Document,
    operation: &Operation<'_>,
    variant: Option<&Json>,
    draft: &mut Draft,
    name: &str,
) -> Call {
    let extra = &operation.value["x-appwrite"];
    let said = |key: &str| variant.unwrap_or(extra)[key].clone();
    let (params, upload) = params::read(document, operation, variant, name, draft);
    let (returns, accept) = response(document, operation, &said("responses"), draft);
    let limit = extra["rate-limit"].as_u64().filter(|limit| *limit > 0);
    let period = extra["rate-time"].as_u64().filter(|period| *period > 0).unwrap_or(HOUR);
    let description = said("description");
    let about = description.as_str().or(operation.value["description"].as_str()).unwrap_or_default();
    Call {
        http_method: operation.http_method.to_owned(),
        path: operation.path.to_owned(),
        about: sentence(about),
        returns,
        accept,
        project_header: !params.values().any(|entry| entry.from_project),
        upload,
        scopes: scopes(&extra["scope"]),
        auth: auth(operation.value),
        rate_limit: limit.map(|limit| limit * HOUR / period),
        deprecated: Some(said("deprecated")).filter(|it| it.as_object().is_some()).map(|it| {
            let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
            (text("since"), text("replaceWith"))
        }),
        params,
        ..Call::default()
    }
}

/// Seconds: the definition counts calls by the hour.
const HOUR: u64 = 3600;

/// Two spellings of the same call are one call: the deprecated one is an alias.
fn aliases(service: &mut Service) {
    let spelling = |name: &str| names::snake(name);
    let targets: Vec<(String, String)> = service
        .methods
        .iter()
        .filter(|(_, call)| call.deprecated.is_some())
        .filter_map(|(old, call)| {
            let same = |(new, other): &(&String, &Call)| {
                *new != old
                    && spelling(new) == spelling(old)
                    && other.path == call.path
                    && other.http_method == call.http_method
            };
            service.methods.iter().find(same).map(|(new, _)| (old.clone(), new.clone()))
        })
        .collect();
    for (old, new) in targets {
        if let Some(call) = service.methods.get_mut(&old) {
            call.alias_of = Some(new);
        }
    }
}

/// A replacement that the document doesn't have is no help.
fn replacements(draft: &mut Draft) {
    let ids: HashSet<String> = draft
        .services
        .iter()
        .flat_map(|(service, it)| it.methods.keys().map(move |method| format!("{service}.{method}")))
        .collect();
    for call in draft.services.values_mut().flat_map(|service| service.methods.values_mut()) {
        if let Some((_, instead)) = call.deprecated.as_mut().filter(|(_, instead)| !ids.contains(instead)) {
            instead.clear();
        }
    }
}
