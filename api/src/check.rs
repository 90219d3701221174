//! Rules that a definition must keep, beyond being readable.

mod waits;

use crate::client::FROM_ENVIRONMENT;
use crate::read::Problems;
use crate::service::{Method, Place};
use crate::types::Type;
use crate::{Api, Returns};
use std::collections::HashSet;

pub(crate) fn all(api: &Api, problems: &mut Problems) {
    for service in api.services.values() {
        let place = format!("services/{}.toml", service.name);
        sorted(&place, service.methods.keys(), problems);
    }
    for method in api.methods() {
        let place = format!("services/{}.toml: {}", method.service, method.name);
        path(&place, method, problems);
        order(&place, method, problems);
        upload(&place, method, problems);
        dated_by(api, &place, method, problems);
        for param in method.params.values() {
            known(api, &format!("{place}.{}", param.name), &param.kind, problems);
        }
        if let Returns::Model(name) = &method.returns
            && !api.models.contains_key(name)
        {
            problems.add(place.as_str(), format!("returns = \"{name}\": there is no such model or union"));
        }
        if let Some(deprecated) = &method.deprecated
            && !deprecated.replace_with.is_empty()
            && api.method(&deprecated.replace_with).is_none()
        {
            problems.add(place, format!("replace_with = \"{}\": no such method", deprecated.replace_with));
        }
    }
    for model in api.models.values() {
        for field in model.fields.values() {
            let place = format!("models/{}.toml: {}.{}", model.group, model.name, field.name);
            known(api, &place, &field.kind, problems);
        }
    }
    for union in api.unions.values() {
        for variant in &union.variants {
            let place = format!("unions.toml: {}", union.name);
            known(api, &place, &Type::Model(variant.model.clone()), problems);
        }
        if api.models.contains_key(&union.name) {
            problems.add(format!("unions.toml: {}", union.name), "a model has this name too");
        }
    }
    for name in ["enums.toml", "unions.toml", "glossary.toml"] {
        let mut keys: Box<dyn Iterator<Item = &String>> = match name {
            "enums.toml" => Box::new(api.enums.keys()),
            "unions.toml" => Box::new(api.unions.keys()),
            _ => continue,
        };
        sorted(name, &mut keys, problems);
    }
    kinds(api, problems);
    members(api, problems);
    events(api, problems);
    environment(api, problems);
    identity(api, problems);
    several(api, problems);
    waits::all(api, problems);
}

/// One method sends several files, and one fetches them.
fn several(api: &Api, problems: &mut Problems) {
    let mut marked = Vec::new();
    for method in api.methods().filter(|method| method.several && method.alias_of.is_none()) {
        let place = format!("services/{}.toml: {}", method.service, method.name);
        if method.upload.is_none() && method.returns != Returns::Bytes {
            problems.add(place.as_str(), "several: it neither sends a file nor returns bytes");
        }
        if marked.contains(&method.upload.is_some()) {
            problems.add(place, "several: another method does the same");
        }
        marked.push(method.upload.is_some());
    }
}

fn sorted<'a>(place: &str, keys: impl Iterator<Item = &'a String>, problems: &mut Problems) {
    let keys: Vec<&String> = keys.collect();
    if let Some(pair) = keys.windows(2).find(|pair| pair[0] > pair[1]) {
        problems.add(place, format!("keep the entries sorted: `{}` belongs before `{}`", pair[1], pair[0]));
    }
}

/// The placeholders of a path are parameters.
fn path(place: &str, method: &Method, problems: &mut Problems) {
    for route in [Some(&method.path), method.self_hosted_path.as_ref()].into_iter().flatten() {
        if !route.starts_with('/') {
            problems.add(place, format!("the path `{route}` must begin with a slash"));
        }
        let named: Vec<&str> = route.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        let unique: HashSet<&str> = named.iter().copied().collect();
        if unique.len() != named.len() {
            problems.add(place, format!("the path `{route}` names a parameter twice"));
        }
        for name in &unique {
            match method.params.get(*name) {
                None => problems.add(place, format!("the path names `{name}`, which is not a parameter")),
                Some(param) if !param.required => {
                    problems
                        .add(place, format!("`{name}` stands in the path, so it must be required: add `!`"));
                }
                Some(_) => {}
            }
        }
        let placed = method.params.values().filter(|param| param.place == Place::Path);
        for param in placed.filter(|param| !unique.contains(param.name.as_str())) {
            problems
                .add(place, format!("the path `{route}` lacks `{}`, which the other path has", param.name));
        }
    }
}

