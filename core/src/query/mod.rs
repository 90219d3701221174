//! Filters, order, pages, joins and totals for list calls.

mod generated;
mod join;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::Error;
use crate::written::Written;

pub use join::Join;

/// One condition of a list call, as the JSON text that the API takes.
///
/// Every constructor writes the text at once; a `Query` is a string that is known to be well formed.
/// Values are anything that serde writes as JSON: strings, numbers, booleans, and lists of them. A point is
/// `[longitude, latitude]`, a line is a list of points, a polygon a list of closed lines. Totals such as [`Query::sum`]
/// are called `alias` in the result; `None` or an empty text leaves their name to the server.
///
/// ```
/// use polywrite::Query;
///
/// let query = Query::equal("year", 1999);
/// assert_eq!(query.as_str(), r#"{"method":"equal","attribute":"year","values":[1999]}"#);
/// ```
///
/// A value that JSON cannot write, such as NaN, makes every call fail that is given the query, before anything is sent:
/// the error names its place. The query's text is not JSON then.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query(Written);

impl Query {
    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Writes `{"method":…,"attribute":…,"values":[…]}`, leaving out what is `None`.
    ///
    /// The order of keys is that of the other SDKs.
    fn new(method: &str, attribute: Option<&str>, values: Option<Written>) -> Self {
        let mut written = Written::json(format!("{{\"method\":\"{method}\""));
        if let Some(attribute) = attribute {
            written.text.push_str(",\"attribute\":");
            written.text.push_str(&Value::from(attribute).to_string());
        }
        if let Some(values) = values {
            written.text.push_str(",\"values\":");
            written.push(values);
        }
        written.text.push('}');
        Query(written)
    }
}

/// The list of other queries, put in as they are.
fn inner(queries: impl IntoIterator<Item = Query>) -> Written {
    Written::nested(queries.into_iter().map(|query| query.0))
}

/// The list of names.
fn texts<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Written {
    let names: Vec<String> = names.into_iter().map(Into::into).collect();
    Written::spread(&names)
}

/// The list of one name, unless it is empty.
fn named(name: Option<&str>) -> Option<Written> {
    name.filter(|name| !name.is_empty()).map(|name| Written::spread(&name))
}

impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl AsRef<str> for Query {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl From<Query> for String {
    fn from(query: Query) -> Self {
        query.0.text
    }
}

impl From<Query> for Value {
    fn from(query: Query) -> Self {
        Value::String(query.0.text)
    }
}

impl Serialize for Query {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
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
            Ok(_) => Ok(Query(Written::json(text.trim().to_owned()))),
            Err(cause) => Err(Error::argument(format!("not a query: {cause}"))),
        }
    }
}
