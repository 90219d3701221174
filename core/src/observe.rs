//! What a program can watch while calls are made: hooks and log lines. Neither ever has a secret.

mod event;
mod hooks;
mod level;
mod log;
mod span;
mod telemetry;
mod wire;
#[cfg(feature = "typed")]
mod work;

pub use event::CallEvent;
pub use hooks::Hooks;
pub(crate) use hooks::Moment;
pub use level::Level;
pub(crate) use log::log;
pub(crate) use span::{span, within};
pub use telemetry::CallSpan;
pub(crate) use wire::headers;
#[cfg(feature = "typed")]
pub(crate) use work::{record_failure, work_span};
