//! The generated table of operations.

mod generated;
#[allow(dead_code, reason = "not every API has a use for every word")]
mod shape;

pub(crate) use generated::*;
