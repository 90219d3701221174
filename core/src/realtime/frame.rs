//! Messages on the wire.

use bytes::Bytes;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::event::{BEHIND, BORDER, RealtimeEvent};
use crate::received::{self, Reader};

/// Where errors come from.
pub(super) const SUBSCRIBE: &str = "Realtime.subscribe";

/// What a message needs beside its subscriptions, in bytes.
pub(super) const AROUND: usize = 100;

/// What the server sends.
#[derive(Debug)]
pub(super) enum Frame {
    /// The first one. Whether the server knows a user.
    Connected { has_user: bool },
    /// An event, and the IDs of the subscriptions that match; none where languages would read it differently.
    Event { subscriptions: Vec<String>, event: Option<RealtimeEvent> },
    /// What was asked for has been done, such as `subscribe`.
    Response { to: String },
    /// Something was wrong.
    Failed { code: i64, message: String },
    /// Anything else.
    Other,
}

#[derive(Deserialize)]
struct Connected {
    user: Option<IgnoredAny>,
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
    /// Reads a message, which a WebSocket has found to be UTF-8. What cannot be read counts as `Other`.
    pub(super) fn read(bytes: &Bytes) -> Self {
        Self::parse(bytes).unwrap_or(Frame::Other)
    }

    fn parse(bytes: &Bytes) -> Option<Self> {
        let parts = Parts::find(bytes)?;
        Some(match parts.kind {
            br#""event""# => Frame::Event {
                subscriptions: serde_json::from_slice(parts.subscriptions).ok()?,
                event: parts.event(bytes)?,
            },
            br#""connected""# => {
                let connected: Connected = serde_json::from_slice(parts.data).ok()?;
                Frame::Connected { has_user: connected.user.is_some() }
            }
            br#""response""# => {
                Frame::Response { to: serde_json::from_slice::<Response>(parts.data).ok()?.to }
            }
            br#""error""# => {
                let Failed { code, message } = serde_json::from_slice(parts.data).ok()?;
                Frame::Failed { code, message }
            }
            _ => Frame::Other,
        })
    }
}

/// The parts of a message. The event of a row has 64 names, which few programs read, so that they are walked over here and
/// nothing is built of them.
struct Parts<'text> {
    kind: &'text [u8],
    data: &'text [u8],
    names: &'text [u8],
    payload: &'text [u8],
    subscriptions: &'text [u8],
}

impl<'text> Parts<'text> {
    fn find(text: &'text [u8]) -> Option<Self> {
        let mut parts = Self { kind: b"", data: b"", names: b"", payload: b"", subscriptions: b"[]" };
        Reader::new(text).members(|reader, name| {
            match name {
                br#""type""# => parts.kind = reader.value()?,
                br#""data""# => {
                    let start = reader.rest();
                    reader.members(|reader, name| {
                        let value = reader.value()?;
                        match name {
                            br#""events""# => parts.names = value,
                            br#""payload""# => parts.payload = value,
                            br#""subscriptions""# => parts.subscriptions = value,
                            _ => {}
                        }
                        Some(())
                    })?;
                    parts.data = &start[..start.len() - reader.rest().len()];
                }
                _ => drop(reader.value()?),
            }
            Some(())
        })?;
        Some(parts)
    }

    /// The event whose message this is; none within where languages would read it differently.
    fn event(&self, message: &Bytes) -> Option<Option<RealtimeEvent>> {
        if self.names.is_empty() || self.payload.is_empty() {
            return None;
        }
        let is_readable =
            received::problem(self.data).is_none() && memchr::memchr2(BEHIND, BORDER, self.data).is_none();
        let part = |part: &[u8]| message.slice_ref(part);
        Some(is_readable.then(|| RealtimeEvent {
            data: part(self.data),
            names: part(self.names),
            payload: part(self.payload),
        }))
    }
}

/// What subscribes to channels under an ID.
pub(super) fn subscription(id: &str, channels: &[String], queries: &[String]) -> String {
    if queries.is_empty() {
        return json!({ "subscriptionId": id, "channels": channels }).to_string();
    }
    json!({ "subscriptionId": id, "channels": channels, "queries": queries }).to_string()
}

/// What says who the user is.
pub(super) fn authentication(session: &str) -> String {
    json!({ "type": "authentication", "data": { "session": session } }).to_string()
}

/// The message of a type with these items.
pub(super) fn message<'item>(kind: &str, items: impl IntoIterator<Item = &'item str>) -> String {
    let items: Vec<&str> = items.into_iter().collect();
    format!(r#"{{"type":"{kind}","data":[{}]}}"#, items.join(","))
}
