//! Where there is a disk.

use std::{sync::Arc, time::Duration};

use polywrite::{Client, Result};
use polywrite_schema::{PushOptions, plan as plan_of, push, read};

use crate::error::internal;
use crate::note::Note;

use super::record::Schema;

/// The plan as JSON text; a push has done it.
pub(super) async fn plan(
    schema: Schema,
    client: Client,
    timeout: Option<Duration>,
    note: impl Fn(Note) + Send + Sync + 'static,
) -> Result<String> {
    let plan = async {
        let mut wanted = read(&schema.path)?;
        for wish in &schema.rename {
            wanted.rename(wish)?;
        }
        let Some(how) = schema.push else { return plan_of(&client, &wanted).await };
        let mut options = PushOptions { allow_destroy: how.allow_destroy, timeout, ..PushOptions::default() };
        if how.reports {
            options.listener = Some(Arc::new(move |step| note(Note::progress(step))));
        }
        push(&client, &wanted, &options).await
    };
    let plan = plan.await.map_err(polywrite_schema::Error::into_call_error)?;
    serde_json::to_string(&plan).map_err(|_| internal())
}
