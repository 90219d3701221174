//! The definition against a table of facts: a file in the shape of `appwrite-api.json`, which is read from published
//! SDKs and never written by hand.
//!
//! The definition is put into the table's own shape, and the two are compared entry by entry.

mod compare;
mod counts;
mod helpers;
mod mirror;
mod schema;
mod tables;

use polywrite_api::{Api, Method, Returns, Type};
use serde_json::Value;
use std::collections::HashSet;

pub use counts::{Counts, count};
pub use tables::{error_types, scopes};

/// What came of a comparison.
#[derive(Debug, Default)]
pub struct Report {
    /// Where the two say different things, as `place: facts say …, the definition says …`.
    pub differences: Vec<String>,
    /// What the definition has and the facts have not.
    pub additions: Vec<String>,
}

/// Compares everything that the definition and the table both describe.
pub fn verify(api: &Api, facts: &Value) -> Report {
    let mut report = Report::default();
    compare::compare("", facts, &mirror::mirror(api), &mut report);
    let added: HashSet<&str> =
        report.additions.iter().filter_map(|line| line.strip_prefix("method ")).collect();
    let wider = reached(api, api.methods().filter(|method| added.contains(method.id.as_str())));
    let services: HashSet<&str> = added.iter().filter_map(|id| id.split('.').next()).collect();
    // What an added method needs is available where that method is; the facts don't know the method.
    report.differences.retain(|line| {
        let mut parts = line.splitn(3, '.');
        let (kind, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let rest = parts.next().unwrap_or_default();
        let explained = if services.contains(kind) {
            name == "in" && rest.starts_with("node:")
        } else {
            wider.contains(name)
                && (rest.starts_with("in.node:") || rest.contains(".node: facts say nothing"))
        };
        !explained
    });
    report
}

/// Counts the definition as the facts are counted.
pub fn definition_counts(api: &Api) -> Counts {
    count(&mirror::mirror(api))
}

/// Names of the models and enums that methods need.
fn reached<'a>(api: &'a Api, methods: impl Iterator<Item = &'a Method>) -> HashSet<String> {
    fn reach(api: &Api, kind: &Type, seen: &mut HashSet<String>) {
        match kind.innermost() {
            Type::Model(name) if seen.insert(name.clone()) => {
                for field in api.models.get(name).into_iter().flat_map(|model| model.fields.values()) {
                    reach(api, &field.kind, seen);
                }
            }
            Type::Enum(name) => drop(seen.insert(name.clone())),
            _ => {}
        }
    }
    let mut seen = HashSet::new();
    for method in methods {
        if let Returns::Model(name) = &method.returns {
            reach(api, &Type::Model(name.clone()), &mut seen);
        }
        for param in method.params.values() {
            reach(api, &param.kind, &mut seen);
        }
    }
    seen
}
