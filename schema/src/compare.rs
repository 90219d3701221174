//! What differs between two things, field by field.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    date,
    model::{Bucket, Column, Database, Index, Table, Team},
};

pub(crate) type Fields = Map<String, Value>;

/// A field that is to change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Its name, as the API and the files have it.
    pub field: String,
    /// What the server has.
    pub from: Value,
    /// What it is to have.
    pub to: Value,
}

/// Every field that a file can say, with its value; a field without one means the same as `null`.
pub(crate) trait Described {
    fn fields(&self) -> Fields;

    /// What differs, if this is on the server and `wanted` is what it is to be.
    fn changes(&self, wanted: &Self) -> Vec<Change> {
        changes_of(&self.fields(), &wanted.fields())
    }
}

impl Described for Column {
    fn fields(&self) -> Fields {
        let mut fields = object(&self.kind);
        // The side says only where the relationship was made; of a one-way relationship the other key means nothing.
        fields.remove("side");
        if fields.get("twoWay") == Some(&Value::Bool(false)) {
            fields.remove("twoWayKey");
        }
        fields.insert("required".to_owned(), json!(self.required));
        fields.insert("array".to_owned(), json!(self.array));
        fields.insert("default".to_owned(), json!(self.default));
        fields
    }
}

impl Described for Index {
    fn fields(&self) -> Fields {
        without(self, &["key"])
    }
}

impl Described for Database {
    fn fields(&self) -> Fields {
        without(self, &["id", "tables"])
    }
}

impl Described for Table {
    fn fields(&self) -> Fields {
        without(self, &["id", "columns", "indexes"])
    }
}

impl Described for Bucket {
    fn fields(&self) -> Fields {
        without(self, &["id"])
    }

    fn changes(&self, wanted: &Self) -> Vec<Change> {
        let mut wanted = wanted.clone();
        // A file that names no limit leaves it to the server.
        wanted.maximum_file_size = wanted.maximum_file_size.or(self.maximum_file_size);
        changes_of(&self.fields(), &wanted.fields())
    }
}

impl Described for Team {
    fn fields(&self) -> Fields {
        without(self, &["id"])
    }
}

fn changes_of(from: &Fields, to: &Fields) -> Vec<Change> {
    let mut names = BTreeSet::new();
    names.extend(from.keys().chain(to.keys()));
    let changes = names.into_iter().map(|name: &String| Change {
        field: name.clone(),
        from: from.get(name).cloned().unwrap_or_default(),
        to: to.get(name).cloned().unwrap_or_default(),
    });
    changes.filter(|change| !same(to, &change.field, &change.from, &change.to)).collect()
}

fn object(value: &impl Serialize) -> Fields {
    match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => fields,
        _ => Fields::new(),
    }
}

fn without(value: &impl Serialize, names: &[&str]) -> Fields {
    let mut fields = object(value);
    fields.retain(|name, _| !names.contains(&name.as_str()));
    fields
}

/// Whether the value of a field on the server means what is wanted, of something with these fields.
pub(crate) fn same(fields: &Fields, field: &str, live: &Value, wanted: &Value) -> bool {
    match field {
        // Servers do not say it of every column.
        "encrypt" => live.is_null() || *live == json!(wanted.as_bool().unwrap_or_default()),
        "permissions" => expanded(live) == expanded(wanted),
        // Without a length for a column the server takes one of its own.
        "lengths" => wanted.as_array().is_none_or(Vec::is_empty) || live == wanted,
        // An open direction is the ascending one.
        "orders" => directions(live) == directions(wanted),
        "default" if fields.get("type").is_some_and(|kind| kind == "datetime") => {
            let moment = |date: &Value| date.as_str().and_then(date::moment);
            live == wanted || moment(live).is_some_and(|live| moment(wanted) == Some(live))
        }
        _ => equal(live, wanted),
    }
}

/// Equality for which 1 is 1.0.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64() && one.is_f64() != other.is_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        _ => left == right,
    }
}

/// Permissions as a server keeps them: `write` stands for three, and their order means nothing.
fn expanded(permissions: &Value) -> BTreeSet<String> {
    let texts = permissions.as_array().into_iter().flatten().filter_map(Value::as_str);
    let each = texts.flat_map(|text| match text.strip_prefix("write(") {
        Some(role) => ["create", "update", "delete"].map(|action| format!("{action}({role}")).to_vec(),
        None => vec![text.to_owned()],
    });
    let mut set = BTreeSet::new();
    set.extend(each);
    set
}

fn directions(orders: &Value) -> Vec<String> {
    let orders = orders.as_array().into_iter().flatten();
    let mut words: Vec<String> =
        orders.map(|order| order.as_str().unwrap_or_default().to_lowercase()).collect();
    for word in &mut words {
        if word == "asc" {
            word.clear();
        }
    }
    while words.last().is_some_and(String::is_empty) {
        words.pop();
    }
    words
}
