//! Calls with types: made by a service, completed by setters, sent by awaiting them.

#[macro_use]
mod builder;
mod arguments;
mod bulk;
mod download;
mod transaction;
mod typed;
mod upload;

pub use bulk::BulkCall;
pub use download::DownloadCall;
pub use transaction::TransactionCall;
pub use typed::{Call, Sending};
pub use upload::UploadCall;

pub(crate) use arguments::Arguments;
