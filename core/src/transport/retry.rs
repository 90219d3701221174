//! Attempts, the waits between them, and the end of a call.

pub(super) mod attempts;
pub(super) mod backoff;
pub(super) mod classify;
pub(super) mod deadline;
pub(super) mod failure;
