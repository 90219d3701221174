//! Columns, and queries about them.

use super::{ComparedTo, Held, Record, TableQuery};
use crate::{Number, Query};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// What a column of points, lines or polygons holds, for its queries.
#[derive(Clone, Copy, Debug)]
pub struct Geometry;

/// A column of the rows `R`; `V` is what it holds, or what each element of its list is.
pub struct Column<R, V> {
    key: Cow<'static, str>,
    of: PhantomData<fn(R) -> V>,
}

impl<R, V> Clone for Column<R, V> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), of: PhantomData }
    }
}

impl<R, V> fmt::Debug for Column<R, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Column").field(&self.key).finish()
    }
}

impl<R, V> Column<R, V> {
    /// The column with this key. Files of `polywrite types` have those that there are.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), of: PhantomData }
    }

    /// Its key, for the queries of [`Query`].
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Rows whose column is null.
    pub fn is_null(self) -> TableQuery<R> {
        TableQuery::of(Query::is_null(&self.key))
    }

    /// Rows whose column has a value.
    pub fn is_not_null(self) -> TableQuery<R> {
        TableQuery::of(Query::is_not_null(&self.key))
    }

    /// Sorts by the column, smallest first.
    pub fn order_asc(self) -> TableQuery<R> {
        TableQuery::of(Query::order_asc(&self.key))
    }

    /// Sorts by the column, largest first.
    pub fn order_desc(self) -> TableQuery<R> {
        TableQuery::of(Query::order_desc(&self.key))
    }
}

/// Queries that take a value: their names, and what they ask for.
macro_rules! compared {
    ($($(#[$about:meta])* $name:ident,)*) => {
        impl<R, V: Held> Column<R, V> {
            $(
                $(#[$about])*
                pub fn $name(self, value: impl ComparedTo<V>) -> TableQuery<R> {
                    TableQuery::of(Query::$name(&self.key, value))
                }
            )*
        }
    };
}

compared! {
    /// Rows whose column equals the value, or any of several values.
    equal,
    /// Rows whose column differs from the value.
    not_equal,
    /// Rows whose column is below the value.
    less_than,
    /// Rows whose column is the value or below it.
    less_than_equal,
    /// Rows whose column is above the value.
    greater_than,
    /// Rows whose column is the value or above it.
    greater_than_equal,
    /// Rows whose text contains the value, or whose list has any of the values.
    contains,
    /// Rows whose text or list does not contain the value.
    not_contains,
    /// Rows whose list has at least one of the values.
    contains_any,
    /// Rows whose list has every one of the values.
    contains_all,
}

impl<R, V: Held> Column<R, V> {
    /// Rows whose column lies between two values, both included.
    pub fn between(self, start: impl ComparedTo<V>, end: impl ComparedTo<V>) -> TableQuery<R> {
        TableQuery::of(Query::between(&self.key, start, end))
    }

    /// Rows whose column lies outside of two values.
    pub fn not_between(self, start: impl ComparedTo<V>, end: impl ComparedTo<V>) -> TableQuery<R> {
        TableQuery::of(Query::not_between(&self.key, start, end))
    }
}

impl<R> Column<R, String> {
    /// Rows whose column begins with the text.
    pub fn starts_with(self, text: &str) -> TableQuery<R> {
        TableQuery::of(Query::starts_with(&self.key, text))
    }

    /// Rows whose column does not begin with the text.
    pub fn not_starts_with(self, text: &str) -> TableQuery<R> {
        TableQuery::of(Query::not_starts_with(&self.key, text))
    }

    /// Rows whose column ends with the text.
    pub fn ends_with(self, text: &str) -> TableQuery<R> {
        TableQuery::of(Query::ends_with(&self.key, text))
    }

    /// Rows whose column does not end with the text.
    pub fn not_ends_with(self, text: &str) -> TableQuery<R> {
        TableQuery::of(Query::not_ends_with(&self.key, text))
    }

    /// Rows whose column matches a regular expression.
    pub fn regex(self, pattern: &str) -> TableQuery<R> {
        TableQuery::of(Query::regex(&self.key, pattern))
    }

    /// Rows whose column contains the words; needs a full-text index.
    pub fn search(self, words: &str) -> TableQuery<R> {
        TableQuery::of(Query::search(&self.key, words))
    }

    /// Rows whose column does not contain the words; needs a full-text index.
    pub fn not_search(self, words: &str) -> TableQuery<R> {
        TableQuery::of(Query::not_search(&self.key, words))
    }
}

impl<R> Column<R, Geometry> {
    /// Rows whose geometry shares a point with this one.
    pub fn intersects(self, geometry: impl Serialize) -> TableQuery<R> {
        TableQuery::of(Query::intersects(&self.key, geometry))
    }

    /// Rows whose geometry crosses this one.
    pub fn crosses(self, geometry: impl Serialize) -> TableQuery<R> {
        TableQuery::of(Query::crosses(&self.key, geometry))
    }

    /// Rows whose geometry overlaps this one in part.
    pub fn overlaps(self, geometry: impl Serialize) -> TableQuery<R> {
        TableQuery::of(Query::overlaps(&self.key, geometry))
    }

    /// Rows whose geometry touches this one at its edge only.
    pub fn touches(self, geometry: impl Serialize) -> TableQuery<R> {
        TableQuery::of(Query::touches(&self.key, geometry))
    }

    /// Rows whose point is nearer than this to a geometry: in metres, or in the unit of the coordinates.
    pub fn distance_less_than(
        self,
        geometry: impl Serialize,
        distance: impl Into<Number>,
        meters: bool,
    ) -> TableQuery<R> {
        TableQuery::of(Query::distance_less_than(&self.key, geometry, distance, meters))
    }

    /// Rows whose point is farther than this from a geometry: in metres, or in the unit of the coordinates.
    pub fn distance_greater_than(
        self,
        geometry: impl Serialize,
        distance: impl Into<Number>,
        meters: bool,
    ) -> TableQuery<R> {
        TableQuery::of(Query::distance_greater_than(&self.key, geometry, distance, meters))
    }
}

/// A column of the rows `R` that leads to rows `Other`.
pub struct Relation<R, Other> {
    key: Cow<'static, str>,
    of: PhantomData<fn(R) -> Other>,
}

impl<R, Other> fmt::Debug for Relation<R, Other> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Relation").field(&self.key).finish()
    }
}

impl<R, Other: Record> Relation<R, Other> {
    /// The column with this key. Files of `polywrite types` have those that there are.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), of: PhantomData }
    }

    /// A column of the related rows, for queries: `Movie::AUTHOR.column(Author::NAME)`.
    pub fn column<V>(self, column: Column<Other, V>) -> Column<R, V> {
        Column { key: format!("{}.{}", self.key, column.key).into(), of: PhantomData }
    }

    /// Returns all columns of the rows, and all of the row or rows that this column leads to.
    pub fn select_all(self) -> TableQuery<R> {
        TableQuery::of(Query::select(["*".to_owned(), format!("{}.*", self.key)]))
    }
}
