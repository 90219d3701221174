//! Waiting for what comes next: each mail, and each delivery of a webhook, is handed over once.

use std::{sync::Arc, time::Duration};

use serde_json::{Map, Value};
use tokio::time::{Instant, sleep};

use super::no_route;
use crate::{failure::Failure, mail, state::State};

/// How long it waits if a program does not say.
const SECONDS: f64 = 5.0;

/// The longest wait, in seconds.
const LONGEST: f64 = 600.0;

/// The pause until it looks again.
const PAUSE: Duration = Duration::from_millis(5);

/// Waits for the first one that has the wanted fields and was not handed over before.
pub(crate) async fn wait(
    state: Arc<State>,
    project: &str,
    kind: &str,
    mut wanted: Value,
) -> Result<Value, Failure> {
    let (take, fields): (Take, _) = match kind {
        "mails" => (mail::take, ["to", "kind", "userId"]),
        "webhooks" => {
            (|state, project, wanted| Ok(state.webhooks.take(project, wanted)), ["webhookId", "url", "event"])
        }
        _ => return Err(no_route()),
    };
    let seconds = wanted.as_object_mut().and_then(|wanted| wanted.remove("seconds"));
    let seconds = seconds.and_then(|seconds| seconds.as_f64()).unwrap_or(SECONDS).clamp(0.0, LONGEST);
    let wanted = wanted.as_object().cloned().unwrap_or_default();
    if let Some(name) = wanted.keys().find(|name| !fields.contains(&name.as_str())) {
        return Err(Failure::argument(name, format!("what is waited for has {}", fields.join(", "))));
    }
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    loop {
        if state.projects.find(project).is_none() {
            return Err(Failure::new(
                404,
                "project_not_found",
                format!("the emulator has no project {project:?}"),
            ));
        }
        let (looking, of, asked) = (Arc::clone(&state), project.to_owned(), wanted.clone());
        let looked = tokio::task::spawn_blocking(move || take(&looking, &of, &asked)).await;
        if let Some(found) = looked.map_err(|_| Failure::server())?? {
            return Ok(found);
        }
        if Instant::now() >= end {
            return Err(Failure::new(404, "nothing_came", nothing(&state, project, kind, &wanted, seconds)?));
        }
        sleep(PAUSE).await;
    }
}

type Take = fn(&State, &str, &Map<String, Value>) -> Result<Option<Value>, Failure>;

/// Whether something has the wanted fields.
pub(crate) fn has(item: &Value, wanted: &Map<String, Value>) -> bool {
    wanted.iter().all(|(name, value)| item[name] == *value)
}

/// What to say when nothing came: what was waited for, and what there is.
fn nothing(
    state: &State,
    project: &str,
    kind: &str,
    wanted: &Map<String, Value>,
    seconds: f64,
) -> Result<String, Failure> {
    let there: Vec<String> = match kind {
        "mails" => mail::shown(state, project)?.iter().map(|mail| name(mail, "kind", "to")).collect(),
        _ => state.webhooks.sent(project).iter().map(|sent| name(sent, "event", "url")).collect(),
    };
    let which = if wanted.is_empty() {
        "none came".to_owned()
    } else {
        format!("none with {} came", Value::from(wanted.clone()))
    };
    let there = if there.is_empty() { "none".to_owned() } else { there.join(", ") };
    Ok(format!(
        "{kind}: {which} within {seconds} seconds that was not handed over before; in all there are: {there}"
    ))
}

fn name(item: &Value, what: &str, to: &str) -> String {
    format!("{} to {}", item[what].as_str().unwrap_or("one"), item[to].as_str().unwrap_or_default())
}
