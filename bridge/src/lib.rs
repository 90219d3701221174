//! What the native layers of all languages do alike. The crate uses no FFI framework: a native layer is a codec, which
//! turns a language's values into [`Given`] and [`File`], and an [`Outcome`] or an [`Event`] into the language's values.
//!
//! A call goes like this: the codec reads what it was given into [`Given`], makes a future of one of its methods, and has
//! it run, by a [`Queue`] or on the calling thread ([`runtime::block_on`]). What comes back is an [`Outcome`] or an
//! error, whose [`record`] crosses as JSON text.

mod credential;
mod error;
mod file;
mod given;
mod identity;
mod json;
mod lock;
mod outcome;
mod pieces;
mod queue;
mod request;
mod running;
pub mod runtime;
mod stream;
mod target;
mod transferred;

pub use credential::credential;
pub use error::{record, refused};
pub use file::{Content, File};
pub use given::{Given, number_of, numbered, operation};
pub use identity::client;
pub use json::check_json;
pub use lock::lock;
pub use outcome::{Outcome, Reading, joined};
pub use pieces::{PieceReader, Pieces};
pub use queue::{Event, Queue, Start, Wake};
pub use request::Request;
pub use running::Running;
pub use stream::Stream;
pub use target::{Target, upload_at};
pub use transferred::{Report, Transferred};
