//! Comparisons of an attribute with values.

use serde::Serialize;

use super::Query;
use crate::written::Written;

impl Query {
    /// The attribute is `value`, or one of them when `value` is a list.
    pub fn equal(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("equal", attribute, value)
    }

    /// The attribute is not `value`.
    pub fn not_equal(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("notEqual", attribute, value)
    }

    /// The text matches a regular expression.
    pub fn regex(attribute: &str, pattern: &str) -> Self {
        Query::spread("regex", attribute, pattern)
    }

    /// The attribute is below `value`.
    pub fn less_than(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("lessThan", attribute, value)
    }

    /// The attribute is `value` or below.
    pub fn less_than_equal(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("lessThanEqual", attribute, value)
    }

    /// The attribute is above `value`.
    pub fn greater_than(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("greaterThan", attribute, value)
    }

    /// The attribute is `value` or above.
    pub fn greater_than_equal(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("greaterThanEqual", attribute, value)
    }

    /// The attribute lies between `start` and `end`, both included.
    pub fn between(attribute: &str, start: impl Serialize, end: impl Serialize) -> Self {
        Query::new("between", Some(attribute), Some(pair(&start, &end)))
    }

    /// The attribute is below `start` or above `end`.
    pub fn not_between(attribute: &str, start: impl Serialize, end: impl Serialize) -> Self {
        Query::new("notBetween", Some(attribute), Some(pair(&start, &end)))
    }

    /// The attribute has no value.
    pub fn is_null(attribute: &str) -> Self {
        Query::new("isNull", Some(attribute), None)
    }

    /// The attribute has a value.
    pub fn is_not_null(attribute: &str) -> Self {
        Query::new("isNotNull", Some(attribute), None)
    }

    /// All of these attributes are there; for collections without fixed columns.
    pub fn exists<T: Into<String>>(attributes: impl IntoIterator<Item = T>) -> Self {
        Query::names("exists", attributes)
    }

    /// None of these attributes is there; for collections without fixed columns.
    pub fn not_exists<T: Into<String>>(attributes: impl IntoIterator<Item = T>) -> Self {
        Query::names("notExists", attributes)
    }

    /// The text begins with `value`.
    pub fn starts_with(attribute: &str, value: &str) -> Self {
        Query::spread("startsWith", attribute, value)
    }

    /// The text doesn't begin with `value`.
    pub fn not_starts_with(attribute: &str, value: &str) -> Self {
        Query::spread("notStartsWith", attribute, value)
    }

    /// The text ends with `value`.
    pub fn ends_with(attribute: &str, value: &str) -> Self {
        Query::spread("endsWith", attribute, value)
    }

    /// The text doesn't end with `value`.
    pub fn not_ends_with(attribute: &str, value: &str) -> Self {
        Query::spread("notEndsWith", attribute, value)
    }

    /// Full-text search for the words of `value`; the attribute needs a full-text index.
    pub fn search(attribute: &str, value: &str) -> Self {
        Query::spread("search", attribute, value)
    }

    /// Full-text search doesn't find the words of `value`.
    pub fn not_search(attribute: &str, value: &str) -> Self {
        Query::spread("notSearch", attribute, value)
    }

    /// The text or array contains `value`, or one of them when `value` is a list.
    pub fn contains(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("contains", attribute, value)
    }

    /// The text or array contains at least one of the values.
    pub fn contains_any(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("containsAny", attribute, value)
    }

    /// The array contains every one of the values.
    pub fn contains_all(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("containsAll", attribute, value)
    }

    /// The text or array contains none of the values.
    pub fn not_contains(attribute: &str, value: impl Serialize) -> Self {
        Query::spread("notContains", attribute, value)
    }

    /// Made before this time, an ISO 8601 text; sent as a comparison on `$createdAt`.
    pub fn created_before(time: impl Serialize) -> Self {
        Query::less_than("$createdAt", time)
    }

    /// Made after this time, an ISO 8601 text.
    pub fn created_after(time: impl Serialize) -> Self {
        Query::greater_than("$createdAt", time)
    }

    /// Made between these times, both included, as ISO 8601 texts.
    pub fn created_between(start: impl Serialize, end: impl Serialize) -> Self {
        Query::between("$createdAt", start, end)
    }

    /// Last changed before this time, an ISO 8601 text; sent as a comparison on `$updatedAt`.
    pub fn updated_before(time: impl Serialize) -> Self {
        Query::less_than("$updatedAt", time)
    }

    /// Last changed after this time, an ISO 8601 text.
    pub fn updated_after(time: impl Serialize) -> Self {
        Query::greater_than("$updatedAt", time)
    }

    /// Last changed between these times, both included, as ISO 8601 texts.
    pub fn updated_between(start: impl Serialize, end: impl Serialize) -> Self {
        Query::between("$updatedAt", start, end)
    }
}

fn pair(start: &impl Serialize, end: &impl Serialize) -> Written {
    Written::list([Written::value(0, start), Written::value(1, end)])
}
