//! What the API takes for each kind of column, as the table of operations says it.

use polywrite::{Method, Operation, Place, operations};

use crate::{
    error::{Error, Result},
    model::ColumnKind,
};

const COLUMNS: &str = "/tablesdb/{databaseId}/tables/{tableId}/columns";

/// The operation that makes a column of this kind.
pub(crate) fn maker(kind: &ColumnKind) -> Result<&'static Operation> {
    found(Method::Post, &format!("{COLUMNS}/{}", kind.name()))
}

/// The operation that changes a column of this kind.
pub(crate) fn changer(kind: &ColumnKind) -> Result<&'static Operation> {
    found(Method::Patch, &format!("{COLUMNS}/{}/{{key}}", kind.name()))
}

fn found(method: Method, path: &str) -> Result<&'static Operation> {
    let mut all = operations();
    let found = all.find(|operation| operation.method == method && operation.path == path);
    found.ok_or_else(|| Error::invalid(path, "the API has no such operation"))
}

/// Whether a field of a column of this kind can be changed without making the column anew.
pub(crate) fn changes_in_place(kind: &ColumnKind, field: &str) -> bool {
    // The key on the other side is the key of a column, which can be renamed.
    field == "twoWayKey" || changer(kind).is_ok_and(|operation| in_body(operation, field))
}

/// The fields that a file may say of a column of this kind.
pub(crate) fn fields(kind: &ColumnKind) -> Vec<&'static str> {
    let mut fields = vec!["type", "previousKey"];
    if kind.relationship().is_some() {
        // The API calls the table and the kind of a relationship otherwise where it makes one.
        fields.extend(["relatedTable", "relationType"]);
    }
    let params = maker(kind).map(|operation| operation.params).unwrap_or_default().iter();
    let named = params.map(|param| param.name);
    fields.extend(named.filter(|name| {
        !["databaseId", "tableId", "relatedTableId", "key", "type", "description"].contains(name)
    }));
    fields
}

pub(crate) fn in_body(operation: &Operation, name: &str) -> bool {
    operation.param(name).is_some_and(|param| param.place == Place::Body)
}
