//! Methods: every operation of the document, under each of the names that it has in SDKs.

use super::document::{Document, Operation};
use super::draft::{Call, Draft, Service, class_name, sentence};
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
                    add(document, &operation, Some(method), draft, (service, name))?;
                }
            }
            [] => {
                let service = tag(&operation);
                let name = name(&operation, service);
                add(document, &operation, None, draft, (service, &name))?;
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

fn add(
    document: &Document,
    operation: &Operation<'_>,
    variant: Option<&Json>,
    draft: &mut Draft,
    (tag, name): (&str, &str),
) -> Result<()> {
    let (service, name) = (word(tag), word(name));
    ensure!(
        !service.is_empty() && !name.is_empty(),
        "{} {} has no name: give it an `operationId` and a tag with letters in them",
        operation.http_method.to_uppercase(),
        operation.path
    );
    let call = call(document, operation, variant, draft, &name);
    let entry = draft.services.entry(service.clone()).or_insert_with(|| Service {
        class: class_name(tag, "Service"),
        about: sentence(document.tag_description(tag)),
        ..Service::default()
    });
    ensure!(
        entry.methods.insert(name.clone(), call).is_none(),
        "the document has {service}.{name} twice; every operation needs a name of its own"
    );
    Ok(())
}

/// A name that files and programs can have: of one that is not a word, its words: `pet store` → `petStore`.
fn word(name: &str) -> String {
    let is_word = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '-');
    if is_word { name.to_owned() } else { names::camel(name).trim_matches('_').to_owned() }
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
            let text = |key: &str| sentence(it[key].as_str().unwrap_or_default());
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
