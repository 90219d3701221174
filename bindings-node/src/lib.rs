//! The native layer of the npm package: the codec between JavaScript and the core.
//!
//! It knows nothing of Appwrite's services: a command is the number of an operation, its parameters as JSON, and a record
//! that `polywrite-bridge` reads. What native layers of all languages do alike is there.

mod call;
mod client;
mod download;
mod environment;
mod error;
mod question;
mod queue;
mod text;
mod upload;
