use reqwest::header::{HeaderName, HeaderValue};

use crate::error::{Error, Result};

/// A header's name, in lower case.
pub(crate) fn header_name(name: &str) -> Result<HeaderName> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::configuration(format!("`{}` cannot be a header name", name.escape_debug())))
}

/// A header's value. What is refused is never shown: it may be a credential.
pub(crate) fn header_value(name: &str, value: &str) -> Result<HeaderValue> {
    HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        let reason = if value.contains(['\r', '\n']) { "a line break" } else { "a control character" };
        Error::configuration(format!("the value for the header `{name}` contains {reason}"))
            .with_hint("check how it was copied or read; it is not shown here because it may be secret")
    })
}
