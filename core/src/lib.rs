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
mod error;
mod operation;
mod operations;
mod options;
mod params;
mod response;
mod secret;
mod settings;
mod transport;

pub use client::{Client, ClientBuilder};
pub use error::{Attempt, Error, ErrorKind, ErrorRecord, Result};
pub use operation::{Answer, Content, Kind, Method, Operation, Param, Place, Source, Upload, operation};
pub use options::CallOptions;
pub use params::Params;
pub use response::Response;
pub use secret::Secret;
pub use settings::{Change, ClientConfig, Credential, RetryConfig, SdkIdentity};
pub use transport::{Clock, after_fork};
