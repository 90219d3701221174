//! Where the rows of a bulk write go.

use super::operation::BulkOperation;
use crate::{CallOptions, Client, Params};

/// Where rows go, and how.
pub(super) struct Target {
    pub(super) client: Client,
    pub(super) bulk: &'static BulkOperation,
    /// What every call is given, besides its rows.
    pub(super) params: Params,
    pub(super) call: CallOptions,
}
