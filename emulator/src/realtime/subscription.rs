//! What a connection has subscribed to.

use serde_json::Value;

use super::hub::Change;
use crate::{
    query::{self, AttributeKind, Query},
    schema::Schema,
};

/// Channels, and the queries that a payload must meet.
#[derive(Debug)]
pub(super) struct Subscription {
    pub(super) channels: Vec<String>,
    pub(super) queries: Vec<Query>,
    /// The queries as they came.
    pub(super) texts: Vec<Value>,
}

impl Subscription {
    /// A subscription to these channels.
    ///
    /// # Errors
    /// The server's words for a query that it does not take.
    pub(super) fn new(schema: &Schema, channels: Vec<String>, texts: Vec<Value>) -> Result<Self, String> {
        let allowed = &schema.api.events.realtime.queries;
        for text in &texts {
            let parsed: Option<Value> = text.as_str().and_then(|text| text.parse().ok());
            let method = parsed.as_ref().and_then(|query| query["method"].as_str());
            let Some(method) = method else { return Err(format!("Invalid query: {text}")) };
            if !allowed.iter().any(|known| known == method) {
                let allowed = allowed.join(", ");
                return Err(format!(
                    "Query method '{method}' is not supported in Realtime queries. Allowed: {allowed}"
                ));
            }
        }
        // `select` of everything filters nothing.
        let filters: Vec<Value> =
            texts.iter().filter(|text| !text.as_str().is_some_and(is_select)).cloned().collect();
        let plan =
            query::plan(&filters, &|_| Some(AttributeKind::Any)).map_err(|problem| problem.to_string())?;
        Ok(Self { channels, queries: plan.filters, texts })
    }

    /// Whether a change is one of its own.
    pub(super) fn wants(&self, change: &Change, user: Option<&str>) -> bool {
        let own = |channel: &String| {
            // A user's own account, and no other.
            let is_own = channel == "account" || channel.starts_with("account.");
            change.channels.contains(channel) && (!is_own || user.is_some())
        };
        self.channels.iter().any(own)
            && self.queries.iter().all(|query| query::matches(query, &change.payload))
    }
}

fn is_select(text: &str) -> bool {
    text.parse::<Value>().is_ok_and(|query| query["method"] == "select")
}
