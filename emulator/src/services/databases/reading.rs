//! Reading rows.

use serde_json::Value;

use super::{
    access, indexes,
    related::{self, End},
    rows::{self, Shape, Wanted},
    tables, transactions,
    words::{Words, capital},
};
use crate::{
    call::{Call, cursor_not_found},
    failure::Failure,
    query::{self, AttributeKind, Cursor, Page, Plan, Query},
    response::{Handled, Response},
};

/// How far the server counts the rows that fit a query.
const COUNTED: usize = 5000;

/// The row that the call names, which the caller may read; what they may not read does not exist.
pub(super) fn find(call: &Call, table: &Value) -> Result<Value, Failure> {
    let words = Words::of(call);
    let id = words.row_id(call);
    let found = match call.text("transactionId") {
        Some(_) => transactions::rows(call, words.table_id(call))?.into_iter().find(|row| row["$id"] == id),
        None => call.state.store.get(&rows::collection(call, words.table_id(call)), id)?,
    };
    found.filter(|row| access::allows(call, table, row, "read")).ok_or_else(|| words.row_not_found(id))
}

pub(super) fn get(call: &Call) -> Handled {
    let words = Words::of(call);
    let table = tables::find(call)?;
    let plan = plan(call, words.table_id(call))?;
    let row = find(call, &table)?;
    let shape = Shape::of(call, words.table_id(call))?;
    Ok(Response::ok(shape.view(call, &row, Wanted::Selected(&plan.select))?))
}

pub(super) fn list(call: &Call) -> Handled {
    let words = Words::of(call);
    let table = tables::find(call)?;
    access::require_some_reading(call, &table)?;
    let table_id = words.table_id(call);
    let plan = plan(call, table_id)?;
    let mut page = match quick_page(call, &table, table_id, &plan)? {
        Some(page) => page,
        None => {
            let is_readable = |row: &Value| access::allows(call, &table, row, "read");
            let rows = match call.text("transactionId") {
                Some(_) => transactions::rows(call, table_id)?.into_iter().filter(is_readable).collect(),
                None => {
                    let collection = rows::collection(call, table_id);
                    call.state.store.filter(&collection, |row| plan.needs(row) && is_readable(row))?
                }
            };
            query::run(&plan, rows).map_err(|id| cursor_not_found(&capital(words.row), &id))?
        }
    };
    page.total = if call.wants_total() { page.total.min(COUNTED) } else { 0 };
    let shape = Shape::of(call, table_id)?;
    let shown = shape.views(call, &page.documents, Wanted::Selected(&plan.select))?;
    Ok(Response::list(&words.rows(), page.total, shown))
}

/// A page in creation order without conditions comes straight from the database, however large the table is.
fn quick_page(call: &Call, table: &Value, table_id: &str, plan: &Plan) -> Result<Option<Page>, Failure> {
    let after = match &plan.cursor {
        None => None,
        Some(Cursor::After(id)) => Some(id.as_str()),
        Some(Cursor::Before(_)) => return Ok(None),
    };
    let is_plain = plan.filters.is_empty() && plan.orders.is_empty() && !plan.random;
    if !is_plain || call.text("transactionId").is_some() || !access::table_allows(call, table, "read") {
        return Ok(None);
    }
    let collection = rows::collection(call, table_id);
    let store = &call.state.store;
    if let Some(id) = after
        && store.get(&collection, id)?.is_none()
    {
        return Ok(None);
    }
    let limit = plan.limit.unwrap_or(query::DEFAULT_LIMIT);
    let documents = store.slice(&collection, after, plan.offset, limit)?;
    let total = if call.wants_total() { store.count_to(&collection, COUNTED)? } else { 0 };
    Ok(Some(Page { total, documents }))
}

/// The call's queries, checked against the table's columns and those of related tables.
pub(super) fn plan(call: &Call, table_id: &str) -> Result<Plan, Failure> {
    let kind_of = |path: &str| kind_of(call, table_id, path);
    let mut plan = query::plan(call.list("queries"), &kind_of).map_err(|problem| Failure::query(&problem))?;
    require_own_orders(call, &plan)?;
    require_fulltext(call, table_id, &plan.filters)?;
    related::resolve(call, table_id, &mut plan.filters)?;
    Ok(plan)
}

/// The kind of the column that a path leads to: one of the table, or one of related rows.
fn kind_of(call: &Call, table_id: &str, path: &str) -> Option<AttributeKind> {
    match related::follow(call, table_id, path) {
        Ok(end) => kind_of_own(call, &end?),
        // What cannot be read now fails when rows are read.
        Err(_) => Some(AttributeKind::Any),
    }
}

fn kind_of_own(call: &Call, end: &End) -> Option<AttributeKind> {
    match end.key() {
        "$id" | "$createdAt" | "$updatedAt" => Some(AttributeKind::Text),
        "$sequence" | "$permissions" | "$databaseId" | "$tableId" | "$collectionId" => {
            Some(AttributeKind::Any)
        }
        _ if !Words::of(call).has_schema => Some(AttributeKind::Any),
        key => end.columns.iter().find(|column| column["key"] == key).map(kind_of_column),
    }
}

fn kind_of_column(column: &Value) -> AttributeKind {
    if column["array"] == true {
        return AttributeKind::Any;
    }
    match column["type"].as_str().unwrap_or_default() {
        "integer" | "bigint" | "double" => AttributeKind::Number,
        "boolean" => AttributeKind::Boolean,
        "string" | "varchar" | "text" | "mediumtext" | "longtext" | "datetime" => AttributeKind::Text,
        _ => AttributeKind::Any,
    }
}

/// Rows are ordered by what they have themselves (400).
fn require_own_orders(call: &Call, plan: &Plan) -> Result<(), Failure> {
    let nested = plan.orders.iter().find_map(|(attribute, _)| attribute.split_once('.'));
    match nested.filter(|_| Words::of(call).has_schema) {
        Some((key, _)) => Err(Failure::query(&format!("Cannot order by nested attribute: {key}"))),
        None => Ok(()),
    }
}

/// Searching needs a full-text index on the column (400).
fn require_fulltext(call: &Call, table_id: &str, filters: &[Query]) -> Result<(), Failure> {
    let mut searches = Vec::new();
    gather_searches(filters, &mut searches);
    for search in searches {
        let Some(end) = related::follow(call, table_id, &search.attribute)? else { continue };
        let is_indexed = indexes::all(call, &end.table_id)?.iter().any(|index| {
            let columns = index["columns"].as_array();
            index["type"] == "fulltext"
                && columns.is_some_and(|columns| columns.iter().any(|column| column == end.name))
        });
        if !is_indexed {
            return Err(Failure::new(
                400,
                "general_query_invalid",
                format!("Searching by attribute \"{}\" requires a fulltext index.", search.attribute),
            ));
        }
    }
    Ok(())
}

/// Finds the searches among filters, however deep inside of `or` and `and`.
fn gather_searches<'a>(filters: &'a [Query], found: &mut Vec<&'a Query>) {
    for filter in filters {
        if matches!(filter.method.as_str(), "search" | "notSearch") {
            found.push(filter);
        }
        gather_searches(&filter.nested, found);
    }
}
