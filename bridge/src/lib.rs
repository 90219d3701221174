//! What the native layers of all languages do alike. The crate uses no FFI framework: a native layer is a codec, which
//! turns a language's values into a [`Command`], and an [`Outcome`] or an [`Event`] into the language's values.
//!
//! A command goes like this: the codec reads the call into [`Given`], the rest into a [`Command`], and has that run, by a
//! [`Queue`] or on the calling thread ([`runtime::block_on`]). What comes back is an [`Outcome`] or an error, whose
//! [`record`] crosses as JSON text.

mod client;
mod command;
mod error;
mod file;
mod given;
mod json;
mod lists;
mod lock;
mod note;
mod numbers;
mod outcome;
mod pieces;
mod queue;
mod realtime;
mod running;
pub mod runtime;
mod several;
mod step;
mod stream;
mod transfer;
mod watch;
mod webhook;

pub use client::{client, credential, described, made_of};
pub use command::Command;
pub use error::{malformed, record, refused};
pub use file::Content;
pub use given::{Given, number_of, numbered, operation};
pub use json::check_json;
pub use lock::lock;
pub use note::Note;
pub use outcome::{Ended, Outcome, Reading, joined};
pub use pieces::{PieceReader, Pieces};
pub use queue::{Event, Queue, Start, Wake};
pub use running::Running;
pub use stream::Stream;
pub use watch::{response_note, span_of};
pub use webhook::webhook;
