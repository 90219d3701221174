//! Makes every call of a plan with Appwrite's own crate.

mod calls;

use polywrite_vector_support::{Arguments, Do, Failure, Plan, Recorder};
use serde_json::{Map, Value, json};

/// The outcome of a call of the crate: its error, if any. The result does not matter here.
pub type Outcome = Option<String>;

pub fn outcome<T>(result: appwrite::error::Result<T>) -> Outcome {
    result.err().map(|error| error.to_string())
}

pub fn file((name, bytes): (String, Vec<u8>)) -> appwrite::input_file::InputFile {
    appwrite::input_file::InputFile::from_bytes(bytes, name, None)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut plan = Plan::from_arguments()?;
    let recorder = Recorder::start()?;
    let client = appwrite::Client::new().set_endpoint(recorder.endpoint()).set_project("demo").set_key("secret");
    for task in plan.take_tasks() {
        let Do::Call { operation, arguments, response, .. } = task.what else { continue };
        recorder.expect(response);
        let arguments = Arguments::new(arguments);
        let outcome = calls::make(&client, &operation, &arguments).await;
        plan.report(&task.id, line(outcome, &recorder, &arguments))?;
    }
    Ok(())
}

fn line(outcome: Option<Outcome>, recorder: &Recorder, arguments: &Arguments) -> Map<String, Value> {
    let mut line = Map::new();
    let Some(outcome) = outcome else {
        line.insert("skipped".into(), "the crate lacks it".into());
        return line;
    };
    if let Some(message) = outcome {
        line.insert("error".into(), json!({ "message": message }));
    }
    if let Some(request) = recorder.requests().into_iter().next() {
        line.insert("request".into(), request);
    }
    line.insert("read".into(), arguments.read().into());
    line.insert("misfits".into(), arguments.misfits().into());
    line
}
