//! Models, unions and enums.

use super::raw::{self, FullEntry};
use super::service::{kind_from, meaning};
use super::{Files, Problems};
use crate::availability::Availability;
use crate::schema::{Condition, Enum, Field, Member, Model, Union, Variant};
use crate::types::Marked;
use indexmap::IndexMap;

pub(super) fn models(
    files: &Files,
    glossary: &IndexMap<String, String>,
    problems: &mut Problems,
) -> IndexMap<String, Model> {
    let mut models: IndexMap<String, Model> = IndexMap::new();
    for (path, group) in files.under("models") {
        let raw: IndexMap<String, raw::Model> = problems.or_default(path, files.parse(path));
        for (name, model) in raw {
            let place = format!("{path}: {name}");
            let fields = model
                .fields
                .into_iter()
                .filter_map(|(field, entry)| {
                    let place = format!("{place}.{field}");
                    Some((field.clone(), field_from(&place, &field, entry.into(), glossary, problems)?))
                })
                .collect();
            let model = Model {
                name: name.clone(),
                about: model.about,
                group: group.to_owned(),
                open: model.open,
                generic: model.open,
                fields,
                available: problems.or_default(&place, Availability::parse(model.available.as_deref())),
            };
            if let Some(other) = models.insert(name, model) {
                problems.add(place, format!("models/{}.toml has this model too", other.group));
            }
        }
    }
    models.sort_unstable_keys();
    models
}

fn field_from(
    place: &str,
    name: &str,
    entry: FullEntry,
    glossary: &IndexMap<String, String>,
    problems: &mut Problems,
) -> Option<Field> {
    let marked = match Marked::parse(&entry.r#type) {
        Ok(marked) => marked,
        Err(error) => {
            problems.add(place, error);
            return None;
        }
    };
    let natural = marked.required && !marked.nullable;
    Some(Field {
        name: name.to_owned(),
        default: marked.default.or_else(|| natural.then(|| marked.kind.natural_default()).flatten()),
        kind: marked.kind,
        self_hosted_kind: kind_from(place, entry.self_hosted_type.as_deref(), problems),
        required: marked.required,
        nullable: marked.nullable,
        available: problems.or_default(place, Availability::parse(entry.available.as_deref())),
        secret: false,
        about: meaning(entry.about, name, glossary),
    })
}

pub(super) fn unions(files: &Files, problems: &mut Problems) -> IndexMap<String, Union> {
    let raw: IndexMap<String, raw::Union> = files.parse_or_default("unions.toml", problems);
    raw.into_iter()
        .map(|(name, union)| {
            let variants = union
                .members
                .into_iter()
                .map(|(model, when)| {
                    let alternatives = match when {
                        raw::When::One(one) => vec![one],
                        raw::When::Any(any) => any,
                    };
                    Variant { model, when: alternatives.into_iter().map(conditions).collect() }
                })
                .collect();
            (name.clone(), Union { name, about: union.about, variants })
        })
        .collect()
}

/// `*` is any value: the field need only be there.
fn conditions(when: IndexMap<String, String>) -> Vec<Condition> {
    when.into_iter()
        .map(|(field, value)| Condition { field, value: (value != "*").then_some(value) })
        .collect()
}

pub(super) fn enums(files: &Files, problems: &mut Problems) -> IndexMap<String, Enum> {
    let raw: IndexMap<String, raw::Enum> = files.parse_or_default("enums.toml", problems);
    raw.into_iter()
        .map(|(name, item)| {
            let place = format!("enums.toml: {name}");
            let available = problems.or_default(&place, Availability::parse(item.available.as_deref()));
            let members = members(&place, &item, problems);
            (name.clone(), Enum { name, about: item.about, members, available })
        })
        .collect()
}

fn members(place: &str, raw: &raw::Enum, problems: &mut Problems) -> Vec<Member> {
    let listed = raw.members.iter().map(|value| (value, None));
    let labelled = raw.labels.iter().map(|(value, label)| (value, Some(label.clone())));
    let mut members: Vec<Member> = listed
        .chain(labelled)
        .map(|(value, label)| Member { value: value.clone(), label, available: Availability::default() })
        .collect();
    for (available, values) in &raw.only {
        let available = problems.or_default(place, Availability::parse(Some(available)));
        for value in values {
            match members.iter_mut().find(|member| &member.value == value) {
                Some(member) => member.available = available.clone(),
                None => problems.add(place, format!("`{value}` is marked and is not a member")),
            }
        }
    }
    members
}
