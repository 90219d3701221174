//! Calls with types: made by a service, completed by setters, sent by awaiting them.

#[macro_use]
mod builder;
mod arguments;
mod download;
mod typed;
mod upload;

pub use download::DownloadCall;
pub use typed::{Call, Sending};
pub use upload::UploadCall;

pub(crate) use arguments::Arguments;
