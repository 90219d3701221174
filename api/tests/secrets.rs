//! Secret fields are marked.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use polywrite_api::{Api, Type};

/// Words of names that suggest a secret, and names that have them without one.
const WORDS: [&str; 6] = ["secret", "password", "jwt", "accesstoken", "refreshtoken", "credential"];
const HARMLESS: [&str; 2] = ["passwordUpdate", "providerAccessTokenExpiry"];

#[test]
fn no_field_with_such_a_name_is_missing() {
    let api = Api::embedded().expect("the repository's definition is sound");
    for model in api.models.values() {
        for field in model.fields.values().filter(|field| field.kind == Type::String) {
            let name = field.name.replace('_', "").to_lowercase();
            let is_suspicious = WORDS.iter().any(|word| name.contains(word));
            assert!(
                field.secret || !is_suspicious || HARMLESS.contains(&field.name.as_str()),
                "{}.{}: add it to secrets.toml, or to the harmless ones here",
                model.name,
                field.name
            );
        }
    }
}

#[test]
fn fields_with_secrets_are_marked_and_booleans_are_not() {
    let api = Api::embedded().expect("the repository's definition is sound");
    let secret = |model: &str, field: &str| api.models[model].fields[field].secret;
    assert!(secret("Key", "secret") && secret("Jwt", "jwt") && secret("MfaRecoveryCodes", "recoveryCodes"));
    assert!(secret("MfaType", "uri") && secret("Variable", "value") && secret("Provider", "credentials"));
    assert!(!secret("Variable", "secret") && !secret("Variable", "key") && !secret("User", "hash"));
}
