//! What to return, in which order, how much of it; and queries made of queries.

use super::Query;
use crate::Error;
use crate::written::Written;

impl Query {
    /// Returns only these attributes; `*` and `relation.*` stand for all of a kind.
    pub fn select<T: Into<String>>(attributes: impl IntoIterator<Item = T>) -> Self {
        Query::names("select", attributes)
    }

    /// Smallest first.
    pub fn order_asc(attribute: &str) -> Self {
        Query::new("orderAsc", Some(attribute), None)
    }

    /// Largest first.
    pub fn order_desc(attribute: &str) -> Self {
        Query::new("orderDesc", Some(attribute), None)
    }

    /// In an order that is new with every call.
    pub fn order_random() -> Self {
        Query::new("orderRandom", None, None)
    }

    /// Continues after the item with this ID, which is the last one of the page before.
    pub fn cursor_after(id: &str) -> Self {
        Query::new("cursorAfter", None, Some(Written::spread(&id)))
    }

    /// Goes back to the items before the one with this ID.
    pub fn cursor_before(id: &str) -> Self {
        Query::new("cursorBefore", None, Some(Written::spread(&id)))
    }

    /// At most so many items. Lists give 25 when nothing else is said.
    pub fn limit(limit: u64) -> Self {
        Query::new("limit", None, Some(Written::spread(&limit)))
    }

    /// Skips so many items. Slow when large: prefer [`Query::cursor_after`].
    pub fn offset(offset: u64) -> Self {
        Query::new("offset", None, Some(Written::spread(&offset)))
    }

    /// The `page`-th page, counted from 1, with `per_page` items each: a limit and an offset.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when one of them is 0, or the offset is out of range.
    pub fn page(page: u64, per_page: u64) -> Result<[Self; 2], Error> {
        for (name, value) in [("page", page), ("per_page", per_page)] {
            if value == 0 {
                return Err(Error::argument(format!("Query::page: {name} must be 1 or more")));
            }
        }
        match (page - 1).checked_mul(per_page) {
            Some(offset) => Ok([Query::limit(per_page), Query::offset(offset)]),
            None => Err(Error::argument("Query::page: the offset is out of range")),
        }
    }

    /// At least one of the queries holds.
    pub fn or(queries: impl IntoIterator<Item = Query>) -> Self {
        Query::nested("or", None, queries)
    }

    /// All of the queries hold.
    pub fn and(queries: impl IntoIterator<Item = Query>) -> Self {
        Query::nested("and", None, queries)
    }

    /// One element of an array of objects meets all of the queries.
    pub fn elem_match(attribute: &str, queries: impl IntoIterator<Item = Query>) -> Self {
        Query::nested("elemMatch", Some(attribute), queries)
    }

    /// The queries hold for what this relationship leads to.
    pub fn relationship(attribute: &str, queries: impl IntoIterator<Item = Query>) -> Self {
        Query::nested("relationship", Some(attribute), queries)
    }
}
