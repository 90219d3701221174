//! How much is logged.

use std::sync::LazyLock;

use crate::host;

/// How much is logged: each level has those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A hook that failed.
    Error,
    /// The server's warnings.
    Warn,
    /// Retries.
    Info,
    /// A line for each attempt.
    Debug,
    /// The headers of requests and responses, without what may be secret.
    Trace,
}

impl Level {
    const ALL: [(&'static str, Level); 5] = [
        ("error", Level::Error),
        ("warn", Level::Warn),
        ("info", Level::Info),
        ("debug", Level::Debug),
        ("trace", Level::Trace),
    ];

    /// The level with a name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        let known = Self::ALL.into_iter().find(|(known, _)| name.trim().eq_ignore_ascii_case(known));
        known.map(|(_, level)| level)
    }

    /// Its name: `error`, `warn`, `info`, `debug` or `trace`.
    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// The level that the environment variable `POLYWRITE_LOG` names, read once.
    pub(super) fn of_environment() -> Option<Self> {
        static LEVEL: LazyLock<Option<Level>> =
            LazyLock::new(|| Level::named(&host::variable("POLYWRITE_LOG")?));
        *LEVEL
    }
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn levels_have_names_in_any_case() {
        for (name, level) in Level::ALL {
            assert_eq!((Level::named(&name.to_uppercase()), level.as_str()), (Some(level), name));
        }
        assert_eq!(Level::named("loud"), None);
        assert!(Level::Error < Level::Trace);
    }
}
