//! What happens to calls, on its way to JavaScript.

use bytes::Bytes;
use napi::Env;
use napi::bindgen_prelude::{Array, BufferSlice};
use polywrite::{Error, ErrorKind};

use crate::download::NativeStream;
use crate::error;
use crate::text::Text;

/// Something that JavaScript should know about a call.
pub(crate) enum Event {
    /// The answer as text.
    Text(Text),
    /// The answer as JSON text with integers that JavaScript's numbers cannot hold.
    BigText(Text),
    /// The answer as bytes.
    Bytes(Bytes),
    /// The call failed: the error's record.
    Failed(String),
    /// The server warned; belongs to no call.
    Warning(String),
    /// A transfer got further: how far, as JSON.
    Progress(String),
    /// The next piece of a file is wanted.
    Wanted,
    /// The answer has begun.
    Stream(NativeStream),
    /// The last bytes have come.
    End,
}

impl Event {
    /// Puts value, tag and the call's ID at the end of an array: all three, or nothing. What cannot be handed over fails
    /// its call and no other.
    pub(super) fn put(self, env: &Env, flat: &mut Array<'_>, id: u32) -> napi::Result<()> {
        let place = flat.len();
        let (mut tag, is_end) = (self.tag(), self.is_end());
        if let Err(cause) = self.put_value(env, flat, place) {
            if !is_end {
                return Ok(());
            }
            let message = format!("the answer cannot be handed to JavaScript: {cause}");
            let failed = Event::Failed(error::record(&Error::new(ErrorKind::Decode, message)));
            tag = failed.tag();
            failed.put_value(env, flat, place)?;
        }
        flat.insert(tag)?;
        flat.insert(id)
    }

    fn put_value(self, env: &Env, flat: &mut Array<'_>, place: u32) -> napi::Result<()> {
        match self {
            Event::Text(text) | Event::BigText(text) => text.put(env, flat, place),
            // Copied: Node hands only memory of its own to another thread.
            Event::Bytes(body) => flat.set(place, BufferSlice::copy_from(env, body)?),
            Event::Failed(text) | Event::Warning(text) | Event::Progress(text) => flat.set(place, text),
            Event::Stream(stream) => flat.set(place, stream),
            Event::Wanted | Event::End => flat.set(place, ()),
        }
    }

    /// The number that ts/native.ts knows it by (`Tag`).
    fn tag(&self) -> u32 {
        match self {
            Event::Text(_) => 0,
            Event::BigText(_) => 1,
            Event::Bytes(_) => 2,
            Event::Failed(_) => 3,
            Event::Warning(_) => 4,
            Event::Progress(_) => 5,
            Event::Wanted => 6,
            Event::Stream(_) => 7,
            Event::End => 8,
        }
    }

    /// Whether no other event of the call follows.
    pub(super) fn is_end(&self) -> bool {
        !matches!(self, Event::Warning(_) | Event::Progress(_) | Event::Wanted)
    }
}
