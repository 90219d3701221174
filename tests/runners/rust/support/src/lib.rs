//! What a Rust program needs to follow a plan of tests/vectors. It does not depend on an SDK.

mod arguments;
mod plan;
mod recorder;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub use arguments::Arguments;
pub use plan::{Do, Plan, Response, Task};
pub use recorder::Recorder;

/// Bytes as reports have them.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Whatever goes wrong ends the program.
pub type Failure = Box<dyn std::error::Error>;
