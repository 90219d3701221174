//! The operations that make the transactions of a service.

use crate::operation::Operation;

/// The operations that make the transactions of a service.
#[derive(Debug)]
pub(super) struct Calls {
    pub(super) service: &'static str,
    pub(super) begin: &'static Operation,
    pub(super) end: &'static Operation,
    pub(super) read: &'static Operation,
    pub(super) stage: &'static Operation,
}
