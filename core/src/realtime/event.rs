//! What a subscription gets.

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::error::Result;
use crate::event::model_of;
use crate::received::add_ascii;
use crate::{RAW_CALL, Response};

/// What stands behind each text that native layers hand over: a character that JSON never has as it is.
pub(super) const BEHIND: u8 = 0x1e;
/// What stands between the texts that most programs read and the others; JSON never has it either.
pub(super) const BORDER: u8 = 0x1d;

/// How many bytes what is written of a message has more than the message, at most, where it has nothing but ASCII.
const AROUND: usize = 64;

/// Messages that are written for another language.
#[derive(Debug)]
pub struct Written {
    /// Of each message the name of the payload's model and the payload; the character U+001D; and of each the record without
    /// its payload. Behind each text stands the character U+001E. All is ASCII. A gap has no payload, and its record says
    /// what was `dropped`.
    pub text: Vec<u8>,
    /// The place of the character U+001D.
    pub border: usize,
    /// How many messages are written.
    pub count: usize,
}

/// What a subscription gets.
#[derive(Clone, Debug)]
pub enum RealtimeMessage {
    /// Something changed.
    Event(RealtimeEvent),
    /// Events may be missing here.
    Gap(Gap),
}

impl RealtimeMessage {
    /// Writes the first of some messages, about so many bytes and at least one, for native layers that hand over text: a
    /// language decodes only what its program reads.
    pub fn write(messages: &[Self], most: usize) -> Written {
        let (mut size, mut count) = (0, 0);
        for message in messages {
            let next = message.size() + AROUND;
            if count > 0 && size + next > most {
                break;
            }
            (size, count) = (size + next, count + 1);
        }
        let messages = &messages[..count];
        let mut text = Vec::with_capacity(size);
        for message in messages {
            if let Self::Event(event) = message {
                text.extend_from_slice(event.model().unwrap_or_default().as_bytes());
                text.push(BEHIND);
                add_ascii(&mut text, &event.payload);
                text.push(BEHIND);
            } else {
                text.extend([BEHIND, BEHIND]);
            }
        }
        let border = text.len();
        text.push(BORDER);
        for message in messages {
            match message {
                Self::Event(event) => event.write_record(&mut text),
                Self::Gap(Gap { dropped }) => {
                    text.extend_from_slice(json!({ "dropped": dropped }).to_string().as_bytes());
                }
            }
            text.push(BEHIND);
        }
        Written { text, border, count }
    }

    /// How many bytes it has, about.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Event(event) => event.data.len(),
            Self::Gap(_) => 0,
        }
    }
}

/// Events may be missing here: read again what must be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// How many events were dropped because the reader was too slow. None where the connection was lost and is open
    /// again: what happened meanwhile is not known.
    pub dropped: Option<u64>,
}

/// Something that changed in a project.
#[derive(Clone)]
pub struct RealtimeEvent {
    /// The whole record of the event, an object.
    pub(super) data: Bytes,
    /// Parts of it.
    pub(super) names: Bytes,
    pub(super) payload: Bytes,
}

impl RealtimeEvent {
    /// The exact name of what happened, such as `tablesdb.library.tables.films.rows.f1.update`.
    pub fn event(&self) -> &str {
        // Names have no quotation marks.
        let first = self.names.split(|byte| *byte == b'"').nth(1).unwrap_or_default();
        std::str::from_utf8(first).unwrap_or_default()
    }

    /// All names of what happened, the exact one first, then those with `*` for an ID.
    pub fn events(&self) -> Vec<String> {
        serde_json::from_slice(&self.names).unwrap_or_default()
    }

    /// Every channel that has the event.
    pub fn channels(&self) -> Vec<String> {
        self.member("channels").unwrap_or_default()
    }

    /// When it happened, by the server's clock: `2026-11-28T01:02:55.851+00:00`.
    pub fn timestamp(&self) -> String {
        self.member("timestamp").unwrap_or_default()
    }

    /// The name of the model that the payload is, such as `Row` or `User`; none for events that this version does not
    /// know.
    pub fn model(&self) -> Option<&'static str> {
        model_of(self.event())
    }

    /// The resource that changed, as it is afterwards, or was before it was deleted: as a model, such as
    /// `models::Row<Film>`, or any other type that reads JSON.
    ///
    /// A session that a key made has its secret here, and a user that a key changed the hash of the password.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it is not of this shape.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T> {
        Response::of_json(&RAW_CALL, self.payload.clone()).json()
    }

    /// The payload as it arrived.
    pub fn payload_json(&self) -> &Bytes {
        &self.payload
    }

    /// What it says beside its payload, as JSON text in ASCII: `events`, `channels` and `timestamp` among it.
    pub fn record_json(&self) -> Vec<u8> {
        let mut text = Vec::with_capacity(self.data.len());
        self.write_record(&mut text);
        text
    }

    fn member<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&self.data).ok()?;
        serde_json::from_value(all.remove(name)?).ok()
    }

    /// Writes the record without its payload.
    fn write_record(&self, text: &mut Vec<u8>) {
        // Both are views of the same message.
        let place = self.payload.as_ptr() as usize - self.data.as_ptr() as usize;
        let (before, behind) = (&self.data[..place], &self.data[place + self.payload.len()..]);
        for part in [before, b"null", behind] {
            add_ascii(text, part);
        }
    }
}

/// Does not show the payload: it may contain the secrets of sessions.
impl fmt::Debug for RealtimeEvent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("RealtimeEvent");
        shown.field("event", &self.event()).field("bytes", &self.payload.len()).finish()
    }
}