/// The core calls the method that `dated_by` names with the parameters of the one that has it.
fn dated_by(api: &Api, place: &str, method: &Method, problems: &mut Problems) {
    let Some(dated) = &method.dated_by else { return };
    let named = api.services.get(&method.service).and_then(|service| service.methods.get(&dated.method));
    let has_field = |returns: &Returns| match returns {
        Returns::Model(name) => {
            api.models.get(name).is_some_and(|model| model.fields.contains_key(&dated.field))
        }
        _ => false,
    };
    match named {
        None => problems.add(place, format!("dated_by: the service has no method `{}`", dated.method)),
        Some(named) if !has_field(&named.returns) => {
            problems.add(place, format!("dated_by: `{}` returns no `{}`", dated.method, dated.field));
        }
        Some(named) => {
            for param in named.params.values().filter(|param| param.required) {
                if !method.params.get(&param.name).is_some_and(|own| own.required) {
                    problems.add(place, format!("dated_by: `{}` needs `{}`", dated.method, param.name));
                }
            }
        }
    }
}

/// Positional calls need the required parameters first.
fn order(place: &str, method: &Method, problems: &mut Problems) {
    let mut optional = None;
    for param in method.arguments() {
        match optional {
            None if !param.required => optional = Some(&param.name),
            Some(earlier) if param.required => {
                problems.add(
                    place,
                    format!("`{}` is required and stands after `{earlier}`, which is not", param.name),
                );
            }
            _ => {}
        }
    }
}

fn upload(place: &str, method: &Method, problems: &mut Problems) {
    let files: Vec<&String> =
        method.params.values().filter(|param| param.kind == Type::File).map(|param| &param.name).collect();
    match &method.upload {
        None if files.is_empty() => {}
        None => problems.add(place, "a method with a file needs `upload`"),
        Some(upload) => {
            if files != [&upload.file] {
                problems
                    .add(place, format!("upload.file = \"{}\" must be its one file parameter", upload.file));
            }
            if let Some(id) = &upload.id
                && !method.params.contains_key(id)
            {
                problems.add(place, format!("upload.id = \"{id}\" is not a parameter"));
            }
        }
    }
}

fn known(api: &Api, place: &str, kind: &Type, problems: &mut Problems) {
    match kind.innermost() {
        Type::Enum(name) if !api.enums.contains_key(name) => {
            problems.add(place, format!("there is no enum `{name}`"));
        }
        Type::Model(name) if !api.models.contains_key(name) => {
            problems.add(place, format!("there is no model or union `{name}`"));
        }
        _ => {}
    }
}

fn members(api: &Api, problems: &mut Problems) {
    for item in api.enums.values() {
        let mut seen = HashSet::new();
        for member in &item.members {
            if !seen.insert(&member.value) {
                problems
                    .add(format!("enums.toml: {}", item.name), format!("`{}` occurs twice", member.value));
            }
        }
    }
}

fn events(api: &Api, problems: &mut Problems) {
    sorted("events.toml: payloads", api.events.payloads.keys(), problems);
    for (name, model) in api.events.payloads.iter().filter(|(_, model)| !model.is_empty()) {
        if !api.models.contains_key(model) && !api.unions.contains_key(model) {
            problems.add(format!("events.toml: {name}"), format!("there is no model or union `{model}`"));
        }
    }
}

fn environment(api: &Api, problems: &mut Problems) {
    for variable in api.client.environment.values() {
        if !FROM_ENVIRONMENT.contains(&variable.setting.as_str()) {
            problems.add(
                format!("client.toml: environment.{}", variable.name),
                format!("`{}` is not one of {}", variable.setting, FROM_ENVIRONMENT.join(", ")),
            );
        }
    }
}

/// Headers whose value the core knows.
const IDENTITY: [&str; 5] = ["user-agent", "x-sdk-language", "x-sdk-name", "x-sdk-platform", "x-sdk-version"];

fn identity(api: &Api, problems: &mut Problems) {
    for name in api.client.identity_headers.iter().filter(|name| !IDENTITY.contains(&name.as_str())) {
        let known = IDENTITY.join(", ");
        problems.add("client.toml: identity_headers", format!("`{name}` is not one of {known}"));
    }
    if api.client.chunk_size == 0 || api.client.upload_concurrency == 0 {
        problems.add("client.toml", "chunk_size and upload_concurrency are at least 1");
    }
}

/// A kind stands below one that comes before it, so that its class can be written after its parent's.
fn kinds(api: &Api, problems: &mut Problems) {
    for (place, kind) in api.kinds.values().enumerate() {
        let is_before = |name: &String| api.kinds.get_index_of(name).is_some_and(|parent| parent < place);
        if let Some(parent) = kind.under.as_ref().filter(|name| !is_before(name)) {
            problems
                .add(format!("kinds.toml: {}", kind.name), format!("no kind `{parent}` stands before it"));
        }
    }
    if !api.kinds.contains_key("api") {
        problems.add("kinds.toml", "the kind `api` is missing, which unknown kinds count as");
    }
}
