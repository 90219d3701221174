//! Executions for which no caller waits: of calls that asked for it, at their time, and of events.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::{Job, environment, is_runnable};
use crate::{call::Call, clock, failure::Failure, pending::Pending, random, realtime, state::State};

/// How many programs run at the same time.
const AT_A_TIME: usize = 16;

/// How often an execution that is scheduled looks at the clock of its project, which tests move.
const GLANCE: Duration = Duration::from_millis(200);

/// Executions on their way.
#[derive(Debug, Default)]
pub(crate) struct Queue(Pending<Job>);

impl Queue {
    /// Has an execution run as soon as it can, or at its time.
    pub(crate) fn add(&self, job: Job) {
        self.0.add(job);
    }

    /// Whether a project has functions that events start.
    pub(crate) fn listens(&self, call: &Call) -> bool {
        !call.state.functions.is_empty() && !listeners(call).is_empty()
    }

    /// Starts the functions that ask for one of a change's names; the first is what they hear of.
    pub(crate) fn start(&self, call: &Call, events: &[String], payload: &Value) {
        let Some(first) = events.first().filter(|_| !call.state.functions.is_empty()) else { return };
        let is_wanted = |wanted: &Value| events.iter().any(|event| wanted == event.as_str());
        for function in listeners(call) {
            if function["events"].as_array().is_some_and(|wanted| wanted.iter().any(is_wanted)) {
                let beginning = Beginning {
                    project: &call.project,
                    function: &function,
                    trigger: "event",
                    user: call.caller.user().map(|_| call.caller.user_id()),
                    headers: &[("x-appwrite-event", first), ("content-type", "application/json")],
                    body: payload.to_string(),
                };
                // What goes wrong here is not the fault of the call, which has been done.
                let _ = self.begin(call.state, beginning);
            }
        }
    }

    /// Has an execution run as soon as it can that no caller has asked for.
    pub(super) fn begin(&self, state: &State, beginning: Beginning<'_>) -> Result<(), Failure> {
        let Beginning { project, function, trigger, user, headers: own, body } = beginning;
        let (id, now) = (random::id(), clock::now());
        let given = json!({
            "$id": id, "$createdAt": now, "$updatedAt": now, "functionId": function["$id"],
            "deploymentId": function["deploymentId"], "trigger": trigger, "status": "waiting",
            "requestMethod": "POST", "requestPath": "/",
        });
        let execution = state.schema.resource("functions.getExecution", given);
        let mut headers = environment::headers(state, project, function, &execution, user.map(|id| (id, "")));
        headers.extend(own.iter().map(|(name, value)| ((*name).to_owned(), json!(value))));
        let job = Job {
            project: project.to_owned(),
            function: function.clone(),
            execution,
            method: "POST".to_owned(),
            path: "/".to_owned(),
            headers,
            body,
            is_awaited: false,
        };
        let _writing = state.writing();
        state.store.put(&job.collection(), &id, &job.execution)?;
        self.add(job);
        Ok(())
    }
}

/// An execution that no caller has asked for.
pub(super) struct Beginning<'a> {
    pub(super) project: &'a str,
    pub(super) function: &'a Value,
    pub(super) trigger: &'a str,
    /// The user whose call was its cause.
    pub(super) user: Option<&'a str>,
    /// Headers beside those of all executions.
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: String,
}

fn listeners(call: &Call) -> Vec<Value> {
    let functions = call.state.store.all(&call.collection("resources/functions")).unwrap_or_default();
    let listens = |function: &Value| {
        let events = function["events"].as_array().is_some_and(|events| !events.is_empty());
        events && is_runnable(function) && function["enabled"] != false
    };
    functions.into_iter().filter(listens).collect()
}

/// Runs executions as they come, as long as the emulator does.
pub(crate) async fn work(state: Arc<State>) {
    let Some(mut waiting) = state.executions.0.take() else { return };
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    while let Some(job) = waiting.recv().await {
        let (state, places) = (Arc::clone(&state), Arc::clone(&places));
        tokio::spawn(async move {
            due(&state, &job).await;
            let Ok(_place) = places.acquire().await else { return };
            let project = job.project.clone();
            // Nothing is reported of one that was deleted meanwhile.
            if let Ok(execution) = job.run(&state).await {
                realtime::executed(&state, &project, &execution);
            }
        });
    }
}

/// Waits until it is time.
async fn due(state: &State, job: &Job) {
    let Some(moment) = job.execution["scheduledAt"].as_str().and_then(clock::read) else { return };
    let is_due = || {
        let project = state.projects.find(&job.project);
        project.map_or_else(clock::moment, |project| project.serve(clock::moment)) >= moment
    };
    while !is_due() {
        tokio::time::sleep(GLANCE).await;
    }
}
