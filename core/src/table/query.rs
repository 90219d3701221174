//! Queries that know the rows they are about.

use crate::Query;
use std::fmt;
use std::marker::PhantomData;

/// A query about rows `R`.
pub struct TableQuery<R> {
    query: Query,
    of: PhantomData<fn(R)>,
}

impl<R> Clone for TableQuery<R> {
    fn clone(&self) -> Self {
        Self::of(self.query.clone())
    }
}

impl<R> fmt::Debug for TableQuery<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(formatter)
    }
}

impl<R> From<TableQuery<R>> for Query {
    fn from(query: TableQuery<R>) -> Self {
        query.query
    }
}

impl<R> TableQuery<R> {
    pub(super) fn of(query: Query) -> Self {
        Self { query, of: PhantomData }
    }

    /// Returns at most this many rows; without it, a list returns 25.
    pub fn limit(limit: u64) -> Self {
        Self::of(Query::limit(limit))
    }

    /// Skips this many rows; for long lists a cursor is faster.
    pub fn offset(offset: u64) -> Self {
        Self::of(Query::offset(offset))
    }

    /// The page that begins after the row with this ID.
    pub fn cursor_after(id: &str) -> Self {
        Self::of(Query::cursor_after(id))
    }

    /// The page that ends before the row with this ID.
    pub fn cursor_before(id: &str) -> Self {
        Self::of(Query::cursor_before(id))
    }

    /// Puts the rows in random order.
    pub fn order_random() -> Self {
        Self::of(Query::order_random())
    }

    /// Rows that match at least one of these queries.
    pub fn or(queries: impl IntoIterator<Item = Self>) -> Self {
        Self::of(Query::or(queries.into_iter().map(Query::from)))
    }

    /// Rows that match all of these queries.
    pub fn and(queries: impl IntoIterator<Item = Self>) -> Self {
        Self::of(Query::and(queries.into_iter().map(Query::from)))
    }
}
