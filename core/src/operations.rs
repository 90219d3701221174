//! The generated table of operations.

mod generated;

pub(crate) use generated::OPERATIONS;
