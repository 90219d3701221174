//! Calls with types: made by a service, completed by setters, sent by awaiting them.

#[macro_use]
mod builder;
mod arguments;
mod bulk;
mod download;
mod list;
mod transaction;
mod transfers;
mod typed;
mod upload;
mod wait;

pub use bulk::BulkCall;
pub use download::DownloadCall;
pub use list::{Items, Pages};
pub use transaction::TransactionCall;
pub use typed::{Call, Sending};
pub use upload::UploadCall;
pub use wait::WaitCall;

pub use arguments::Arguments;

/// What awaiting a call returns, for the structs around calls.
pub trait Responds {
    /// What it returns beside an error.
    type Data;
}

impl<T> Responds for Call<T> {
    type Data = T;
}

impl<T> Responds for UploadCall<T> {
    type Data = T;
}

impl Responds for DownloadCall {
    type Data = bytes::Bytes;
}
