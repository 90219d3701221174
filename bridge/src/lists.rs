//! What stands above single calls, one command at a time: the next page of a list, and waiting.

use polywrite::{CallOptions, Client, Error, Result, WaitOptions, iterate, wait, wait_for};
use serde_json::{Value, json};

use crate::given::Given;
use crate::note::Note;
use crate::outcome::{Ended, Outcome};

/// Reads the page of a list that begins at `place`, which the page before it noted; the first one without. It notes the
/// place behind it, or `null` at the end of the list. Without a page the list is at its end.
pub(crate) async fn page(
    given: Given,
    client: Client,
    size: Option<Value>,
    place: Option<String>,
    note: impl Fn(Note),
) -> Result<Ended> {
    let Given { operation, params, options } = given;
    // What is not a whole number is refused as 0 is.
    let size = size.map(|size| size.as_u64().unwrap_or_default());
    let mut pages = iterate(&client, operation, params, size, options)?;
    if let Some(place) = place {
        pages = pages.at(&place)?;
    }
    let Some(response) = pages.next().await? else { return Ok((Outcome::Empty, None)) };
    note(Note::progress(&pages.place()));
    Outcome::of(response)
}

/// Waits until something is ready, for `timeout` milliseconds; reports each status.
pub(crate) async fn ready(
    given: Given,
    client: Client,
    id: &str,
    timeout: Option<Value>,
    report: Option<impl Fn(Note) + Send + Sync + 'static>,
) -> Result<Ended> {
    let wait = wait(id).ok_or_else(|| Error::argument(format!("nothing is called `{id}`")))?;
    let mut options = WaitOptions::new().call(given.options);
    if let Some(timeout) = timeout {
        // The core reads it as it reads the time limit of a call.
        let read = CallOptions::from_json(&json!({ "timeout": timeout }).to_string());
        if let Some(timeout) = read.map_err(|error| error.with_operation(wait.id))?.timeout {
            options = options.timeout(timeout);
        }
    }
    if let Some(report) = report {
        options = options.on_status(move |status| report(Note::progress(&status)));
    }
    Outcome::of(wait_for(&client, wait, given.params, options).await?)
}
