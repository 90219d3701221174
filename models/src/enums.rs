//! Sets of known values: a value that this version does not know is kept, not refused.

mod generated;

pub use generated::*;
