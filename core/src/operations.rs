//! The generated table of operations.

mod generated;
mod shape;

pub(crate) use generated::*;
