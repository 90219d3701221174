//! What the native layers of all languages do alike. The crate uses no FFI framework: a native layer is a codec, which
//! turns a language's values into commands, and an [`Outcome`] or an [`Event`] into the language's values.
//!
//! A command goes like this: the codec reads the call into [`Given`] and has [`perform`] run it with the record of the
//! command, by a [`Queue`] or on the calling thread ([`runtime::block_on`]). What comes back is an [`Outcome`] or an error,
//! whose [`record`] crosses as JSON text. What needs no call is a question ([`ask`]).

mod client;
mod command;
mod error;
mod file;
mod given;
mod lists;
mod lock;
mod news;
mod note;
mod numbers;
mod outcome;
mod pieces;
mod question;
mod queue;
mod realtime;
#[cfg(not(target_family = "wasm"))]
mod running;
pub mod runtime;
mod schema;
mod several;
mod step;
mod stream;
mod transfer;
mod value;
mod warnings;
mod watch;
mod webhook;

pub use client::{client, described, made_of};
pub use command::{perform, span_of};
pub use error::record;
pub use file::{Attached, Content};
pub use given::{Given, numbered, operation};
pub use lock::lock;
pub use news::{Heard, Hook, Moment, News};
pub use note::{Note, Notes};
pub use outcome::{Ended, Outcome, joined};
pub use pieces::Pieces;
pub use question::ask;
pub use queue::{Event, Queue, Start, Wake};
#[cfg(not(target_family = "wasm"))]
pub use running::Running;
pub use stream::Stream;
pub use value::{Text, Value};
