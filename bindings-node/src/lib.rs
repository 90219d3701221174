//! The native layer of the npm package: the codec between JavaScript and the core.
//!
//! It knows nothing of Appwrite's services: a call is the number of an operation and its parameters as JSON. What native
//! layers of all languages do alike is in `polywrite-bridge`.

mod call;
mod client;
mod download;
mod environment;
mod error;
mod event;
mod integers;
mod queue;
mod stream;
mod text;
mod upload;
mod value;
