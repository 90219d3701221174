//! The native layer of the npm package `polywrite`: hands calls to the core and brings their outcomes back.
//!
//! Parameters and settings come in as JSON text, answers go out as the body's own text or bytes. Nothing here knows
//! what Appwrite is; the TypeScript over it gives names and types.

mod call;
mod client;
mod download;
mod error;
mod integers;
mod runtime;
mod text;
mod upload;
