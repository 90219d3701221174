//! How one definition differs from another.

use indexmap::IndexMap;
use polywrite_api::{Api, Field, Method, Param};

/// What came, what went, what is different; each a line such as `method teams.create: path`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// In the new one only.
    pub added: Vec<String>,
    /// In the old one only.
    pub removed: Vec<String>,
    /// In both, and not the same.
    pub changed: Vec<String>,
}

/// Compares what programs would notice; sentences and grouping don't count.
pub fn changes(old: &Api, new: &Api) -> Changes {
    let mut changes = Changes::default();
    let ids = |api: &Api| {
        api.methods().map(|method| (method.id.clone(), method.clone())).collect::<IndexMap<_, _>>()
    };
    changes.compare("method", &ids(old), &ids(new), method);
    changes.compare("model", &old.models, &new.models, |old, new| {
        let mut notes = parts("field", &old.fields, &new.fields, |old: &Field, new| {
            old.kind == new.kind && (old.required, old.nullable) == (new.required, new.nullable)
        });
        notes.extend((old.open != new.open).then(|| "open to user data".to_owned()));
        notes
    });
    changes.compare("union", &old.unions, &new.unions, |old, new| {
        let models = |union: &polywrite_api::Union| -> IndexMap<String, ()> {
            union.variants.iter().map(|it| (it.model.clone(), ())).collect()
        };
        parts("model", &models(old), &models(new), |(), ()| true)
    });
    changes.compare("enum", &old.enums, &new.enums, |old, new| {
        let values = |item: &polywrite_api::Enum| -> IndexMap<String, ()> {
            item.members.iter().map(|it| (it.value.clone(), ())).collect()
        };
        parts("member", &values(old), &values(new), |(), ()| true)
    });
    changes
}

impl Changes {
    fn compare<T>(
        &mut self,
        kind: &str,
        old: &IndexMap<String, T>,
        new: &IndexMap<String, T>,
        notes: impl Fn(&T, &T) -> Vec<String>,
    ) {
        for (name, value) in new {
            match old.get(name) {
                None => self.added.push(format!("{kind} {name}")),
                Some(before) => {
                    let notes = notes(before, value);
                    if !notes.is_empty() {
                        self.changed.push(format!("{kind} {name}: {}", notes.join(", ")));
                    }
                }
            }
        }
        self.removed
            .extend(old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("{kind} {name}")));
    }
}

fn method(old: &Method, new: &Method) -> Vec<String> {
    let mut notes = Vec::new();
    if (old.http_method, &old.path) != (new.http_method, &new.path) {
        notes.push(format!("{} {}", new.http_method.as_str(), new.path));
    }
    if old.returns != new.returns {
        notes.push(format!("returns {:?}", new.returns));
    }
    if old.deprecated != new.deprecated {
        notes.push(if new.deprecated.is_some() { "deprecated" } else { "no longer deprecated" }.to_owned());
    }
    notes.extend(parts("parameter", &old.params, &new.params, |old: &Param, new| {
        old.kind == new.kind
            && (old.required, old.nullable, old.place) == (new.required, new.nullable, new.place)
    }));
    notes
}

fn parts<T>(
    kind: &str,
    old: &IndexMap<String, T>,
    new: &IndexMap<String, T>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<String> {
    let added = new.keys().filter(|name| !old.contains_key(*name)).map(|name| format!("+{kind} {name}"));
    let removed = old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("-{kind} {name}"));
    let changed = new
        .iter()
        .filter(|(name, value)| old.get(*name).is_some_and(|before| !same(before, value)))
        .map(|(name, _)| format!("~{kind} {name}"));
    added.chain(removed).chain(changed).collect()
}
