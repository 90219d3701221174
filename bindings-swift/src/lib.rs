//! The native layer of the Swift package: the core behind a narrow UniFFI surface.
//!
//! It knows nothing of Appwrite's services. A call is the name of an operation and its parameters as JSON text; the
//! answer is the body's own bytes, which Swift decodes where they are. Swift reaches all of it through `PolywriteNative`.

// UniFFI's scaffolding is `extern "C"` code that its macros write.
#![allow(unsafe_code, reason = "written by UniFFI's macros")]

mod body;
mod call;
mod client;
mod download;
mod error;
mod json;
mod upload;

pub use body::NativeBody;
pub use call::NativeCall;
pub use client::{NativeClient, WarningListener};
pub use download::{NativeDownload, NativeDownloadCall};
pub use error::NativeError;
pub use json::check_json;
pub use upload::{NativeFile, NativeProgress, NativeUploadSession, ProgressListener};

uniffi::setup_scaffolding!("polywrite");
