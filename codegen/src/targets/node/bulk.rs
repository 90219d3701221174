//! Methods that write many rows.

use super::arguments::list;
use super::docs;
use polywrite_api::{Api, BulkWrite, Service, Type};
use serde::Serialize;

/// A bulk write, which takes its rows from an iterable.
#[derive(Serialize)]
pub(super) struct BulkView {
    pub(super) name: String,
    comment: String,
    /// All but the rows.
    arguments: Vec<Argument>,
    /// The argument that has the rows.
    rows: String,
    rows_comment: String,
    /// What each of the rows is.
    item: &'static str,
    /// The parameter that names a transaction.
    transaction: String,
    /// The arguments of the method of `Service` that writes.
    passed: String,
}

#[derive(Serialize)]
struct Argument {
    name: String,
    comment: String,
    kind: &'static str,
}

impl BulkView {
    pub(super) fn of(api: &Api, service: &Service, write: &BulkWrite) -> Self {
        let arguments: Vec<Argument> = write
            .arguments()
            .map(|param| Argument {
                name: param.name.clone(),
                comment: docs::comment(&[docs::about(&param.about, &param.available)], 12),
                kind: if param.kind == Type::Object { "object" } else { "string" },
            })
            .collect();
        let rows = write.rows();
        let transaction = api.transactions.parameter.clone();
        let names = arguments.iter().map(|argument| argument.name.as_str());
        let names: Vec<&str> = names.chain([rows, &transaction]).collect();
        let first = format!("\"{}.{}\", {:?}, {rows:?}", service.name, write.name(), write.method.id);
        // What stands around the names: `        return this.write(…, args, […]);`
        let passed = format!("{first}, args, {}", list(&names, 37 + first.len()));
        Self {
            name: write.name(),
            comment: docs::comment(
                &[crate::docs::bulk(write), docs::scopes(write.method).unwrap_or_default()],
                4,
            ),
            rows: rows.to_owned(),
            rows_comment: docs::comment(&[crate::docs::bulk_rows(write).to_owned()], 12),
            item: if write.takes_ids() { "string" } else { "object" },
            transaction,
            passed,
            arguments,
        }
    }
}
