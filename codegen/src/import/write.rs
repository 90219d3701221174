//! A draft as the definition's files: one a service, models by the service that uses them, recurring meanings once.

use super::draft::{Call, Draft, Entry, Model};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// Columns that a list may take.
const WIDTH: usize = 108;

pub(super) fn files(draft: &Draft) -> BTreeMap<String, String> {
    let glossary = glossary(draft);
    let mut files = BTreeMap::new();
    for (name, service) in &draft.services {
        let mut text =
            format!("name = {}\nclass = {}\n{}", quoted(name), quoted(&service.class), about(&service.about));
        for (method, call) in &service.methods {
            text.push_str(&call_text(method, call, &glossary));
        }
        files.insert(format!("services/{name}.toml"), text);
    }
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, model) in &draft.models {
        groups.entry(group(draft, name)).or_default().push(model_text(name, model, &glossary));
    }
    for (group, models) in groups {
        files.insert(format!("models/{group}.toml"), models.join("\n"));
    }
    files.insert("unions.toml".to_owned(), unions(draft));
    files.insert("enums.toml".to_owned(), enums(draft));
    let lines: String =
        glossary.iter().map(|(name, text)| format!("{} = {}\n", key(name), quoted(text))).collect();
    files.insert("glossary.toml".to_owned(), lines);
    files
}

fn call_text(name: &str, call: &Call, glossary: &BTreeMap<&str, &str>) -> String {
    let mut text = format!("\n[methods.{}]\n", key(name));
    let mut line = |key: &str, value: String| text.push_str(&format!("{key} = {value}\n"));
    if let (Some(target), Some((since, _))) = (&call.alias_of, &call.deprecated) {
        line("alias_of", quoted(target));
        line("deprecated", quoted(since));
        return text;
    }
    line(&call.http_method, quoted(&call.path));
    if !call.about.is_empty() {
        line("about", quoted(&call.about));
    }
    line("returns", quoted(&call.returns));
    if let Some(accept) = &call.accept {
        line("accept", quoted(accept));
    }
    if !call.headers.is_empty() {
        line("headers", inline(call.headers.iter().map(|(name, value)| (name.as_str(), quoted(value)))));
    }
    if !call.project_header {
        line("project_header", "false".to_owned());
    }
    if let Some(dated) = &call.dated_by {
        line("dated_by", quoted(dated));
    }
    if call.several {
        line("several", "true".to_owned());
    }
    if let Some((file, id)) = &call.upload {
        let id = id.as_ref().map(|id| ("id", quoted(id)));
        line("upload", inline([("file", quoted(file))].into_iter().chain(id)));
    }
    if !call.scopes.is_empty() {
        line("scopes", list(&call.scopes));
        line("auth", list(&call.auth));
    }
    if let Some(limit) = call.rate_limit {
        line("rate_limit", limit.to_string());
    }
    if let Some((since, instead)) = &call.deprecated {
        line("deprecated", inline([("since", quoted(since)), ("replace_with", quoted(instead))]));
    }
    if !call.params.is_empty() {
        text.push_str(&format!("[methods.{}.params]\n{}", key(name), entries(&call.params, glossary)));
    }
    text
}

fn model_text(name: &str, model: &Model, glossary: &BTreeMap<&str, &str>) -> String {
    let open = if model.open { "open = true\n" } else { "" };
    let mut text = format!("[{}]\n{}{open}", key(name), about(&model.about));
    if !model.fields.is_empty() {
        text.push_str(&format!("[{}.fields]\n{}", key(name), entries(&model.fields, glossary)));
    }
    text
}

/// Parameters or fields, their signs of equality in one column.
fn entries(entries: &IndexMap<String, Entry>, glossary: &BTreeMap<&str, &str>) -> String {
    let width = entries.keys().map(|name| key(name).len()).max().unwrap_or(0);
    let line = |(name, entry): (&String, &Entry)| {
        let own = !entry.about.is_empty() && glossary.get(name.as_str()) != Some(&entry.about.as_str());
        let value = if own || entry.from_project {
            let source = entry.from_project.then(|| ("source", quoted("project")));
            let about = own.then(|| ("about", quoted(&entry.about)));
            inline([("type", quoted(&entry.kind))].into_iter().chain(source).chain(about))
        } else {
            quoted(&entry.kind)
        };
        format!("{:width$} = {value}\n", key(name))
    };
    entries.iter().map(line).collect()
}

