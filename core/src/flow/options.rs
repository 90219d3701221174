//! Options of what stands above single calls, as languages hand them over.

use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::options::reading;

/// Reads options from a JSON object. `wanted` says of each what it must be.
pub(super) fn read<T: DeserializeOwned>(text: &str, wanted: &[(&str, &str)]) -> Result<T> {
    reading::read(text, "the options", |name| {
        Error::argument(match wanted.iter().find(|(known, _)| *known == name) {
            Some((_, wanted)) => format!("the option `{name}` must be {wanted}"),
            None => format!("`{}` is not an option", name.escape_debug()),
        })
    })
}
