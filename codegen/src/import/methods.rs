//! Methods: every operation of the document, under each of the names that it has in SDKs.

use super::document::{Document, Operation, properties};
use super::draft::{Call, Draft, Entry, Service, sentence};
use anyhow::{Result, ensure};
use indexmap::IndexMap;
use polywrite_api::names;
use serde_json::Value;

pub(super) fn read(document: &Document<'_>, draft: &mut Draft) -> Result<()> {
    for operation in document.operations() {
        let extra = &operation.value["x-appwrite"];
        // The client itself asks for a sign of life.
        if operation.path == "/ping" {
            continue;
        }
        match extra["methods"].as_array().filter(|methods| !methods.is_empty()) {
            Some(methods) => {
                for method in methods {
                    let service = method["namespace"].as_str().unwrap_or_else(|| tag(&operation));
                    let name = method["name"].as_str().unwrap_or_default();
                    let call = call(document, &operation, Some(method), draft, name);
                    add(document, draft, service, name, call)?;
                }
            }
            None => {
                let service = tag(&operation);
                let name = name(&operation, service);
                let call = call(document, &operation, None, draft, &name);
                add(document, draft, service, &name, call)?;
            }
        }
    }
    draft.services.values_mut().for_each(aliases);
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

fn add(document: &Document<'_>, draft: &mut Draft, service: &str, name: &str, call: Call) -> Result<()> {
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

/// `variant` is one of several methods for the operation, with some of its parameters and an answer of its own.
fn call(
    document: &Document<'_>,
    operation: &Operation<'_>,
    variant: Option<&Value>,
    draft: &mut Draft,
    name: &str,
) -> Call {
    let extra = &operation.value["x-appwrite"];
    let mut params = IndexMap::new();
    let mut upload = None;
    let project = document.project_in_path().filter(|name| operation.path.contains(&format!("{{{name}}}")));
    if let Some(project) = project {
        params.insert(
            project.to_owned(),
            Entry { kind: "string!".to_owned(), about: "ID of the project.".to_owned(), from_project: true },
        );
    }
    for param in operation.value["parameters"].as_array().into_iter().flatten() {
        let (Some(wire), Some("path" | "query")) = (param["name"].as_str(), param["in"].as_str()) else {
            continue;
        };
        if params.contains_key(wire) {
            continue;
        }
        let required = param["required"] == true || param["in"] == "path";
        let about = sentence(param["description"].as_str().unwrap_or_default());
        params
            .insert(wire.to_owned(), entry(document, &param["schema"], (name, wire), required, about, draft));
    }
    for content in
        operation.value["requestBody"]["content"].as_object().into_iter().flat_map(|map| map.values())
    {
        for (wire, property, required) in properties(&content["schema"]) {
            let about = sentence(property["description"].as_str().unwrap_or_default());
            let entry = entry(document, property, (name, wire), required, about, draft);
            if entry.kind.starts_with("file") {
                upload = Some(wire.clone());
            }
            params.insert(wire.clone(), entry);
        }
        let id = properties(&content["schema"]).find(|(_, property, _)| property["x-upload-id"] == true);
        if let Some(file) = upload.take() {
            return finish(
                document,
                operation,
                variant,
                extra,
                params,
                Some((file, id.map(|(name, ..)| name.clone()))),
                project.is_some(),
            );
        }
    }
    finish(document, operation, variant, extra, params, None, project.is_some())
}

fn entry(
    document: &Document<'_>,
    schema: &Value,
    (owner, wire): (&str, &str),
    required: bool,
    about: String,
    draft: &mut Draft,
) -> Entry {
    let kind = document.kind(schema, owner, wire, draft);
    let marks = match (required, schema["x-nullable"] == true) {
        (true, true) => "!?",
        (true, false) => "!",
        (false, _) => "",
    };
    Entry { kind: format!("{kind}{marks}"), about, from_project: false }
}

fn finish(
    document: &Document<'_>,
    operation: &Operation<'_>,
    variant: Option<&Value>,
    extra: &Value,
    params: IndexMap<String, Entry>,
    upload: Option<(String, Option<String>)>,
    project_in_path: bool,
) -> Call {
    let said = |key: &str| variant.map_or(Value::Null, |variant| variant[key].clone());
    let mut params = chosen(params, variant);
    // Positional calls need what is required first; the path's own order stays.
    params.sort_by(|_, one, _, other| optional(one).cmp(&optional(other)));
    let deprecated = [said("deprecated"), extra["deprecated"].clone()].into_iter().find(Value::is_object);
    let deprecated =
        if variant.is_some() { Some(said("deprecated")).filter(Value::is_object) } else { deprecated };
    let limit = extra["rate-limit"].as_u64().filter(|limit| *limit > 0);
    let period = extra["rate-time"].as_u64().filter(|period| *period > 0).unwrap_or(3600);
    let (returns, accept) = answer(document, operation, &said("responses"));
    let about = said("description")
        .as_str()
        .or(operation.value["description"].as_str())
        .unwrap_or_default()
        .to_owned();
    Call {
        verb: operation.verb.to_owned(),
        path: operation.path.to_owned(),
        about: sentence(&about),
        returns,
        accept,
        project_header: !project_in_path,
        upload,
        scopes: scopes(&extra["scope"]),
        auth: auth(operation.value),
        rate_limit: limit.map(|limit| limit * 3600 / period),
        deprecated: deprecated.map(|it| {
            let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
            (text("since"), text("replaceWith"))
        }),
        params,
        ..Call::default()
    }
}

fn optional(entry: &Entry) -> bool {
    !entry.kind.contains('!')
}

/// The parameters that a variant has, in its order.
fn chosen(mut params: IndexMap<String, Entry>, variant: Option<&Value>) -> IndexMap<String, Entry> {
    let Some(names) = variant.and_then(|variant| variant["parameters"].as_array()) else { return params };
    let required = |name: &str| {
        variant
            .is_some_and(|it| it["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name)))
    };
    let mut chosen: IndexMap<String, Entry> = IndexMap::new();
    params.retain(|name, entry| {
        let keep = !entry.from_project;
        if !keep {
            chosen.insert(name.clone(), entry.clone());
        }
        keep
    });
    for name in names.iter().filter_map(Value::as_str) {
        if let Some(mut entry) = params.shift_remove(name) {
            let bare = entry.kind.trim_end_matches(['!', '?']).to_owned();
            let nullable = entry.kind.ends_with('?');
            entry.kind = match (required(name), nullable) {
                (true, true) => format!("{bare}!?"),
                (true, false) => format!("{bare}!"),
                (false, _) => bare,
            };
            chosen.insert(name.to_owned(), entry);
        }
    }
    chosen
}

/// What it answers, and the Accept header where that is not JSON.
fn answer(document: &Document<'_>, operation: &Operation<'_>, variant: &Value) -> (String, Option<String>) {
    let responses = operation.value["responses"].as_object().into_iter().flatten();
    let Some((status, response)) = responses.into_iter().find(|(code, _)| code.starts_with(['2', '3']))
    else {
        return ("json".to_owned(), None);
    };
    let content = response["content"].as_object().and_then(|content| content.iter().next());
    let kind = operation.value["x-appwrite"]["type"].as_str();
    let media = content.map(|(media, _)| media.as_str()).filter(|media| !media.is_empty());
    if kind == Some("webAuth") || status.starts_with('3') {
        return ("redirect".to_owned(), Some(media.unwrap_or("text/html").to_owned()));
    }
    if kind == Some("location") || content.is_some_and(|(_, it)| it["schema"]["format"] == "binary") {
        return ("bytes".to_owned(), Some(media.unwrap_or("*/*").to_owned()));
    }
    if let Some(reference) = variant[0]["model"].as_str() {
        return (returned(document.model(reference)), None);
    }
    match content {
        None => ("empty".to_owned(), None),
        Some((media, _)) if media.starts_with("text/") => ("text".to_owned(), Some(media.clone())),
        Some((_, content)) => {
            let kind = document.kind(&content["schema"], "", "", &mut Draft::default());
            (returned(kind), None)
        }
    }
}

/// Only models and unions have a name in an answer; everything else is JSON.
fn returned(kind: String) -> String {
    if kind.starts_with(char::is_uppercase) { kind } else { "json".to_owned() }
}

fn scopes(scope: &Value) -> Vec<String> {
    let one = scope.as_str().map(|scope| vec![scope.to_owned()]);
    let many =
        || scope.as_array().map(|all| all.iter().filter_map(|it| Some(it.as_str()?.to_owned())).collect());
    let scopes: Vec<String> = one.or_else(many).unwrap_or_default();
    // Not scopes that a key could have: they mark what is open to all.
    scopes.into_iter().filter(|scope| !scope.is_empty() && scope != "public" && scope != "global").collect()
}

fn auth(operation: &Value) -> Vec<String> {
    let schemes =
        operation["security"].as_array().into_iter().flatten().filter_map(Value::as_object).flatten();
    let mut auth: Vec<String> = schemes
        .filter_map(|(scheme, _)| match scheme.as_str() {
            "Key" => Some("key"),
            "Session" => Some("session"),
            "JWT" => Some("jwt"),
            _ => None,
        })
        .map(str::to_owned)
        .collect();
    auth.sort_unstable();
    auth.dedup();
    auth
}

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
                    && other.verb == call.verb
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
