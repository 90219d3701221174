//! Rows as they are kept, and as they are shown.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{columns, indexes, operators, relations, tables, validate, words::Words};
use crate::{auth::permission, call::Call, clock, failure::Failure};

/// Where a table's rows are kept.
pub(super) fn collection(call: &Call, table_id: &str) -> String {
    tables::part(call, "rows", table_id)
}

/// The `data` parameter: an object, or a text that is one. Nothing at all is an empty object.
pub(super) fn data(call: &Call) -> Map<String, Value> {
    call.value("data").and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The fields of a row that are its own data.
pub(super) fn own_data(row: &Value) -> Map<String, Value> {
    let fields = row.as_object().into_iter().flatten();
    fields
        .filter(|(name, _)| !name.starts_with('$'))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// What a table's rows must fit, read once for as many rows as a call has.
#[derive(Debug)]
pub(super) struct Shape {
    words: Words,
    table_id: String,
    columns: Arc<Vec<Value>>,
    unique: Vec<Vec<String>>,
    /// Its relationship columns.
    pub(super) relationships: Vec<Value>,
}

impl Shape {
    /// The shape of a table now.
    pub(super) fn of(call: &Call, table_id: &str) -> Result<Self, Failure> {
        let columns = columns::available(call, table_id)?;
        let is_relationship = |column: &&Value| column["type"] == "relationship";
        let unique = indexes::all(call, table_id)?
            .iter()
            .filter(|index| index["type"] == "unique" && index["status"] == "available")
            .filter_map(|index| index["columns"].as_array())
            .map(|columns| columns.iter().filter_map(|column| column.as_str().map(str::to_owned)).collect())
            .collect();
        Ok(Self {
            words: Words::of(call),
            table_id: table_id.to_owned(),
            relationships: columns.iter().filter(is_relationship).cloned().collect(),
            columns,
            unique,
        })
    }

    /// A new row, checked and complete, not yet kept.
    pub(super) fn draft(
        &self,
        call: &Call,
        id: &str,
        data: Map<String, Value>,
        permissions: Value,
    ) -> Result<Value, Failure> {
        let now = clock::now();
        let invalid = |problem: String| self.words.invalid_structure(&problem);
        let fields = if self.words.has_schema {
            let data = operators::apply(&Value::Null, data).map_err(invalid)?;
            validate::complete(&self.columns, data).map_err(invalid)?
        } else {
            own_data(&Value::Object(data))
        };
        let mut row = Value::Object(fields);
        row["$id"] = json!(id);
        row["$permissions"] = permissions;
        row["$createdAt"] = json!(now);
        row["$updatedAt"] = json!(now);
        self.require_unique(call, &row, id)?;
        row["$sequence"] = json!(call.state.store.next(&collection(call, &self.table_id))?.to_string());
        Ok(row)
    }

    /// Changes a row by data that may hold operators; the result is checked, not yet kept.
    pub(super) fn change(
        &self,
        call: &Call,
        row: &Value,
        data: Map<String, Value>,
    ) -> Result<Value, Failure> {
        let invalid = |problem: String| self.words.invalid_structure(&problem);
        let mut changed = row.clone();
        if let Some(permissions) = data.get("$permissions").filter(|value| value.is_array()) {
            changed["$permissions"] = permission::expand(permissions);
        }
        let data = operators::apply(row, data).map_err(invalid)?;
        let data = if self.words.has_schema {
            validate::fit(&self.columns, data).map_err(invalid)?
        } else {
            own_data(&Value::Object(data))
        };
        for (key, value) in data {
            changed[key] = value;
        }
        changed["$updatedAt"] = json!(clock::now());
        self.require_unique(call, &changed, row["$id"].as_str().unwrap_or_default())?;
        Ok(changed)
    }

    /// Refuses values that another row has in a unique index (409).
    fn require_unique(&self, call: &Call, row: &Value, id: &str) -> Result<(), Failure> {
        for columns in &self.unique {
            let values: Vec<(&str, &Value)> =
                columns.iter().map(|column| (column.as_str(), &row[column.as_str()])).collect();
            let found = call.state.store.find(&collection(call, &self.table_id), &values)?;
            if found.is_some_and(|other| other["$id"] != id) {
                return Err(self.words.row_conflict(id));
            }
        }
        Ok(())
    }

    /// A row as its service shows it.
    pub(super) fn view(&self, call: &Call, row: &Value, wanted: Wanted) -> Result<Value, Failure> {
        let mut shown = row.clone();
        // What a transaction is still to create has no number yet, and only what was given.
        if self.words.has_schema && row["$sequence"] != "" {
            validate::fill(&self.columns, &mut shown);
        }
        relations::expand(call, &self.relationships, &mut shown, wanted)?;
        if let (Some(fields), Wanted::Selected(names)) = (shown.as_object_mut(), wanted) {
            let has_all = names.is_empty() || names.iter().any(|name| name == "*");
            if !has_all {
                let is_named = |field: &str| {
                    names.iter().any(|name| name == field || name.split('.').next() == Some(field))
                };
                fields.retain(|field, _| field.starts_with('$') || is_named(field));
            }
        }
        shown["$databaseId"] = json!(call.text_or_empty("databaseId"));
        shown[self.words.table_field()] = json!(self.table_id);
        Ok(shown)
    }

    /// Many rows as their service shows them.
    pub(super) fn views(&self, call: &Call, rows: &[Value], wanted: Wanted) -> Result<Vec<Value>, Failure> {
        rows.iter().map(|row| self.view(call, row, wanted)).collect()
    }
}

/// Keeps a new row and what it brings for related tables; a taken ID is a conflict (409).
pub(super) fn insert(call: &Call, table_id: &str, row: &mut Value) -> Result<(), Failure> {
    relations::store_given(call, table_id, row)?;
    let id = row["$id"].as_str().unwrap_or_default().to_owned();
    if call.state.store.insert(&collection(call, table_id), &id, row)? {
        Ok(())
    } else {
        Err(Words::of(call).row_conflict(&id))
    }
}

/// Keeps a changed row and what it brings for related tables.
pub(super) fn save(call: &Call, table_id: &str, row: &mut Value) -> Result<(), Failure> {
    relations::store_given(call, table_id, row)?;
    let id = row["$id"].as_str().unwrap_or_default().to_owned();
    call.state.store.put(&collection(call, table_id), &id, row)
}

/// Removes a row, and does to those it is related to what their columns want (403 when they forbid it).
pub(super) fn remove(call: &Call, table_id: &str, row: &Value) -> Result<(), Failure> {
    call.state.store.remove(&collection(call, table_id), row["$id"].as_str().unwrap_or_default())?;
    relations::let_go(call, table_id, row)
}

/// How much of a row is wanted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// Its own columns, and related rows as well.
    Everything,
    /// What a `select` names; nothing named means its own columns.
    Selected(&'a [String]),
}

/// Gives a field of every row another name, or takes it away.
pub(super) fn rename_field(call: &Call, table_id: &str, old: &str, new: Option<&str>) -> Result<(), Failure> {
    let collection = collection(call, table_id);
    for mut row in call.state.store.all(&collection)? {
        let Some(fields) = row.as_object_mut() else { continue };
        let Some(value) = fields.remove(old) else { continue };
        if let Some(new) = new {
            fields.insert(new.to_owned(), value);
        }
        let id = row["$id"].as_str().unwrap_or_default().to_owned();
        call.state.store.put(&collection, &id, &row)?;
    }
    Ok(())
}
