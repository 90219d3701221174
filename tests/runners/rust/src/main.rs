//! Follows a plan of tests/vectors with the typed services, as a Rust program would.

mod calls;
mod clients;
mod helpers;
mod over;
mod webhooks;

use polywrite::{Client, ClientConfig};
use polywrite_vector_support::{Arguments, Do, Failure, Plan, Recorder};
use serde_json::{Map, Value, json};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut plan = Plan::from_arguments()?;
    let recorder = Recorder::start()?;
    let (self_hosted, cloud) = (client(&recorder, true)?, client(&recorder, false)?);
    for task in plan.take_tasks() {
        let line = match task.what {
            Do::Call { operation, arguments, self_hosted: hosted, response } => {
                recorder.expect(response);
                let client = if hosted { &self_hosted } else { &cloud };
                let outcome = calls::make(client, &operation, &Arguments::new(arguments)).await;
                call_line(outcome, &recorder)
            }
            Do::Client { given, response } => {
                recorder.expect(response);
                clients::line(&given, &recorder).await
            }
            Do::Helper { helper, arguments } => helpers::line(&helper, &Arguments::new(arguments)),
            Do::Webhook { given } => webhooks::line(&Arguments::new(given)),
            Do::Enum { r#enum } => json!({ "values": calls::members(&r#enum) }),
        };
        plan.report(&task.id, into_map(line))?;
    }
    Ok(())
}

fn client(recorder: &Recorder, self_hosted: bool) -> Result<Client, Failure> {
    let config = json!({
        "endpoint": recorder.endpoint(),
        "project": "demo",
        "key": "secret",
        "selfHosted": self_hosted,
        // An error response is not retried.
        "retries": { "max": 0 },
    });
    Ok(over::client()?.configure(&ClientConfig::from_json(&config.to_string())?)?)
}

fn call_line(outcome: Option<calls::Outcome>, recorder: &Recorder) -> Value {
    let requests = recorder.requests();
    let mut line = match outcome {
        None => json!({ "error": { "message": "there is no such method" } }),
        Some(Ok(seen)) => json!({ "seen": seen }),
        Some(Err(record)) => json!({ "error": record }),
    };
    line["requests"] = requests.len().into();
    if let Some(request) = requests.into_iter().next() {
        line["request"] = request;
    }
    line
}

fn into_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(entries) => entries,
        _ => Map::new(),
    }
}
