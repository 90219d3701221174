//! A definition in the making: what its files will say.

use indexmap::IndexMap;
use polywrite_api::{Method, Param, names};
use std::collections::BTreeMap;

/// Everything that is read from a document.
#[derive(Default)]
pub(super) struct Draft {
    /// Methods by service and name.
    pub(super) services: BTreeMap<String, Service>,
    pub(super) models: BTreeMap<String, Model>,
    pub(super) unions: BTreeMap<String, Union>,
    pub(super) enums: BTreeMap<String, Enum>,
    /// What the definition cannot say of what the document says.
    pub(super) notes: Vec<String>,
    /// The schemas without a model that are being read, from the outermost to the innermost.
    pub(super) within: Vec<String>,
}

#[derive(Default)]
pub(super) struct Service {
    pub(super) class: String,
    pub(super) about: String,
    pub(super) methods: BTreeMap<String, Call>,
}

/// A method as it will be written.
#[derive(Default)]
pub(super) struct Call {
    pub(super) http_method: String,
    pub(super) path: String,
    pub(super) about: String,
    pub(super) returns: String,
    pub(super) accept: Option<String>,
    pub(super) headers: IndexMap<String, String>,
    pub(super) project_header: bool,
    pub(super) dated_by: Option<String>,
    pub(super) several: bool,
    pub(super) upload: Option<(String, Option<String>)>,
    pub(super) scopes: Vec<String>,
    pub(super) auth: Vec<String>,
    pub(super) rate_limit: Option<u64>,
    pub(super) deprecated: Option<(String, String)>,
    pub(super) alias_of: Option<String>,
    pub(super) params: IndexMap<String, Entry>,
}

/// A parameter or field.
#[derive(Clone, Default)]
pub(super) struct Entry {
    /// The type in the definition's grammar, with its marks.
    pub(super) kind: String,
    pub(super) about: String,
    pub(super) from_project: bool,
}

#[derive(Default)]
pub(super) struct Model {
    pub(super) about: String,
    pub(super) open: bool,
    pub(super) fields: IndexMap<String, Entry>,
}

#[derive(Default)]
pub(super) struct Union {
    pub(super) about: String,
    /// Models in the order to try them, with the alternatives of conditions.
    pub(super) members: Vec<(String, Vec<IndexMap<String, String>>)>,
}

#[derive(Default)]
pub(super) struct Enum {
    pub(super) about: String,
    /// Values, with a label where the value says little.
    pub(super) members: IndexMap<String, Option<String>>,
}

impl Draft {
    /// Notes what is left out of a parameter or field, once.
    pub(super) fn note(&mut self, owner: &str, name: &str, what: &str) {
        let place = if owner.is_empty() { name.to_owned() } else { format!("{owner}.{name}") };
        self.notes.push(format!("{place}: {what}"));
    }

    /// Drops every description of the document.
    pub(super) fn forget_sentences(&mut self) {
        for service in self.services.values_mut() {
            service.about.clear();
            for call in service.methods.values_mut() {
                call.about.clear();
                call.params.values_mut().for_each(|entry| entry.about.clear());
            }
        }
        for model in self.models.values_mut() {
            model.about.clear();
            model.fields.values_mut().for_each(|entry| entry.about.clear());
        }
        self.unions.values_mut().for_each(|union| union.about.clear());
        self.enums.values_mut().for_each(|item| item.about.clear());
    }
}

impl Call {
    /// Takes from a known method what no document says.
    pub(super) fn complete(&mut self, known: &Method) {
        self.headers = known.headers.clone();
        self.project_header &= known.project_header;
        self.several = known.several;
        self.dated_by = known.dated_by.as_ref().map(|dated| format!("{}.{}", dated.method, dated.field));
    }
}

/// The name of a class, of the words of `name`; one that no class can have gets `kind` before it: `Model3d`.
pub(super) fn class_name(name: &str, kind: &str) -> String {
    let class = names::pascal(name);
    if class.starts_with(char::is_uppercase) { class } else { format!("{kind}{class}") }
}

/// The first sentence of a description, on one line, without what no text file has.
pub(super) fn sentence(text: &str) -> String {
    let text = text.replace(|sign: char| sign.is_control() && !sign.is_whitespace(), "");
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line[..=end].to_owned(),
        None => line,
    }
}

/// Replaces a description by the known meaning, where there is one.
pub(super) fn known_meaning(entry: &mut Entry, known: Option<&Param>) {
    if let Some(known) = known.filter(|param| !param.about.is_empty()) {
        entry.about.clone_from(&known.about);
    }
}
