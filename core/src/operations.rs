//! The generated table of operations.

mod generated;
#[allow(dead_code, reason = "not every API has a use for every word")]
pub(crate) mod shape;

pub(crate) use generated::*;
