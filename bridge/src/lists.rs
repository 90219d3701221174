//! What stands above single calls, one command at a time: the next page of a list, and waiting.

use std::time::Duration;

use polywrite::{Client, Error, Result, WaitOptions, iterate, wait, wait_for};
use serde_json::Value;

use crate::given::Given;
use crate::outcome::Outcome;

/// Reads the page of a list that begins at `place`, which the page before it said; the first one without. It says the
/// place behind it, or `null` at the end of the list. Without a page the list is at its end.
pub(crate) async fn page(
    given: Given,
    client: Client,
    size: Option<Value>,
    place: Option<Value>,
    tell: impl Fn(String),
) -> Result<Outcome> {
    let Given { operation, params, options } = given;
    // What is not a whole number is refused as 0 is.
    let size = size.map(|size| size.as_u64().unwrap_or_default());
    let mut pages = iterate(&client, operation, params, size, options)?;
    if let Some(place) = place {
        pages = pages.at(&place.to_string())?;
    }
    let Some(response) = pages.next().await? else { return Ok(Outcome::Empty) };
    tell(pages.place().unwrap_or_else(|| "null".to_owned()));
    Outcome::of(response)
}

/// Waits until something is ready, for `timeout` milliseconds; says each status as JSON text.
pub(crate) async fn ready(
    given: Given,
    client: Client,
    id: &str,
    timeout: Option<Value>,
    tell: Option<impl Fn(String) + Send + Sync + 'static>,
) -> Result<Outcome> {
    let wait = wait(id).ok_or_else(|| Error::argument(format!("nothing is called `{id}`")))?;
    let mut options = WaitOptions::new().call(given.options);
    if let Some(timeout) = timeout {
        let message = "the option `timeout` must be a duration, more than 0";
        let refused = || Error::argument(message).with_operation(wait.id);
        let millis = timeout.as_f64().filter(|millis| *millis >= 0.0).ok_or_else(refused)?;
        // A limit beyond what the clock can count never passes.
        options = options.timeout(Duration::try_from_secs_f64(millis / 1000.0).unwrap_or(Duration::MAX));
    }
    if let Some(tell) = tell {
        options = options.on_status(move |status| tell(Value::from(status).to_string()));
    }
    Outcome::of(wait_for(&client, wait, given.params, options).await?)
}
