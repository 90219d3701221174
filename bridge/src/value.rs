//! Outcomes for a language whose numbers are floating-point, as JavaScript's are.

use bytes::Bytes;
use polywrite::{RealtimeMessage, Result, Written, marked_integers};

use crate::note::Note;
use crate::outcome::{Outcome, joined, too_long};
use crate::queue::Event;
use crate::stream::Stream;

/// What a call returns.
pub enum Value<T> {
    /// Text.
    Text(T),
    /// JSON text with integers that a floating-point number cannot hold, marked.
    BigText(T),
    /// Texts of JSON, each of several messages; see [`RealtimeMessage::write`].
    Texts(Vec<T>),
    /// The same with marked integers.
    BigTexts(Vec<T>),
    /// Bytes.
    Bytes(Bytes),
    /// The response has begun.
    Stream(Stream),
    /// There is nothing more to say.
    End,
}

/// A text in the form that the language takes quickest.
pub trait Text: Sized {
    /// How many bytes of messages are best handed over as one text, about.
    const MESSAGES: usize;

    /// A text as it is.
    fn plain(text: Bytes) -> Self;

    /// JSON in another form than its own, where one is quicker.
    fn json(_json: &str) -> Option<Self> {
        None
    }
}

impl<T> Event<Value<T>> {
    /// The number that JavaScript knows such an event by: `Tag` in bindings-node/ts/native.ts.
    pub fn tag(&self) -> u32 {
        match self {
            Event::Done(Value::Text(_), _) => 0,
            Event::Done(Value::BigText(_), _) => 1,
            Event::Done(Value::Bytes(_), _) => 2,
            Event::Failed(_) => 3,
            Event::Warning(_) => 4,
            Event::Note(Note::Progress(_) | Note::Heard { .. }) => 5,
            Event::Note(Note::Wanted) => 6,
            Event::Done(Value::Stream(_), _) => 7,
            Event::Done(Value::End, _) => 8,
            Event::Done(Value::Texts(_), _) => 9,
            Event::Done(Value::BigTexts(_), _) => 10,
        }
    }
}

impl Text for Bytes {
    const MESSAGES: usize = usize::MAX;

    fn plain(text: Bytes) -> Self {
        text
    }
}

impl<T: Text> Value<T> {
    /// Brings an outcome into the form that the language takes quickest, whose texts have at most `longest` letters.
    ///
    /// # Errors
    /// `Decode` for a longer text, for JSON that decoders of different languages would read differently, and for a text
    /// that is not UTF-8.
    pub fn of(outcome: Outcome, longest: usize) -> Result<Self> {
        outcome.check_length(longest)?;
        Ok(match outcome {
            Outcome::Empty => Value::Text(T::plain(Bytes::new())),
            Outcome::Location(location) => Value::Text(T::plain(location.into())),
            Outcome::Bytes(pieces) => Value::Bytes(joined(pieces)),
            Outcome::Stream(stream) => Value::Stream(stream),
            Outcome::Piece(Some(bytes)) => Value::Bytes(bytes),
            Outcome::Piece(None) | Outcome::Written(_) | Outcome::Wanted(_) => Value::End,
            Outcome::Text(response) => {
                response.text()?;
                Value::Text(T::plain(response.into_body()))
            }
            Outcome::Json(response) => {
                let text = response.json_text()?;
                match marked_integers(text) {
                    Some(marked) => {
                        Value::BigText(T::json(&marked).unwrap_or_else(|| T::plain(marked.into())))
                    }
                    None => Value::Text(T::json(text).unwrap_or_else(|| T::plain(response.into_body()))),
                }
            }
            Outcome::Messages(messages) => Self::of_messages(&messages, longest)?,
        })
    }

    fn of_messages(mut messages: &[RealtimeMessage], longest: usize) -> Result<Self> {
        let (mut texts, mut is_big) = (Vec::new(), false);
        while !messages.is_empty() {
            let Written { mut text, border, count } = RealtimeMessage::write(messages, T::MESSAGES);
            let marked = std::str::from_utf8(&text[..border]).ok().and_then(marked_integers);
            if let Some(marked) = marked {
                is_big = true;
                text.splice(..border, marked.into_bytes());
            }
            // It is ASCII: as many letters as bytes.
            if text.len() > longest {
                return Err(too_long(text.len()));
            }
            texts.push(T::plain(text.into()));
            messages = &messages[count..];
        }
        Ok(if is_big { Value::BigTexts(texts) } else { Value::Texts(texts) })
    }
}
