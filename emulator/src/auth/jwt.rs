//! JSON web tokens, HS256.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use serde_json::{Value, json};

use crate::clock;

/// Signs `claims` with the expiry `seconds` from now (none: for ever).
pub(crate) fn sign(secret: &str, mut claims: Value, seconds: Option<i64>) -> String {
    if let Some(seconds) = seconds {
        claims["exp"] = json!(clock::epoch() + seconds);
    }
    let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"HS256"}"#);
    let body = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let tag = hmac::sign(&key(secret), body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(tag))
}

/// What the secrets of ephemeral keys begin with, before their token.
pub(crate) const EPHEMERAL: &str = "ephemeral_";

/// The secret of an ephemeral key, which is a token: what it may do and until when is written in it.
pub(crate) fn ephemeral_key(secret: &str, project: &str, scopes: &Value, seconds: i64) -> String {
    let claims = json!({"projectId": project, "name": "", "scopes": scopes});
    format!("{EPHEMERAL}{}", sign(secret, claims, Some(seconds)))
}

/// Checks a token and returns its claims; the error is the server's explanation.
pub(crate) fn verify(secret: &str, token: &str) -> Result<Value, &'static str> {
    let segments: Vec<&str> = token.split('.').collect();
    let [_, claims, signature] = segments[..] else { return Err("Incomplete segments") };
    let signed = &token[..token.len() - signature.len() - 1];
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "Signature failed")?;
    hmac::verify(&key(secret), signed.as_bytes(), &signature).map_err(|_| "Signature failed")?;
    let claims = URL_SAFE_NO_PAD.decode(claims).map_err(|_| "Invalid JSON")?;
    let claims: Value = String::from_utf8_lossy(&claims).parse().map_err(|_| "Invalid JSON")?;
    match claims["exp"].as_i64() {
        Some(expiry) if expiry < clock::epoch() => Err("Token expired"),
        _ => Ok(claims),
    }
}

fn key(secret: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_signer_is_believed() {
        let token = sign("secret", json!({"userId": "u"}), Some(60));
        assert_eq!(verify("secret", &token).unwrap()["userId"], "u");
        assert_eq!(verify("other", &token), Err("Signature failed"));
        assert_eq!(verify("secret", "garbage"), Err("Incomplete segments"));
        assert_eq!(verify("secret", &sign("secret", json!({}), Some(-1))), Err("Token expired"));
    }
}
