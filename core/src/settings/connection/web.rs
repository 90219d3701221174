//! JavaScript opens the connections: there is nothing to set.

use crate::error::{Error, Result};
use crate::settings::ClientConfig;
use crate::settings::limits::more_than_nothing;

/// What `fetch` leaves to its users.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ConnectionSettings {}

impl ConnectionSettings {
    /// Whether any certificate is accepted.
    pub(crate) fn accepts_any_certificate(&self) -> bool {
        false
    }

    /// Refuses what has no effect here, and what would have none anywhere.
    ///
    /// # Errors
    /// `Configuration` that names the first such setting.
    pub(in crate::settings) fn apply(&mut self, config: &ClientConfig) -> Result<()> {
        more_than_nothing("connectTimeout", &config.connect_timeout)?;
        more_than_nothing("maxConnections", &config.max_connections)?;
        match config.of_connections() {
            None => Ok(()),
            Some(name) => Err(Error::configuration(format!(
                "the setting `{name}` has no effect here: the runtime opens the connections of its `fetch` itself"
            ))
            .with_hint(format!("leave `{name}` out, or run the program where Polywrite's native library loads"))),
        }
    }
}
