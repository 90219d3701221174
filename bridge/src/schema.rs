//! The schema of a project: compared with a file, and brought to what it says.

#[cfg(not(target_family = "wasm"))]
mod native;
mod record;
#[cfg(target_family = "wasm")]
mod web;

#[cfg(not(target_family = "wasm"))]
use native::plan;
#[cfg(target_family = "wasm")]
use web::plan;

use polywrite::{CallOptions, Client, Response, Result};
use serde_json::json;

use crate::given::Given;
use crate::note::Note;
use crate::outcome::{Ended, Outcome};

pub(crate) use record::Schema;

/// Does what a command about a schema says. The plan comes back, which of a push is done.
pub(crate) async fn schema(
    given: Given,
    client: Client,
    schema: Schema,
    note: impl Fn(Note) + Send + Sync + 'static,
) -> Result<Ended> {
    // The core reads it as it reads the time limit of a call.
    let timeout = schema.push.as_ref().and_then(|push| push.timeout.as_ref());
    let options = timeout.map(|timeout| CallOptions::from_json(&json!({ "timeout": timeout }).to_string()));
    let options = options.transpose().map_err(|error| error.with_operation("schema.push"))?;
    let timeout = options.and_then(|options| options.timeout);
    let name = if schema.push.is_some() { "schema.push" } else { "schema.plan" };
    // An error of a call names the call.
    let plan = plan(schema, client, timeout, note).await.map_err(|error| error.with_operation(name))?;
    Ok((Outcome::Json(Response::of_json(given.operation, plan)), None))
}
