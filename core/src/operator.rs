//! Changes that the database makes to a value in place, without reading it first.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::written::Written;
use crate::{Error, Number};

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

/// What [`Operator::array_filter`] compares an element with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// The element is the value.
    Equal,
    /// The element is not the value.
    NotEqual,
    /// The element is above the value.
    GreaterThan,
    /// The element is the value or above.
    GreaterThanEqual,
    /// The element is below the value.
    LessThan,
    /// The element is the value or below.
    LessThanEqual,
    /// The element contains the value.
    Contains,
    /// The element is null; the value doesn't matter.
    IsNull,
    /// The element is not null; the value doesn't matter.
    IsNotNull,
}

impl Condition {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Condition::Equal => "equal",
            Condition::NotEqual => "notEqual",
            Condition::GreaterThan => "greaterThan",
            Condition::GreaterThanEqual => "greaterThanEqual",
            Condition::LessThan => "lessThan",
            Condition::LessThanEqual => "lessThanEqual",
            Condition::Contains => "contains",
            Condition::IsNull => "isNull",
            Condition::IsNotNull => "isNotNull",
        }
    }
}

impl Operator {
    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Adds `value`, up to `max`.
    ///
    /// # Errors
    /// Like all arithmetic here: [`ErrorKind::Argument`](crate::ErrorKind::Argument) for a number that is infinite or NaN.
    pub fn increment(value: impl Into<Number>, max: impl Into<Bound>) -> Result<Self, Error> {
        Operator::arithmetic("increment", value.into(), max.into())
    }

    /// Subtracts `value`, down to `min`.
    ///
    /// # Errors
    /// See [`Operator::increment`].
    pub fn decrement(value: impl Into<Number>, min: impl Into<Bound>) -> Result<Self, Error> {
        Operator::arithmetic("decrement", value.into(), min.into())
    }

    /// Multiplies by `factor`, up to `max`.
    ///
    /// # Errors
    /// See [`Operator::increment`].
    pub fn multiply(factor: impl Into<Number>, max: impl Into<Bound>) -> Result<Self, Error> {
        Operator::arithmetic("multiply", factor.into(), max.into())
    }

    /// Divides by `divisor`, down to `min`.
    ///
    /// # Errors
    /// See [`Operator::increment`]; also when `divisor` is zero.
    pub fn divide(divisor: impl Into<Number>, min: impl Into<Bound>) -> Result<Self, Error> {
        Operator::arithmetic("divide", nonzero("divide", divisor.into())?, min.into())
    }

    /// The remainder after dividing by `divisor`.
    ///
    /// # Errors
    /// See [`Operator::increment`]; also when `divisor` is zero.
    pub fn modulo(divisor: impl Into<Number>) -> Result<Self, Error> {
        Operator::arithmetic("modulo", nonzero("modulo", divisor.into())?, Bound(None))
    }

    /// Raises to the power of `exponent`, up to `max`.
    ///
    /// # Errors
    /// See [`Operator::increment`].
    pub fn power(exponent: impl Into<Number>, max: impl Into<Bound>) -> Result<Self, Error> {
        Operator::arithmetic("power", exponent.into(), max.into())
    }

    /// Puts the values at the end of the array.
    pub fn array_append<T: Serialize>(values: impl IntoIterator<Item = T>) -> Self {
        Operator::of("arrayAppend", values)
    }

    /// Puts the values at the start of the array.
    pub fn array_prepend<T: Serialize>(values: impl IntoIterator<Item = T>) -> Self {
        Operator::of("arrayPrepend", values)
    }

    /// Puts `value` before the element at `index`, counted from 0.
    pub fn array_insert(index: u64, value: impl Serialize) -> Self {
        Operator::written("arrayInsert", [Written::value(0, &index), Written::value(1, &value)])
    }

    /// Removes every element that equals `value`.
    pub fn array_remove(value: impl Serialize) -> Self {
        Operator::of("arrayRemove", [value])
    }

    /// Keeps the first of elements that are equal.
    pub fn array_unique() -> Self {
        Operator::bare("arrayUnique")
    }

    /// Keeps the elements that are among the values.
    pub fn array_intersect<T: Serialize>(values: impl IntoIterator<Item = T>) -> Self {
        Operator::of("arrayIntersect", values)
    }

    /// Keeps the elements that are not among the values.
    pub fn array_diff<T: Serialize>(values: impl IntoIterator<Item = T>) -> Self {
        Operator::of("arrayDiff", values)
    }

    /// Keeps the elements that meet the condition. Pass `()` where the condition needs no value.
    pub fn array_filter(condition: Condition, value: impl Serialize) -> Self {
        Operator::written("arrayFilter", [Written::value(0, condition.as_str()), Written::value(1, &value)])
    }

    /// Puts `value` at the end of the text.
    pub fn string_concat(value: impl Serialize) -> Self {
        Operator::of("stringConcat", [value])
    }

    /// Replaces every `search` in the text.
    pub fn string_replace(search: &str, replace: &str) -> Self {
        Operator::of("stringReplace", [search, replace])
    }

    /// Turns true to false and false to true.
    pub fn toggle() -> Self {
        Operator::bare("toggle")
    }

    /// Moves the date into the future by so many days.
    pub fn date_add_days(days: i64) -> Self {
        Operator::of("dateAddDays", [days])
    }

    /// Moves the date into the past by so many days.
    pub fn date_sub_days(days: i64) -> Self {
        Operator::of("dateSubDays", [days])
    }

    /// Sets the date to the server's present time.
    pub fn date_set_now() -> Self {
        Operator::bare("dateSetNow")
    }

    fn arithmetic(method: &str, value: Number, bound: Bound) -> Result<Self, Error> {
        let numbers = std::iter::once(value).chain(bound.0);
        if numbers.clone().all(Number::is_finite) {
            Ok(Operator::of(method, numbers))
        } else {
            Err(Error::argument(format!("Operator::{method}: a number must not be infinite or NaN")))
        }
    }

    fn bare(method: &str) -> Self {
        Operator::of(method, [(); 0])
    }

    fn of<T: Serialize>(method: &str, values: impl IntoIterator<Item = T>) -> Self {
        Operator::written(
            method,
            values.into_iter().enumerate().map(|(index, value)| Written::value(index, &value)),
        )
    }

    fn written(method: &str, values: impl IntoIterator<Item = Written>) -> Self {
        let mut written = Written::json(format!("{{\"method\":\"{method}\",\"values\":"));
        written.push(Written::list(values));
        written.text.push('}');
        Operator(written)
    }
}

fn nonzero(method: &str, divisor: Number) -> Result<Number, Error> {
    if divisor.is_zero() {
        Err(Error::argument(format!("Operator::{method}: the divisor must not be zero")))
    } else {
        Ok(divisor)
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
