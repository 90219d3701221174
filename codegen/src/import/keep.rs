//! What a document cannot say, kept from the definition that is known.

use super::document::Document;
use super::draft::{Call, Draft, Entry, Enum, known_meaning};
use super::write::quoted;
use polywrite_api::{Api, Type};
use std::collections::BTreeMap;

/// Files that are about the client and not about a server.
pub(super) const HAND_MADE: [&str; 8] = [
    "bulk.toml",
    "client.toml",
    "errors.toml",
    "helpers.toml",
    "kinds.toml",
    "scopes.toml",
    "secrets.toml",
    "transactions.toml",
];

/// Headers of methods, class names, and enums that only helpers need.
pub(super) fn what_documents_lack(known: &Api, draft: &mut Draft) {
    for (name, service) in &mut draft.services {
        if let Some(old) = known.services.get(name) {
            service.class.clone_from(&old.class);
        }
        for (method, call) in &mut service.methods {
            if let Some(old) = known.method(&format!("{name}.{method}")) {
                call.complete(old);
            }
        }
    }
    let arguments = known.helpers.values().flatten().flat_map(|(_, helper)| helper.arguments.values());
    for kind in arguments.filter_map(|argument| argument.kind.as_ref()) {
        if let Type::Enum(name) = kind.innermost()
            && let Some(old) = known.enums.get(name)
        {
            draft.enums.entry(name.clone()).or_insert_with(|| Enum {
                about: old.about.clone(),
                members: old.members.iter().map(|it| (it.value.clone(), it.label.clone())).collect(),
            });
        }
    }
}

/// Sentences that people wrote before.
pub(super) fn sentences(known: &Api, draft: &mut Draft) {
    for (name, service) in &mut draft.services {
        if let Some(old) = known.services.get(name) {
            keep(&mut service.about, &old.about);
        }
        for (method, call) in &mut service.methods {
            let old = known.method(&format!("{name}.{method}"));
            keep(&mut call.about, old.map_or("", |old| &old.about));
            for (param, entry) in &mut call.params {
                known_meaning(entry, old.and_then(|old| old.params.get(param)));
                from_glossary(known, param, entry);
            }
        }
    }
    for (name, model) in &mut draft.models {
        let old = known.models.get(name);
        keep(&mut model.about, old.map_or("", |old| &old.about));
        for (field, entry) in &mut model.fields {
            keep(&mut entry.about, old.and_then(|old| old.fields.get(field)).map_or("", |old| &old.about));
            from_glossary(known, field, entry);
        }
    }
    for (name, union) in &mut draft.unions {
        keep(&mut union.about, known.unions.get(name).map_or("", |old| &old.about));
    }
    for (name, item) in &mut draft.enums {
        keep(&mut item.about, known.enums.get(name).map_or("", |old| &old.about));
    }
}

fn keep(about: &mut String, known: &str) {
    if !known.is_empty() {
        known.clone_into(about);
    }
}

fn from_glossary(known: &Api, name: &str, entry: &mut Entry) {
    if entry.about.is_empty() {
        entry.about = known.glossary.get(name).cloned().unwrap_or_default();
    }
}

/// The hand-made files; in `client.toml` the versions are the document's, and so is the endpoint of a new one: documents
/// of Appwrite name the cloud, so a known one has been written by a person.
pub(super) fn client(document: &Document, files: &mut BTreeMap<String, String>) {
    let is_known = files.contains_key("client.toml");
    for name in HAND_MADE {
        files.entry(name.to_owned()).or_insert_with(|| Api::embedded_text(name).unwrap_or_default());
    }
    let Some(text) = files.get_mut("client.toml") else { return };
    let line = |line: &str| {
        let said = match line.split(" = ").next() {
            Some("cloud" | "self_hosted") => document.version(),
            Some("default_endpoint") if !is_known => document.endpoint(),
            _ => None,
        };
        match (line.split_once(" = "), said) {
            (Some((key, _)), Some(said)) => format!("{key} = {}", quoted(said)),
            _ => line.to_owned(),
        }
    };
    *text = text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n";
}

impl Call {
    /// Whether it says more than that it is another call's old name.
    pub(super) fn is_alias(&self) -> bool {
        self.alias_of.is_some()
    }
}
