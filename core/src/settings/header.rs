use http::header::{HeaderMap, HeaderName, HeaderValue};

use super::generated::HEADER_SETTINGS;
use crate::error::{Error, Result};

/// A header's name, in lower case.
pub(crate) fn header_name(name: &str) -> Result<HeaderName> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::configuration(format!("`{}` cannot be a header name", name.escape_debug())))
}

/// A header's value. What is refused is never shown: it may be a credential. One that is a credential is marked, so
/// that nothing prints it and HTTP/2 keeps it out of its tables.
pub(crate) fn header_value(name: &str, value: &str) -> Result<HeaderValue> {
    let mut made = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        let reason = if value.contains(['\r', '\n']) { "a line break" } else { "a control character" };
        Error::configuration(format!("the value for the header `{name}` contains {reason}"))
            .with_hint("check how it was copied or read; it is not shown here because it may be secret")
    })?;
    made.set_sensitive(is_credential(name));
    Ok(made)
}

/// What says where a message ends and how its connection is used. The transport alone knows: a caller's length
/// would cut a body, unnoticed by the server.
// RFC 9110, section 7.6.1; RFC 9112, section 6.
const FRAMING: [&str; 8] = [
    "connection",
    "content-length",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Sets a caller's header in place of the one of that name. An empty credential means none; what belongs to the
/// transport is left out, so that a program may hand on the headers that it was called with.
pub(crate) fn put_header(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    if FRAMING.contains(&name.as_str()) {
        return;
    }
    if value.is_sensitive() && value.as_bytes().trim_ascii().is_empty() {
        headers.remove(name);
    } else {
        headers.insert(name, value);
    }
}

/// Refuses a key together with a session: the server would act as the key and ignore the session.
pub(crate) fn refuse_key_with_session(headers: &HeaderMap) -> Result<()> {
    if headers.contains_key("x-appwrite-key") && headers.contains_key("x-appwrite-session") {
        return Err(Error::configuration(
            "an API key and a session cannot be used together: the server would obey the key and ignore the session",
        )
        .with_hint("make two clients, one with the key and one with the session"));
    }
    Ok(())
}

/// Whether a header is a credential.
pub(crate) fn is_credential(header: &str) -> bool {
    HEADER_SETTINGS.iter().any(|setting| setting.credential && setting.header.eq_ignore_ascii_case(header))
}
