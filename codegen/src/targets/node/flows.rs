//! Methods above single calls: whole lists, waits, work in a transaction.

use super::arguments::{Argument, passed};
use super::types::Types;
use super::{docs, taken};
use polywrite_api::{Api, Method, Param, Wait};
use serde::Serialize;

/// How the whole list is read of which a method returns a page.
#[derive(Serialize)]
pub(super) struct ListView {
    pub(super) name: String,
    comment: String,
    /// The field of a page that holds the items.
    items: String,
}

/// How something is waited for.
#[derive(Serialize)]
pub(super) struct WaitView {
    pub(super) name: String,
    comment: String,
    arguments: Vec<Argument>,
    returns: String,
    /// The arguments of the method of `Service` that waits.
    passed: String,
}

impl ListView {
    pub(super) fn of(api: &Api, method: &Method) -> Option<Self> {
        let list = method.list.as_ref()?;
        let about = docs::about(&crate::docs::of_iteration(api, method), &method.available);
        let tag = docs::deprecated(method.deprecated.as_ref(), None, &method.service);
        Some(Self {
            name: taken::method(&crate::docs::iteration(&method.name)),
            comment: docs::comment(&[about, docs::scopes(method).unwrap_or_default(), tag], 4),
            items: list.items.clone(),
        })
    }
}

impl WaitView {
    pub(super) fn of(types: &Types<'_>, wait: &Wait, read: &Method) -> Self {
        let params: Vec<&Param> = read.arguments().filter(|param| param.required).collect();
        let arguments: Vec<Argument> =
            params.iter().map(|param| Argument::of(types, read, param, None)).collect();
        let about = docs::about(&crate::docs::of_wait(types.api, wait), &read.available);
        let tag = docs::deprecated(read.deprecated.as_ref(), None, &read.service);
        Self {
            name: taken::method(&wait.name),
            comment: docs::comment(&[about, docs::scopes(read).unwrap_or_default(), tag], 4),
            returns: types.returned(&read.returns, None),
            passed: passed(&[&wait.id, &read.id], read, &params, "waitFor", &arguments),
            arguments,
        }
    }
}

/// What the method does that works in a transaction.
pub(super) const WORK: [&str; 3] = [
    "Calls `work` with a service whose calls all belong to a transaction, commits, and returns what `work` returned. When \
     `work` throws, nothing is written.",
    "When somebody else has changed a row that `work` changed, or the time of the transaction is over, `work` is called \
     again after a short wait: so it must be able to run twice.",
    "Await every call within `work`: a call that has no result at its end rolls the transaction back. Reads see rows that \
     were staged before, but not increments. The service refuses calls that cannot take part in a transaction, and \
     more writes than one takes.",
];
