//! Credentials by the names that all languages give them.

use polywrite::{Credential, Error, Result};

/// The credential by the name of its setting, such as `key` or `devKey`, or `none` for a guest.
///
/// # Errors
/// `Configuration` for any other kind.
pub fn credential(kind: &str, secret: String) -> Result<Credential> {
    Credential::named(kind, secret)
        .ok_or_else(|| Error::configuration(format!("unknown kind of credential `{kind}`")))
}
