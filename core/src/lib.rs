//! The server SDK for Appwrite: one core that every language of Polywrite speaks through.
//!
//! ```no_run
//! # #[cfg(feature = "services")] {
//! use polywrite::{Client, Query, services::TablesDB};
//!
//! #[derive(serde::Deserialize)]
//! struct Film {
//!     title: String,
//!     year: i64,
//! }
//!
//! # async fn example() -> polywrite::Result<()> {
//! let client = Client::builder()
//!     .endpoint("https://appwrite.example.com/v1")
//!     .project("library")
//!     .key("standard_…")
//!     .build()?;
//! let films = TablesDB::new(&client)
//!     .list_rows::<Film>("library", "films")
//!     .queries([Query::equal("year", 1999)])
//!     .await?;
//! for film in films.rows {
//!     println!("{} ({})", film.data.title, film.data.year);
//! }
//! # Ok(())
//! # }
//! # }
//! ```
//!
//! # How it is made
//! A [`Client`] holds settings and credentials, an [`Operation`] describes one call of the API, [`Params`] are its
//! arguments. [`Client::execute`] makes a call of the three and returns a [`Response`]. The typed services are
//! thin builders over that, and the packages for other languages speak to it directly.
//!
//! # What it takes care of
//! - **Connections** are shared by all clients of the process that connect alike, so a client for every request of a
//!   web server costs a microsecond. Credentials are never shared: [`Client::with_session`] keeps none of the old ones.
//! - **Failures** are repeated where that is safe, as often and as far apart as the server asks for; each [`Error`]
//!   lists every attempt, what the server said and what to do about it.
//! - **Time limits** are for silence, not for size: a slow download lives as long as bytes arrive.
//! - **Integers** of 64 bits stay exact, and `null` is not the same as absent.
//! - **Secrets** cannot be printed: `Debug` shows `[redacted]`, and errors never quote a credential.
//!
//! Calls must be awaited inside a tokio runtime.

#![cfg_attr(target_family = "wasm", allow(dead_code, reason = "connections of our own and disks need more"))]

mod arrival;
mod client;
mod encode;
#[cfg(feature = "typed")]
#[macro_use]
#[allow(dead_code, unused_imports, unused_macros, reason = "not every API has calls of every kind")]
mod call;
mod directory;
mod error;
pub mod error_types;
mod event;
mod flow;
#[doc(hidden)]
pub mod host;
pub mod http;
mod id;
mod lossless;
mod number;
mod observe;
mod operation;
mod operations;
mod operator;
mod options;
mod params;
mod permission;
mod process;
mod query;
mod random;
mod realtime;
mod received;
mod response;
mod role;
#[doc(hidden)]
pub mod sdk;
mod secret;
#[cfg(feature = "typed")]
pub mod services;
mod settings;
mod staging;
#[cfg(feature = "typed")]
pub mod table;
mod topic;
mod transfer;
mod transport;
mod webhook;
mod written;

#[cfg(feature = "typed")]
pub use call::{BulkCall, Call, DownloadCall, Items, Pages, Sending, TransactionCall, UploadCall, WaitCall};
pub use client::{Client, ClientBuilder, RAW_CALL};
pub use directory::{describe, id_in, operation, operations};
#[doc(hidden)]
pub use error::one_line;
pub use error::{Attempt, Error, ErrorKind, ErrorRecord, Result};
pub use flow::bulk::{
    BulkFailure, BulkKind, BulkOperation, BulkOptions, BulkProgress, BulkReport, BulkWriter, bulk_operation,
    bulk_operations,
};
pub use flow::pages::{PAGE_SIZE, Pager, iterate};
pub use flow::transaction::{TransactionOptions, TransactionRun};
pub use flow::wait::{Statuses, WAITS, Wait, WaitOptions, wait, wait_for};
pub use id::Id;
pub use lossless::json;
pub use number::Number;
pub use observe::{CallEvent, CallSpan, Hooks, Level};
pub use operation::{
    Availability, Content, DatedBy, Kind, Method, Operation, Paging, Param, Place, Returns, Source, Upload,
};
pub use operator::{Bound, Condition, Operator};
pub use options::{ByteRange, CallOptions};
pub use params::Params;
pub use permission::Permission;
#[cfg(feature = "typed")]
#[doc(inline)]
pub use polywrite_models::{List, Object, Typed, enums, models};
// With `builder!`, what the code is written in that `polywrite build` makes: see `sdk`.
#[cfg(feature = "typed")]
#[doc(hidden)]
pub use polywrite_models::{model, open_enum, page, union};
pub use process::{PerProcess, after_fork};
pub use query::{Join, Query};
pub use realtime::{
    Channel, Gap, Listening, Realtime, RealtimeEvent, RealtimeMessage, SubscribeOptions, Subscription,
    Written,
};
pub use received::{DEEPEST, integer_mark, latin1_json, marked_integers};
pub use response::{RateLimit, Response, ResponseInfo, WithResponse};
pub use role::Role;
pub use secret::Secret;
pub use settings::Clock;
pub use settings::{Change, ClientConfig, Credential, RetryConfig, SdkIdentity};
pub use staging::UnfinishedCall;
pub use topic::Topic;
pub use transfer::{
    Download, DownloadOptions, DownloadProgress, Downloaded, FileDownload, FileSource, FileUpload, Progress,
    Transfers, TransfersProgress, UploadOptions, UploadSession,
};
pub use webhook::{Webhook, WebhookEvent};
