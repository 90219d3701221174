//! Services and methods.

use super::raw::{self, FullEntry};
use super::{Files, Problems};
use crate::availability::Availability;
use crate::service::{
    Content, DatedBy, Deprecation, HttpMethod, Method, Param, Place, Returns, Service, Source, Upload,
};
use crate::types::{Marked, Type};
use indexmap::IndexMap;

type Glossary = IndexMap<String, String>;

/// Who may call a method whose scopes are known, unless it says otherwise.
const USUAL_AUTH: [&str; 2] = ["admin", "key"];

pub(super) fn read(files: &Files, glossary: &Glossary, problems: &mut Problems) -> IndexMap<String, Service> {
    let mut services = IndexMap::new();
    for (path, base) in files.under("services") {
        let raw: raw::Service = match files.parse(path) {
            Ok(raw) => raw,
            Err(error) => {
                problems.add(path, error);
                continue;
            }
        };
        if raw.name != base {
            problems.add(path, format!("the service is called `{}`, so must be the file", raw.name));
        }
        let methods = methods(path, &raw.name, raw.methods, glossary, problems);
        let available = methods
            .values()
            .map(|method| method.available.clone())
            .reduce(Availability::or)
            .unwrap_or_default();
        let service =
            Service { name: raw.name.clone(), class: raw.class, about: raw.about, available, methods };
        let _ = services.insert(raw.name, service);
    }
    services.sort_unstable_keys();
    services
}

pub(super) fn methods(
    path: &str,
    service: &str,
    raw: IndexMap<String, raw::Method>,
    glossary: &Glossary,
    problems: &mut Problems,
) -> IndexMap<String, Method> {
    let mut methods = IndexMap::with_capacity(raw.len());
    let mut aliases = Vec::new();
    for (name, method) in raw {
        if method.alias_of.is_some() {
            // Its target may stand below it; keep the place.
            aliases.push((methods.len() + aliases.len(), name, method));
        } else if let Some(method) = method_from(path, service, &name, method, glossary, problems) {
            let _ = methods.insert(name, method);
        }
    }
    for (index, name, raw) in aliases {
        let place = format!("{path}: {name}");
        let target = raw.alias_of.unwrap_or_default();
        let Some(method) = methods.get(&target) else {
            problems.add(place, format!("alias_of = \"{target}\" names no method of this service"));
            continue;
        };
        let since = match raw.deprecated {
            Some(raw::Deprecated::Since(since) | raw::Deprecated::Full { since, .. }) => since,
            None => String::new(),
        };
        let alias = Method {
            id: format!("{service}.{name}"),
            name: name.clone(),
            deprecated: Some(Deprecation { since, replace_with: method.id.clone() }),
            alias_of: Some(target),
            ..method.clone()
        };
        let _ = methods.shift_insert(index.min(methods.len()), name, alias);
    }
    methods
}

