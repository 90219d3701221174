//! Filters, order, pages, joins and totals for list calls.

mod aggregate;
mod compare;
mod join;
mod list;
mod shape;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::Error;

pub use join::Join;

/// One condition of a list call, as the JSON text that the API takes.
///
/// Every constructor writes the text at once; a `Query` is a string that is known to be well formed.
/// Values are anything that turns into a JSON value: strings, numbers, booleans, and lists of them.
///
/// ```
/// use polywrite::Query;
///
/// let query = Query::equal("year", 1999);
/// assert_eq!(query.as_str(), r#"{"method":"equal","attribute":"year","values":[1999]}"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query(String);

impl Query {
    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Writes `{"method":…,"attribute":…,"values":[…]}`, leaving out what is `None`.
    fn new(method: &str, attribute: Option<&str>, values: Option<&[Value]>) -> Self {
        Query(text(method, attribute, values.map(|values| values.iter().map(Value::to_string))))
    }

    /// A query on an attribute whose values are `value` itself if it is a list, else a list of one.
    fn spread(method: &str, attribute: &str, value: impl Into<Value>) -> Self {
        match value.into() {
            Value::Array(values) => Query::new(method, Some(attribute), Some(&values)),
            value => Query::new(method, Some(attribute), Some(&[value])),
        }
    }

    /// A query whose values are other queries, put in as they are.
    fn nested(method: &str, attribute: Option<&str>, queries: impl IntoIterator<Item = Query>) -> Self {
        Query(text(method, attribute, Some(queries.into_iter().map(String::from))))
    }

    /// A query whose values are the names given.
    fn names<T: Into<String>>(method: &str, names: impl IntoIterator<Item = T>) -> Self {
        let names: Vec<Value> = names.into_iter().map(|name| Value::String(name.into())).collect();
        Query::new(method, None, Some(&names))
    }
}

/// Joins the parts of a query, in the key order that the other SDKs have: method, attribute, values.
fn text<T>(method: &str, attribute: Option<&str>, values: Option<T>) -> String
where
    T: Iterator<Item = String>,
{
    let mut text = format!("{{\"method\":\"{method}\"");
    if let Some(attribute) = attribute {
        text.push_str(",\"attribute\":");
        text.push_str(&Value::from(attribute).to_string());
    }
    if let Some(values) = values {
        text.push_str(",\"values\":[");
        for (index, value) in values.enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(&value);
        }
        text.push(']');
    }
    text.push('}');
    text
}

impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl AsRef<str> for Query {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Query> for String {
    fn from(query: Query) -> Self {
        query.0
    }
}

impl From<Query> for Value {
    fn from(query: Query) -> Self {
        Value::String(query.0)
    }
}

impl Serialize for Query {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Takes a query that was written elsewhere; its text is kept as it is.
///
/// # Errors
/// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when the text isn't a JSON object with a `method`.
impl FromStr for Query {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Shape {
            #[serde(rename = "method")]
            _method: String,
        }
        match serde_json::from_str::<Shape>(text) {
            Ok(_) => Ok(Query(text.trim().to_owned())),
            Err(cause) => Err(Error::argument(format!("not a query: {cause}"))),
        }
    }
}
