//! What sends requests: the pool of connections, or an HTTP client of your own.
//!
//! An [`HttpClient`] sends one request and returns one response. Everything else stands above it and is the same over every
//! client: redirects within the endpoint's origin, retries and their waits, time limits, decompression, the progress of
//! uploads, errors. So a client that wraps another one is middleware: it may sign requests, count them or keep responses.
//!
//! ```
//! use polywrite::Client;
//! use polywrite::http::{HttpClient, RequestBody, Sending};
//!
//! /// Adds a header to every request, retries included.
//! struct Signing<C>(C);
//!
//! impl<C: HttpClient> HttpClient for Signing<C> {
//!     fn send<'a>(&'a self, mut request: http::Request<RequestBody>) -> Sending<'a> {
//!         let signature = format!("{} {}", request.method(), request.uri().path());
//!         match signature.parse() {
//!             Ok(signature) => drop(request.headers_mut().insert("x-signature", signature)),
//!             Err(error) => return Box::pin(async { Err(polywrite::http::HttpError::not_sent(error)) }),
//!         }
//!         self.0.send(request)
//!     }
//! }
//!
//! # fn main() -> polywrite::Result<()> {
//! let pool = Client::new().http_client();
//! let client = Client::builder().endpoint("https://appwrite.example.com/v1").http_client(Signing(pool)).build()?;
//! # Ok(())
//! # }
//! ```

mod body;
pub(crate) mod cause;
mod client;
mod error;
#[cfg(target_family = "wasm")]
mod fetch;
mod queue;
mod redirected;
mod request_body;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
mod reqwest;
mod response_body;
mod send_progress;
#[cfg(not(target_family = "wasm"))]
mod unprocessed;

pub(crate) use body::Body;
#[cfg(not(target_family = "wasm"))]
pub(crate) use body::{OpenBody, Streamed};
pub use client::{HttpClient, Sending};
pub use error::{BoxError, HttpError, Sent};
#[cfg(target_family = "wasm")]
pub use fetch::Fetch;
#[cfg(target_family = "wasm")]
pub(crate) use fetch::HiddenRedirect;
pub(crate) use queue::Queue;
pub use redirected::Redirected;
pub use request_body::RequestBody;
#[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
pub use reqwest::Reqwest;
pub use response_body::ResponseBody;
pub(crate) use send_progress::SendProgress;
#[cfg(not(target_family = "wasm"))]
pub(crate) use unprocessed::{is_left_out, is_refused};
