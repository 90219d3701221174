//! The table of every operation, sorted by id.

use crate::operation::Operation;

/// Every operation of the API, sorted by id.
pub(crate) static OPERATIONS: [&Operation; 0] = [];
