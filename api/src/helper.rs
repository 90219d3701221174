//! The shapes of Query, Operator, Permission, Role, ID and Topic.

use crate::availability::Availability;
use crate::types::Type;
use indexmap::IndexMap;
use serde_json::Value as Json;

/// A function that makes a text: a query, an operator, a permission, a role, an ID or a topic.
#[derive(Debug, Clone)]
pub struct Helper {
    /// Name in camelCase.
    pub name: String,
    /// Arguments by name, in order.
    pub arguments: IndexMap<String, Argument>,
    /// `method` in the JSON that it makes.
    pub method: String,
    /// The argument that becomes `attribute` in the JSON.
    pub attribute: Option<String>,
    /// What `attribute` is, where it is always the same.
    pub on: Option<String>,
    /// What becomes `values` in the JSON; none leaves it out.
    pub values: Option<Value>,
    /// `values` of the form that joins by queries.
    pub values_on: Option<Value>,
    /// The rest of its entry: formats, and what arguments must be.
    pub rest: IndexMap<String, Json>,
    /// Where it is available.
    pub available: Availability,
}

/// An argument of a helper.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its type; none is a number, whole or not.
    pub kind: Option<Type>,
    /// Its value when it is not given.
    pub default: Option<Json>,
}

/// How arguments become the `values` of a query or operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `name`: the argument.
    Argument(String),
    /// `...name`: the argument if it is a list, else a list of it.
    Spread(String),
    /// `json name`: every element of the list, parsed as JSON.
    Parse(String),
    /// `name?`: the argument when it is not empty.
    Optional(String),
    /// A list of these.
    List(Vec<Value>),
}