fn unions(draft: &Draft) -> String {
    let text = draft.unions.iter().map(|(name, union)| {
        let members = union.members.iter().map(|(model, when)| {
            let when: Vec<String> = when
                .iter()
                .map(|all| inline(all.iter().map(|(field, value)| (field.as_str(), quoted(value)))))
                .collect();
            let when =
                if let [only] = when.as_slice() { only.clone() } else { format!("[{}]", when.join(", ")) };
            format!("{} = {when}\n", key(model))
        });
        let name = key(name);
        format!("[{name}]\n{}[{name}.members]\n{}", about(&union.about), members.collect::<String>())
    });
    text.collect::<Vec<_>>().join("\n")
}

fn enums(draft: &Draft) -> String {
    let text = draft.enums.iter().map(|(name, item)| {
        let name = key(name);
        let head = format!("[{name}]\n{}", about(&item.about));
        if item.members.values().any(Option::is_some) {
            let labels = item.members.iter().map(|(value, label)| {
                format!("{} = {}\n", key(value), quoted(label.as_deref().unwrap_or(value)))
            });
            format!("{head}[{name}.labels]\n{}", labels.collect::<String>())
        } else {
            format!("{head}members = {}\n", list(&item.members.keys().cloned().collect::<Vec<_>>()))
        }
    });
    text.collect::<Vec<_>>().join("\n")
}

/// The service that a model belongs to: the only one that uses it.
fn group(draft: &Draft, model: &str) -> String {
    let users: BTreeSet<&str> = draft
        .services
        .iter()
        .filter(|(_, service)| {
            service
                .methods
                .values()
                .filter(|call| !call.is_alias())
                .any(|call| uses(draft, &call.returns, model, 0))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    match users.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => (*only).to_owned(),
        _ => "shared".to_owned(),
    }
}

/// Deeper than any model nests, so that models that hold themselves come to an end.
const DEEP: usize = 8;

fn uses(draft: &Draft, kind: &str, model: &str, depth: usize) -> bool {
    let kind = kind.trim_matches(['[', ']', '!', '?']);
    if kind == model {
        return true;
    }
    if depth > DEEP {
        return false;
    }
    let inner = |kind: &str| uses(draft, kind, model, depth + 1);
    draft.models.get(kind).is_some_and(|it| it.fields.values().any(|entry| inner(&entry.kind)))
        || draft.unions.get(kind).is_some_and(|it| it.members.iter().any(|(name, _)| inner(name)))
}

/// Meanings that at least two entries of the same name share; of several, the most frequent.
fn glossary(draft: &Draft) -> BTreeMap<&str, &str> {
    let params = draft.services.values().flat_map(|it| it.methods.values()).flat_map(|call| &call.params);
    let fields = draft.models.values().flat_map(|model| &model.fields);
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (name, entry) in params.chain(fields).filter(|(_, entry)| !entry.about.is_empty()) {
        *counts.entry(name).or_default().entry(&entry.about).or_default() += 1;
    }
    let best = counts.into_iter().filter_map(|(name, texts)| {
        let (text, count) = texts.into_iter().max_by_key(|(_, count)| *count)?;
        (count > 1).then_some((name, text))
    });
    best.collect()
}

fn about(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("about = {}\n", quoted(text)) }
}

fn inline<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let pairs: Vec<String> =
        pairs.into_iter().map(|(name, value)| format!("{} = {value}", key(name))).collect();
    if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
}

/// A list on one line, or wrapped where that would be too long.
fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    let line = format!("[{}]", items.join(", "));
    if line.len() < WIDTH - 10 {
        return line;
    }
    let mut text = String::from("[\n   ");
    let mut column = 3;
    for item in items {
        if column + item.len() + 2 > WIDTH {
            text.push_str("\n   ");
            column = 3;
        }
        text.push_str(&format!(" {item},"));
        column += item.len() + 2;
    }
    text + "\n]"
}

fn key(name: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

/// A TOML string: JSON's escapes are TOML's, and what JSON may leave bare TOML may too, but for DEL.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
