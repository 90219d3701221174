//! Brings a server's schema to what is wanted.

mod apply;
mod column;
mod index;
mod params;
mod whole;

use std::{fmt, sync::Arc, time::Duration};

use polywrite::Client;

use crate::{
    diff::diff,
    error::{Error, Result},
    live,
    model::Schema,
    plan::{Plan, Step, Target},
};

use apply::Push;

/// How often a push reads the server anew: when another one works on the same schema, its steps and theirs mix.
const ROUNDS: usize = 4;

/// What is given each step that is done.
pub type Listener = Arc<dyn Fn(&Step) + Send + Sync>;

/// How to push.
#[derive(Clone, Default)]
pub struct PushOptions {
    /// Whether steps that lose data are taken (default no: then nothing at all is done).
    pub allow_destroy: bool,
    /// The plan that was agreed to: with it, only what that plan loses is lost. Without it, what the push's own first plan
    /// loses.
    pub agreed: Option<Plan>,
    /// How long to wait for the columns and indexes of a table (default 60 s).
    pub timeout: Option<Duration>,
    /// What is given each step that is done.
    pub listener: Option<Listener>,
}

impl fmt::Debug for PushOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushOptions")
            .field("allow_destroy", &self.allow_destroy)
            .field("agreed", &self.agreed)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// The plan that leads from what the server has to `wanted`. It reads only what `wanted` names.
///
/// # Errors
/// A call's own; [`Error::Invalid`] for a schema that no server could have.
pub async fn plan(client: &Client, wanted: &Schema) -> Result<Plan> {
    diff(&live::for_schema(client, wanted).await?, wanted)
}

/// Brings the server to `wanted`: makes, changes and, if the options allow it, drops things; waits until columns and indexes
/// can be used. Whatever interrupts it, another push goes on from what the server has then. Returns the plan that is done now.
///
/// # Errors
/// [`Error::Destroys`] before anything is done, when steps lose data and the options do not allow it, or not of these;
/// [`Error::Step`] when a step failed; [`Error::Unsettled`] when something else keeps changing the schema.
pub async fn push(client: &Client, wanted: &Schema, options: &PushOptions) -> Result<Plan> {
    let mut done: Option<Plan> = None;
    let mut agreed = options.agreed.as_ref().map(lost);
    for _ in 0..ROUNDS {
        let plan = plan(client, wanted).await?;
        if plan.is_empty() {
            return Ok(done.unwrap_or(plan));
        }
        let mut lost = lost(&plan);
        if options.allow_destroy {
            // What another one has made since then is not a part of it.
            let agreed = agreed.get_or_insert_with(|| lost.clone());
            lost.retain(|target| !agreed.contains(target));
        }
        if !lost.is_empty() {
            return Err(Error::Destroys(lost));
        }
        Push { client, options }.apply(&plan).await?;
        match &mut done {
            Some(done) => done.steps.extend(plan.steps),
            None => done = Some(plan),
        }
    }
    let plan = plan(client, wanted).await?;
    if plan.is_empty() {
        return Ok(done.unwrap_or(plan));
    }
    Err(Error::Unsettled(plan.steps.into_iter().map(|step| step.target).collect()))
}

/// What loses its data by a plan.
fn lost(plan: &Plan) -> Vec<Target> {
    plan.destroying().map(|step| step.target.clone()).collect()
}
