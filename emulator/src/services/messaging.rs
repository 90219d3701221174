//! Topics, subscribers, providers and messages. Nothing is ever sent.

mod messages;
mod providers;

use serde_json::json;

use super::{Handler, generic, users::targets};
use crate::{
    call::Call,
    clock,
    failure::Failure,
    response::{Handled, Response},
};

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "createTopic" => create_topic,
        "createSubscriber" => create_subscriber,
        "listTargets" => |_| Ok(Response::list("targets", 0, Vec::new())),
        name if name.starts_with("create") && name.ends_with("Provider") => providers::create,
        name if name.starts_with("update") && name.ends_with("Provider") => providers::update,
        "createEmail" | "createSms" | "createSMS" | "createPush" => messages::create,
        "updateEmail" | "updateSms" | "updateSMS" | "updatePush" => messages::update,
        _ => return None,
    })
}

fn create_topic(call: &Call) -> Handled {
    let id = call.new_id("topicId");
    let now = clock::now();
    let subscribe = call.value("subscribe").cloned().unwrap_or(json!(["users"]));
    let topic = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "name": call.text_or_empty("name"), "emailTotal": 0,
        "smsTotal": 0, "pushTotal": 0, "subscribe": subscribe,
    });
    generic::add(call, &generic::target(call), &id, &topic)?;
    Ok(Response::created(topic))
}

fn create_subscriber(call: &Call) -> Handled {
    let topic_id = call.text_or_empty("topicId");
    if call.state.store.get(&call.collection("resources/messaging/topics"), topic_id)?.is_none() {
        return Err(generic::not_found(call, "topics"));
    }
    let target = targets::by_id(call, call.text_or_empty("targetId"))?.ok_or_else(targets::not_found)?;
    let user =
        call.state.store.get(&call.collection("users"), target["userId"].as_str().unwrap_or_default())?;
    let user = user.ok_or_else(|| {
        Failure::new(404, "user_not_found", "User with the requested ID could not be found.")
    })?;
    let id = call.new_id("subscriberId");
    let now = clock::now();
    let subscriber = json!({
        "$id": id, "$createdAt": now, "$updatedAt": now, "targetId": target["$id"], "target": target,
        "userId": user["$id"], "userName": user["name"], "topicId": topic_id,
        "providerType": target["providerType"],
    });
    generic::add(call, &generic::target(call), &id, &subscriber)?;
    Ok(Response::created(subscriber))
}
