//! Queries: what `Query.equal(…)` and its siblings mean.

mod compare;
mod matching;
mod methods;
mod page;
mod parse;
mod spatial;

pub(crate) use compare::order;
pub(crate) use matching::matches;
pub(crate) use page::{DEFAULT_LIMIT, Page, run};
pub(crate) use parse::{Cursor, Plan, Query, grouped, plan};

/// What a query may be asked about one attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeKind {
    /// Text, dates and IDs.
    Text,
    /// Whole and other numbers.
    Number,
    /// True or false.
    Boolean,
    /// Anything goes: lists, objects, geometry.
    Any,
}
