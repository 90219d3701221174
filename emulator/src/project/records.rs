//! What a test gets to see of its project.

use std::fmt;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::Error;

/// A webhook that was sent.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Delivery {
    /// When.
    pub at: String,
    /// The webhook.
    pub webhook_id: String,
    /// Where it went.
    pub url: String,
    /// The exact name of what happened, such as `users.ada.create`.
    pub event: String,
    /// What signs it: the header `x-appwrite-webhook-signature`.
    pub signature: String,
    /// The status of the response; none without one.
    pub status: Option<u16>,
    /// What went wrong, if something did.
    pub problem: Option<String>,
    /// The body as it was sent.
    pub body: String,
}

/// A request that the project received.
#[derive(Clone, Deserialize)]
#[non_exhaustive]
pub struct ReceivedRequest {
    /// Grows with each request of the emulator.
    pub number: u64,
    /// When.
    pub at: String,
    /// The HTTP method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The operation, such as `tablesDB.listRows`. Empty for a path that there is none for.
    pub operation: String,
    /// Who called: `key NAME`, `user ID` or `guest`.
    pub caller: String,
    /// The parameters without those that are secret; a text if they are too long to be kept whole.
    pub params: Value,
    /// The HTTP status of the response.
    pub status: u16,
    /// `type` and `message` of what went wrong, or null.
    pub error: Value,
    /// The response, if it is text; cut after 16 KiB.
    pub response: String,
}

// Bodies may have secrets.

impl fmt::Debug for Delivery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Delivery");
        shown.field("event", &self.event).field("url", &self.url).field("status", &self.status);
        shown.field("problem", &self.problem).finish_non_exhaustive()
    }
}

impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("ReceivedRequest");
        shown.field("operation", &self.operation).field("params", &self.params).field("caller", &self.caller);
        shown.field("status", &self.status).field("error", &self.error).finish_non_exhaustive()
    }
}

/// Records as the emulator's own API has them.
pub(super) fn read<T: DeserializeOwned>(record: Value) -> Result<T, Error> {
    serde_json::from_value(record).map_err(|problem| Error::new("read its own records", problem))
}
