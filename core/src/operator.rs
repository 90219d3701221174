//! Changes that the database makes to a value in place, without reading it first.

mod generated;

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::Number;
use crate::written::Written;

pub use generated::Condition;

/// Stands in a row's data where a value would: the database works out the new value from the old one.
///
/// ```
/// use polywrite::Operator;
///
/// let views = Operator::increment(1, 100)?;
/// assert_eq!(views.as_str(), r#"{"method":"increment","values":[1,100]}"#);
/// # Ok::<(), polywrite::Error>(())
/// ```
///
/// A value that JSON cannot write, such as NaN, makes every call fail that is given the operator, before anything is
/// sent: the error names its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operator(Written);

/// A limit that the result must keep to: a number, or `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound(Option<Number>);

impl<T: Into<Number>> From<T> for Bound {
    fn from(limit: T) -> Self {
        Bound(Some(limit.into()))
    }
}

impl From<Option<Number>> for Bound {
    fn from(limit: Option<Number>) -> Self {
        Bound(limit)
    }
}

impl Bound {
    /// The limit as the `index`-th value of an operator, if there is one.
    fn written(self, index: usize) -> Option<Written> {
        self.0.map(|limit| Written::value(index, &limit))
    }
}

impl Operator {
    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Writes `{"method":…,"values":[…]}`.
    fn new(method: &str, values: Written) -> Self {
        let mut written = Written::json(format!("{{\"method\":\"{method}\",\"values\":"));
        written.push(values);
        written.text.push('}');
        Operator(written)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl From<Operator> for String {
    fn from(operator: Operator) -> Self {
        operator.0.text
    }
}

impl From<Operator> for Value {
    fn from(operator: Operator) -> Self {
        Value::String(operator.0.text)
    }
}

impl Serialize for Operator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
