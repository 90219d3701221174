use serde::Deserialize;

use super::generated::{BUFFER, QUERIES};
use crate::error::{Error, Result};
use crate::query::Query;

/// What a subscription may set differently.
#[derive(Clone, Debug)]
#[must_use]
pub struct SubscribeOptions {
    pub(super) queries: Vec<String>,
    pub(super) buffer: usize,
}

impl SubscribeOptions {
    /// Every event of the channels, of which 1,000 wait for a slow reader.
    pub fn new() -> Self {
        Self { queries: Vec::new(), buffer: BUFFER }
    }

    /// Only events whose payload meets all of these: comparisons, `isNull`, `isNotNull`, `and`, `or`, `select` of `*`.
    pub fn queries(mut self, queries: impl IntoIterator<Item = Query>) -> Self {
        self.queries.extend(queries.into_iter().map(|query| query.as_str().to_owned()));
        self
    }

    /// How many events wait for a slow reader, at least 1. More are dropped, and a [`Gap`](super::Gap) says how many.
    /// Default: 1,000.
    pub fn buffer(mut self, events: usize) -> Self {
        self.buffer = events;
        self
    }

    /// Reads options from a JSON object with `queries`, a list of texts, and `buffer`.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) that names what is wrong.
    pub fn from_json(text: &str) -> Result<Self> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Given {
            queries: Option<Vec<String>>,
            buffer: Option<usize>,
        }
        let wanted =
            "the options take `queries`, a list of queries, and `buffer`, a whole number of at least 1";
        let given: Given = serde_json::from_str(text).map_err(|_| Error::argument(wanted))?;
        let queries = given.queries.unwrap_or_default();
        Ok(Self { queries, buffer: given.buffer.unwrap_or(BUFFER) })
    }

    /// Refuses what the server would, which says no more than that something is wrong.
    pub(super) fn check(&self) -> Result<()> {
        if self.buffer == 0 {
            return Err(Error::argument("the option `buffer` must be at least 1"));
        }
        self.queries.iter().try_for_each(|query| check_query(query))
    }
}

impl Default for SubscribeOptions {
    fn default() -> Self {
        Self::new()
    }
}

fn check_query(query: &str) -> Result<()> {
    #[derive(Deserialize)]
    struct Method {
        method: String,
    }
    let hint = format!("subscriptions take {}; filter by all else when an event arrives", QUERIES.join(", "));
    match serde_json::from_str::<Method>(query) {
        Ok(Method { method }) if QUERIES.contains(&method.as_str()) => Ok(()),
        Ok(Method { method }) => {
            let message = format!("a subscription cannot have the query `{}`", method.escape_debug());
            Err(Error::argument(message).with_hint(hint))
        }
        Err(_) => {
            Err(Error::argument("the option `queries` has a text that is not a query; make it with Query"))
        }
    }
}
