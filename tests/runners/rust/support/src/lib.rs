//! What a Rust program needs to follow a plan of tests/vectors. It knows no SDK.

mod arguments;
mod plan;
mod recorder;

pub use arguments::Arguments;
pub use plan::{Answer, Do, Plan, Task};
pub use recorder::Recorder;

/// Whatever goes wrong ends the program.
pub type Failure = Box<dyn std::error::Error>;
