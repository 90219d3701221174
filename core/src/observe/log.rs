//! Log lines: to the program's own logger, to `tracing`, or to the standard error where `POLYWRITE_LOG` asks for them.

use super::hooks::Hooks;
use super::level::Level;
use crate::host;

/// Logs a line, which is made only where somebody reads it.
pub(crate) fn log(hooks: Option<&Hooks>, level: Level, line: impl Fn() -> String) {
    if hooks.is_some_and(|hooks| hooks.log(level, &line)) {
        return;
    }
    if tracing::dispatcher::has_been_set() {
        match level {
            Level::Error => tracing::error!(target: "polywrite", "{}", line()),
            Level::Warn => tracing::warn!(target: "polywrite", "{}", line()),
            Level::Info => tracing::info!(target: "polywrite", "{}", line()),
            Level::Debug => tracing::debug!(target: "polywrite", "{}", line()),
            Level::Trace => tracing::trace!(target: "polywrite", "{}", line()),
        }
    } else if Level::of_environment().is_some_and(|limit| level <= limit) {
        host::log(&format!("polywrite {}: {}", level.as_str(), line()));
    }
}
