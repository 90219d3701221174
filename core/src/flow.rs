//! What stands above single calls. These modules know calls, and no transport.

pub(crate) mod bulk;
mod options;
pub(crate) mod pages;
pub(crate) mod transaction;
pub(crate) mod wait;
