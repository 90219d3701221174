//! Messages on the wire.

use std::borrow::Cow;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use super::event::RealtimeEvent;

/// Where errors come from.
pub(super) const SUBSCRIBE: &str = "Realtime.subscribe";

/// What a message needs beside its subscriptions, in bytes.
pub(super) const AROUND: usize = 100;

/// What the server sends.
#[derive(Debug)]
pub(super) enum Frame {
    /// The first one. Whether the server knows a user.
    Connected { has_user: bool },
    /// An event, and the IDs of the subscriptions that match.
    Event { subscriptions: Vec<String>, event: RealtimeEvent },
    /// What was asked for has been done, such as `subscribe`.
    Response { to: String },
    /// Something was wrong.
    Failed { code: i64, message: String },
    /// Anything else.
    Other,
}

#[derive(Deserialize)]
struct Outer<'text> {
    #[serde(rename = "type", borrow, default)]
    kind: Cow<'text, str>,
    #[serde(borrow)]
    data: Option<&'text RawValue>,
}

#[derive(Deserialize)]
struct Event<'text> {
    #[serde(borrow)]
    events: &'text RawValue,
    #[serde(borrow)]
    payload: &'text RawValue,
    #[serde(default)]
    subscriptions: Vec<String>,
}

#[derive(Deserialize)]
struct Connected<'text> {
    #[serde(borrow)]
    user: Option<&'text RawValue>,
}

#[derive(Deserialize)]
struct Response {
    to: String,
}

#[derive(Deserialize)]
struct Failed {
    code: i64,
    #[serde(default)]
    message: String,
}

impl Frame {
    /// Reads a message. What cannot be read counts as `Other`.
    pub(super) fn read(bytes: Bytes) -> Self {
        Self::parse(&bytes).unwrap_or(Frame::Other)
    }

    fn parse(bytes: &Bytes) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let outer: Outer<'_> = serde_json::from_str(text).ok()?;
        let data = outer.data.map_or("null", RawValue::get);
        let part = |raw: &RawValue| bytes.slice_ref(raw.get().as_bytes());
        Some(match &*outer.kind {
            "event" => {
                let event: Event<'_> = serde_json::from_str(data).ok()?;
                let (names, payload) = (part(event.events), part(event.payload));
                let data = bytes.slice_ref(data.as_bytes());
                Frame::Event {
                    subscriptions: event.subscriptions,
                    event: RealtimeEvent { data, names, payload },
                }
            }
            "connected" => {
                let connected: Connected<'_> = serde_json::from_str(data).ok()?;
                Frame::Connected { has_user: connected.user.is_some() }
            }
            "response" => Frame::Response { to: serde_json::from_str::<Response>(data).ok()?.to },
            "error" => {
                let Failed { code, message } = serde_json::from_str(data).ok()?;
                Frame::Failed { code, message }
            }
            _ => Frame::Other,
        })
    }
}

/// What subscribes to channels under an ID.
pub(super) fn subscription(id: &str, channels: &[String], queries: &[String]) -> String {
    if queries.is_empty() {
        return json!({ "subscriptionId": id, "channels": channels }).to_string();
    }
    json!({ "subscriptionId": id, "channels": channels, "queries": queries }).to_string()
}

/// The message of a type with these items.
pub(super) fn message<'item>(kind: &str, items: impl IntoIterator<Item = &'item str>) -> String {
    let items: Vec<&str> = items.into_iter().collect();
    format!(r#"{{"type":"{kind}","data":[{}]}}"#, items.join(","))
}
