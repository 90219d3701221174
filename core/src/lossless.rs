//! JSON that loses nothing on its way to the server: what a value turns into is what the server reads, or it is refused.
//!
//! The server reads JSON with 64-bit integers and floats, to a depth of 512, and takes a whole body for empty when one
//! text in it is not Unicode.

mod place;
mod text;
mod write;

use std::fmt;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::error::{Error, Result};

pub(crate) use text::check;
pub(crate) use write::to_raw_value;

/// How deep a value may be nested. The server reads 512 levels; a body has one or two of its own.
pub(crate) const DEPTH: usize = 510;

/// A value as JSON, as the calls that it is given to would send it. `name` is what errors call it.
///
/// ```
/// assert_eq!(polywrite::json("scores", &[1.5, 2.0])?.get(), "[1.5,2.0]");
/// let error = polywrite::json("scores", &[1.5, f64::NAN]).unwrap_err();
/// assert_eq!(error.message(), "`scores[1]` is NaN, which JSON cannot write");
/// # Ok::<(), polywrite::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Argument`](crate::ErrorKind::Argument) with the place of what would not arrive as it is: NaN and
/// infinities, integers beyond 64 bits, half of a surrogate pair, nesting beyond 510 levels, what cannot be JSON.
pub fn json(name: &str, value: &(impl Serialize + ?Sized)) -> Result<Box<RawValue>> {
    let refuse = |refusal: Refusal| Error::argument(refusal.of(name).to_string());
    let written = to_raw_value(value).map_err(refuse)?;
    check(written.get()).map_err(refuse)?;
    Ok(written)
}

/// Why a value cannot be sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Where in the value it stands, such as `.tags[2].price`.
    pub(crate) place: String,
    /// What is wrong with it, to follow its name.
    pub(crate) reason: String,
}

impl Refusal {
    /// The sentence about the value of this name.
    pub(crate) fn of<'refusal>(&'refusal self, name: &'refusal str) -> impl fmt::Display + 'refusal {
        let place = if name.is_empty() { self.place.trim_start_matches('.') } else { &self.place };
        fmt::from_fn(move |formatter| write!(formatter, "`{name}{place}` {}", self.reason))
    }
}

/// What `serde_json` cannot read of JSON text that is valid otherwise.
pub(crate) fn problem(text: &str) -> Option<String> {
    serde_json::from_str::<&RawValue>(text).ok()?;
    Some(check(text).err()?.of("").to_string())
}

fn too_deep() -> String {
    format!("is nested deeper than {DEPTH} levels; perhaps it contains itself")
}
