//! Outcomes of calls as JavaScript values.

use bytes::Bytes;
use polywrite::{Result, marked_integers};
use polywrite_bridge::{Outcome, Stream, joined};

use crate::text::Text;

/// What a call returns.
pub(crate) enum Value {
    /// Text.
    Text(Text),
    /// JSON text with integers that JavaScript's numbers cannot hold.
    BigText(Text),
    /// Bytes.
    Bytes(Bytes),
    /// The response has begun.
    Stream(Stream),
    /// There is nothing more to say.
    End,
}

impl Value {
    /// Brings an outcome into the form that JavaScript takes quickest, whose texts have at most `longest` letters.
    pub(crate) fn of(outcome: Outcome, longest: usize) -> Result<Self> {
        outcome.check_length(longest)?;
        Ok(match outcome {
            Outcome::Empty => Value::Text(Text::plain(Bytes::new())),
            Outcome::Location(location) => Value::Text(Text::plain(location)),
            Outcome::Bytes(pieces) => Value::Bytes(joined(pieces)),
            Outcome::Stream(stream) => Value::Stream(stream),
            Outcome::Piece(Some(bytes)) => Value::Bytes(bytes),
            Outcome::Piece(None) | Outcome::Written(_) | Outcome::Wanted(_) => Value::End,
            Outcome::Text(response) => {
                response.text()?;
                Value::Text(Text::plain(response.into_body()))
            }
            Outcome::Json(response) | Outcome::Texts(response) => {
                let text = response.json_text()?;
                match marked_integers(text) {
                    Some(marked) => {
                        Value::BigText(Text::json(&marked).unwrap_or_else(|| Text::plain(marked)))
                    }
                    None => {
                        Value::Text(Text::json(text).unwrap_or_else(|| Text::plain(response.into_body())))
                    }
                }
            }
        })
    }
}
