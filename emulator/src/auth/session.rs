//! Session secrets: base64 of `{"id", "secret"}`, as header and cookie value alike.

use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Value, json};
use time::Duration;

use crate::clock;

/// The value that clients carry for a session.
pub(crate) fn encode(user_id: &str, secret: &str) -> String {
    STANDARD.encode(json!({"id": user_id, "secret": secret}).to_string())
}

/// User ID and secret from a carried value; padding may be missing or percent-encoded.
pub(crate) fn decode(value: &str) -> Option<(String, String)> {
    let value = percent_decode_str(value).decode_utf8().ok()?;
    let bytes = base64::engine::general_purpose::STANDARD_NO_PAD.decode(value.trim_end_matches('=')).ok()?;
    let claims: Value = String::from_utf8(bytes).ok()?.parse().ok()?;
    Some((claims["id"].as_str()?.to_owned(), claims["secret"].as_str()?.to_owned()))
}

/// The two cookies and the fallback header that hand a session to a browser.
pub(crate) fn headers(project: &str, value: &str) -> Vec<(&'static str, String)> {
    let expires = clock::cookie(clock::moment() + Duration::seconds(31_536_000));
    let encoded = utf8_percent_encode(value, NON_ALPHANUMERIC);
    let life = format!("expires={expires}; Max-Age=31536000; path=/; HttpOnly");
    vec![
        ("x-fallback-cookies", json!({format!("a_session_{project}"): value}).to_string()),
        ("set-cookie", format!("a_session_{project}_legacy={encoded}; {life}")),
        ("set-cookie", format!("a_session_{project}={encoded}; {life}; SameSite=None")),
    ]
}

/// The headers that take a session away again.
pub(crate) fn farewell(project: &str) -> Vec<(&'static str, String)> {
    let gone = "deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0; path=/; HttpOnly";
    vec![
        ("x-fallback-cookies", "[]".to_owned()),
        ("set-cookie", format!("a_session_{project}_legacy={gone}")),
        ("set-cookie", format!("a_session_{project}={gone}; SameSite=None")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_survive_cookies() {
        let value = encode("user1", "abc");
        assert_eq!(decode(&value), Some(("user1".into(), "abc".into())));
        assert_eq!(decode(&value.replace('=', "%3D")), Some(("user1".into(), "abc".into())));
        assert_eq!(decode("garbage"), None);
    }
}
