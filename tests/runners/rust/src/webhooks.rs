//! Requests of webhooks.

use polywrite::{Result, Webhook};
use polywrite_vector_support::Arguments;
use serde_json::{Value, json};

/// The report's line for a request.
pub(crate) fn line(given: &Arguments) -> Value {
    match seen(given) {
        Ok(seen) => json!({ "seen": seen }),
        Err(error) => json!({ "error": error.record() }),
    }
}

fn seen(given: &Arguments) -> Result<Value> {
    let webhook = Webhook::new(&given.take::<String>("url"), given.take::<String>("secret"))?;
    let body: String = given.take("body");
    let event = webhook.parse(given.take::<Vec<(String, String)>>("headers"), &body)?;
    Ok(json!({
        "id": event.id(),
        "name": event.name(),
        "events": event.events(),
        "userId": event.user_id(),
        "projectId": event.project_id(),
        "model": event.model(),
        "payload": event.payload::<Value>()?,
        "signature": webhook.sign(&body),
    }))
}
