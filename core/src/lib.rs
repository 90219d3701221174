//! The server SDK for Appwrite: one core that every language of Polywrite speaks through.
//!
//! A [`Client`] holds settings and credentials, an [`Operation`] describes one call of the API, [`Params`] are
//! its arguments. [`Client::execute`] brings the three together and answers with a [`Response`].
//!
//! ```no_run
//! # async fn example() -> polywrite::Result<()> {
//! let client = polywrite::Client::builder()
//!     .endpoint("https://appwrite.example.com/v1")
//!     .project("shop")
//!     .key("standard_…")
//!     .build()?;
//! println!("{}", client.ping().await?);
//! # Ok(())
//! # }
//! ```

mod client;
mod encode;
#[cfg(feature = "services")]
#[macro_use]
mod call;
#[cfg(feature = "services")]
#[macro_use]
mod decode;
#[cfg(feature = "services")]
pub mod enums;
mod error;
mod id;
#[cfg(feature = "services")]
pub mod models;
mod number;
mod operation;
mod operations;
mod operator;
mod options;
mod page;
mod params;
mod permission;
mod query;
mod response;
mod role;
mod secret;
#[cfg(feature = "services")]
pub mod services;
mod settings;
mod topic;
mod transfer;
mod transport;

#[cfg(feature = "services")]
pub use call::{Call, DownloadCall, Sending, UploadCall};
pub use client::{Client, ClientBuilder};
#[cfg(feature = "services")]
pub use decode::{Object, Typed};
pub use error::{Attempt, Error, ErrorKind, ErrorRecord, Result};
pub use id::Id;
pub use number::Number;
pub use operation::{
    Answer, Content, Kind, Method, Operation, Param, Place, Source, Upload, operation, operations,
};
pub use operator::{Bound, Condition, Operator};
pub use options::CallOptions;
pub use page::{List, items, pages};
pub use params::Params;
pub use permission::Permission;
pub use query::{Join, Query};
pub use response::Response;
pub use role::Role;
pub use secret::Secret;
pub use settings::{Change, ClientConfig, Credential, RetryConfig, SdkIdentity};
pub use topic::Topic;
pub use transfer::{
    Download, DownloadOptions, DownloadProgress, Downloaded, FileSource, Progress, UploadOptions,
    UploadSession,
};
pub use transport::{Clock, after_fork};
