//! Passwords: kept as a salted digest in the form the server shows them.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use ring::digest;
use serde_json::{Value, json};

use crate::random;

/// What a password becomes. It looks like Argon2; the digest behind it is quick, for tests log in a lot.
pub(crate) fn hash(password: &str) -> String {
    encode(password, &random::hex(22))
}

/// Whether `password` is the one that was hashed.
pub(crate) fn matches(password: &str, stored: &Value) -> bool {
    let Some(stored) = stored.as_str() else { return false };
    match stored.split('$').nth(4) {
        Some(salt) => encode(password, salt) == stored,
        None => false,
    }
}

/// The options shown with the server's own hashes.
pub(crate) fn options() -> Value {
    json!({"type": "argon2", "memory_cost": 65536, "time_cost": 4, "threads": 3})
}

fn encode(password: &str, salt: &str) -> String {
    let digest = digest::digest(&digest::SHA256, format!("{salt}{password}").as_bytes());
    format!("$argon2id$v=19$m=65536,t=4,p=3${salt}${}", STANDARD_NO_PAD.encode(digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_matches_its_password_only() {
        let stored = json!(hash("correct horse"));
        assert!(matches("correct horse", &stored));
        assert!(!matches("wrong horse", &stored));
        assert!(!matches("anything", &Value::Null));
    }
}
