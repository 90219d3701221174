//! What goes beyond single calls: lists that are read page by page, and waits.

use super::{Files, Problems};
use crate::list::{self, List, Paging};
use crate::types::Type;
use crate::wait::{self, Wait, Waits};
use crate::{Api, HttpMethod, Method, Returns};
use indexmap::IndexMap;

/// Marks the methods whose lists are read page by page, and notes exceptions that fit none.
pub(super) fn lists(api: &mut Api, files: &Files, problems: &mut Problems) {
    let raw: list::Raw = files.parse_or_default("lists.toml", problems);
    if raw.page_size == 0 {
        problems.add("lists.toml", "page_size is at least 1");
    }
    api.page_size = raw.page_size;
    let found: Vec<(String, String, List)> = api
        .services
        .values()
        .flat_map(|service| service.methods.values())
        .filter_map(|method| Some((method.service.clone(), method.name.clone(), of(api, method, &raw)?)))
        .collect();
    for id in raw.offsets.keys() {
        let by_id = |(service, name, list): &&(String, String, List)| {
            format!("{service}.{name}") == *id && list.paging == Paging::Offset
        };
        if !found.iter().any(|it| by_id(&it)) {
            problems.add(format!("lists.toml: offsets.{id}"), "no method of this name lists by queries");
        }
        if api
            .method(id)
            .and_then(|method| items(api, method))
            .is_some_and(|(_, item)| !has(api, item, "$id"))
        {
            problems.add(format!("lists.toml: offsets.{id}"), "leave it out: its items have no `$id`");
        }
    }
    for (item, field) in &raw.cursors {
        let kind =
            if api.unions.contains_key(item) { Type::Union(item.clone()) } else { Type::Model(item.clone()) };
        if !has(api, &kind, field) {
            problems.add(format!("lists.toml: cursors.{item}"), format!("it has no field `{field}`"));
        }
    }
    for (service, name, list) in found {
        let method = api.services.get_mut(&service).and_then(|service| service.methods.get_mut(&name));
        method.map(|method| method.list = Some(list)).unwrap_or_default();
    }
}

/// Writes how long a transaction stays open into the sentences that say `{ttl}`.
pub(super) fn say_ttl(api: &mut Api) {
    let (begin, ttl) = (&api.transactions.begin, api.transactions.ttl.to_string());
    let begin = api.services.values_mut().filter_map(|service| service.methods.get_mut(begin));
    for param in begin.flat_map(|method| method.params.values_mut()) {
        param.about = param.about.replace("{ttl}", &ttl);
    }
}

fn of(api: &Api, method: &Method, raw: &list::Raw) -> Option<List> {
    let rest = method.name.strip_prefix("list")?;
    if method.http_method != HttpMethod::Get || rest.starts_with(|letter: char| letter.is_lowercase()) {
        return None;
    }
    let (field, item) = items(api, method)?;
    let takes = |name: &str, kind: &Type| method.params.get(name).is_some_and(|param| param.kind == *kind);
    let cursor = match item {
        Type::Model(name) | Type::Union(name) => raw.cursors.get(name),
        _ => None,
    };
    let paging = if takes("queries", &Type::Array(Box::new(Type::String))) {
        match cursor {
            _ if raw.offsets.contains_key(&method.id) => Paging::Offset,
            Some(field) => Paging::Cursor(field.clone()),
            None if has(api, item, "$id") => Paging::Cursor("$id".to_owned()),
            None => Paging::Offset,
        }
    } else if takes("limit", &Type::Integer) && takes("offset", &Type::Integer) {
        Paging::Parameters
    } else {
        return None;
    };
    Some(List { items: field.to_owned(), paging })
}

/// The one list of objects beside a count that a method returns: its field and the type of its items.
fn items<'a>(api: &'a Api, method: &Method) -> Option<(&'a str, &'a Type)> {
    let Returns::Model(name) = &method.returns else { return None };
    let model = api.models.get(name)?;
    let lists: Vec<(&str, &Type)> = model
        .fields
        .values()
        .filter_map(|field| match &field.kind {
            Type::Array(item) if matches!(**item, Type::Model(_) | Type::Union(_)) => {
                Some((field.name.as_str(), &**item))
            }
            _ => None,
        })
        .collect();
    let counts = model.fields.values().any(|field| field.kind == Type::Integer);
    match lists[..] {
        [one] if counts && model.fields.len() == 2 => Some(one),
        _ => None,
    }
}

/// Whether every such object has a field that is text.
pub(crate) fn has(api: &Api, kind: &Type, field: &str) -> bool {
    let text = |model: &str| {
        api.models
            .get(model)
            .and_then(|model| model.fields.get(field))
            .is_some_and(|field| matches!(field.kind, Type::String | Type::Enum(_)) && field.required)
    };
    match kind {
        Type::Model(name) => text(name),
        Type::Union(name) => api
            .unions
            .get(name)
            .is_some_and(|union| union.variants.iter().all(|variant| text(&variant.model))),
        _ => false,
    }
}

pub(super) fn waits(files: &Files, problems: &mut Problems) -> Waits {
    let raw: wait::Raw = files.parse_or_default("waits.toml", problems);
    let mut all = IndexMap::new();
    for (id, wait) in raw.waits {
        let Some((service, name)) = id.split_once('.') else {
            problems.add(
                format!("waits.toml: waits.{id}"),
                "write the service and the name: `tablesDB.waitForColumn`",
            );
            continue;
        };
        let (service, name) = (service.to_owned(), name.to_owned());
        let wait::RawWait { about, read, statuses, parts } = wait;
        let _ = all.insert(id.clone(), Wait { id, service, name, about, read, parts, statuses });
    }
    Waits {
        first_pause: raw.first_pause,
        all,
        statuses: raw.statuses,
        paces: raw.paces,
        left_out: raw.left_out,
    }
}
