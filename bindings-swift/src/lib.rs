//! The native layer of the Swift package: the core behind a narrow UniFFI surface.
//!
//! It knows nothing of Appwrite's services. A call is the name of an operation and its parameters as JSON text; its
//! response crosses as the body's own bytes, which Swift decodes where they are. Swift reaches all of it through `PolywriteNative`.

// UniFFI's scaffolding is `extern "C"` code that its macros write.
#![allow(unsafe_code, reason = "written by UniFFI's macros")]

use polywrite_bridge::runtime::Threads;

pub mod body;
pub mod call;
pub mod client;
pub mod download;
pub mod error;
pub mod question;
pub mod upload;

/// Waiting for sockets needs few threads; Swift's own pool does the work on responses.
const WORKERS: Threads = Threads::Several(2);

uniffi::setup_scaffolding!("polywrite");