fn method_from(
    path: &str,
    service: &str,
    name: &str,
    raw: raw::Method,
    glossary: &Glossary,
    problems: &mut Problems,
) -> Option<Method> {
    let place = format!("{path}: {name}");
    let http_methods = [
        (HttpMethod::Get, raw.get),
        (HttpMethod::Post, raw.post),
        (HttpMethod::Put, raw.put),
        (HttpMethod::Patch, raw.patch),
        (HttpMethod::Delete, raw.delete),
    ];
    let mut routes = http_methods.into_iter().filter_map(|(http_method, path)| Some((http_method, path?)));
    let (Some((http_method, route)), None) = (routes.next(), routes.next()) else {
        problems.add(place, "give one of get, post, put, patch or delete, with the path");
        return None;
    };
    let params: IndexMap<String, Param> = raw
        .params
        .into_iter()
        .filter_map(|(param, entry)| {
            let place = format!("{place}.{param}");
            Some((
                param.clone(),
                param_from(&place, &param, entry.into(), http_method, &route, glossary, problems)?,
            ))
        })
        .collect();
    let content = match raw.content.as_deref() {
        None if params.values().any(|param| param.kind == Type::File) => Content::Multipart,
        None if http_method == HttpMethod::Get => Content::None,
        None | Some("json") => Content::Json,
        Some("multipart") => Content::Multipart,
        Some("none") => Content::None,
        Some(other) => {
            problems.add(place.as_str(), format!("content = \"{other}\": write json, multipart or none"));
            Content::None
        }
    };
    let auth = match raw.auth {
        Some(auth) => auth,
        None if raw.scopes.is_empty() => Vec::new(),
        None => USUAL_AUTH.map(str::to_owned).to_vec(),
    };
    let mut headers = raw.headers;
    headers.sort_unstable_keys();
    Some(Method {
        id: format!("{service}.{name}"),
        name: name.to_owned(),
        service: service.to_owned(),
        http_method,
        path: route,
        self_hosted_path: raw.self_hosted_path,
        about: raw.about,
        params,
        returns: returns_from(raw.returns.as_deref()),
        list: None,
        generic: false,
        content,
        accept: raw.accept.unwrap_or_else(|| "application/json".to_owned()),
        headers,
        project_header: raw.project_header.unwrap_or(true),
        several: raw.several,
        dated_by: raw.dated_by.and_then(|text| dated_by(&place, &text, problems)),
        upload: raw.upload.map(|upload| Upload {
            file: upload.file,
            id: upload.id,
            chunked: upload.chunked.unwrap_or(true),
        }),
        scopes: raw.scopes,
        auth,
        rate_limit: raw.rate_limit,
        available: problems.or_default(&place, Availability::parse(raw.available.as_deref())),
        deprecated: raw.deprecated.map(|deprecated| match deprecated {
            raw::Deprecated::Since(since) => Deprecation { since, replace_with: String::new() },
            raw::Deprecated::Full { since, replace_with } => Deprecation { since, replace_with },
        }),
        alias_of: None,
    })
}

/// `getFile.$createdAt`
fn dated_by(place: &str, text: &str, problems: &mut Problems) -> Option<DatedBy> {
    let parts = text.split_once('.').filter(|(method, field)| !method.is_empty() && !field.is_empty());
    if parts.is_none() {
        let example = "`getFile.$createdAt`";
        problems.add(
            place,
            format!("dated_by names a method of the service and a field of its model: {example}"),
        );
    }
    parts.map(|(method, field)| DatedBy { method: method.to_owned(), field: field.to_owned() })
}

/// Whether a name is a model's or a union's is known only with all files read; until then it is a model's.
fn returns_from(returns: Option<&str>) -> Returns {
    match returns {
        None | Some("empty") => Returns::Empty,
        Some("json") => Returns::Json,
        Some("bytes") => Returns::Bytes,
        Some("text") => Returns::Text,
        Some("redirect") => Returns::Redirect,
        Some(name) => Returns::Model(name.to_owned()),
    }
}

fn param_from(
    place: &str,
    name: &str,
    entry: FullEntry,
    http_method: HttpMethod,
    route: &str,
    glossary: &Glossary,
    problems: &mut Problems,
) -> Option<Param> {
    let marked = match Marked::parse(&entry.r#type) {
        Ok(marked) => marked,
        Err(error) => {
            problems.add(place, error);
            return None;
        }
    };
    let source = match entry.source.as_deref() {
        None => None,
        Some("project") => Some(Source::Project),
        Some(other) => {
            problems.add(place, format!("source = \"{other}\": only `project` is known"));
            None
        }
    };
    Some(Param {
        name: name.to_owned(),
        kind: marked.kind,
        self_hosted_kind: kind_from(place, entry.self_hosted_type.as_deref(), problems),
        required: marked.required,
        nullable: marked.nullable,
        place: if route.contains(&format!("{{{name}}}")) {
            Place::Path
        } else if http_method == HttpMethod::Get {
            Place::Query
        } else {
            Place::Body
        },
        source,
        secret: false,
        available: problems.or_default(place, Availability::parse(entry.available.as_deref())),
        about: meaning(entry.about, name, glossary),
    })
}

pub(super) fn kind_from(place: &str, text: Option<&str>, problems: &mut Problems) -> Option<Type> {
    match Type::parse(text?) {
        Ok(kind) => Some(kind),
        Err(error) => {
            problems.add(place, error);
            None
        }
    }
}

/// Its own words, else the glossary's.
pub(super) fn meaning(own: String, name: &str, glossary: &Glossary) -> String {
    if own.is_empty() { glossary.get(name).cloned().unwrap_or_default() } else { own }
}
