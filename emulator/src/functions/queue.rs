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
                // What goes wrong here is not the fault of the call, which has been done.
                let _ = self.start_one(call, &function, first, payload);
            }
        }
    }

    fn start_one(&self, call: &Call, function: &Value, event: &str, payload: &Value) -> Result<(), Failure> {
        let (id, now) = (random::id(), clock::now());
        let given = json!({
            "$id": id, "$createdAt": now, "$updatedAt": now, "functionId": function["$id"],
            "deploymentId": function["deploymentId"], "trigger": "event", "status": "waiting",
            "requestMethod": "POST", "requestPath": "/",
        });
        let execution = call.state.schema.resource("functions.getExecution", given);
        let user = call.caller.user().map(|_| (call.caller.user_id(), ""));
        let mut headers = environment::headers(call.state, &call.project, function, &execution, user);
        headers.insert("x-appwrite-event".to_owned(), json!(event));
        headers.insert("content-type".to_owned(), json!("application/json"));
        let job = Job {
            project: call.project.clone(),
            function: function.clone(),
            execution,
            method: "POST".to_owned(),
            path: "/".to_owned(),
            headers,
            body: payload.to_string(),
            is_awaited: false,
        };
        let _writing = call.state.writing();
        call.state.store.put(&job.collection(), &id, &job.execution)?;
        self.add(job);
        Ok(())
    }
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
