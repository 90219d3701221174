//! What documentation says of environment variables is what api/client.toml says.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use polywrite_api::Api;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Hand-written texts that name variables, and whether they name all of them.
const TEXTS: [(&str, bool); 8] = [
    ("core/src/client/sources.rs", true),
    ("bindings-node/ts/client.ts", false),
    ("bindings-python/python/polywrite/_settings.py", false),
    ("bindings-swift/Sources/Polywrite/Sources.swift", false),
    ("docs/authentication.md", false),
    ("README.md", false),
    ("bindings-node/README.md", false),
    ("bindings-python/README.md", false),
];

fn text(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in the repository");
    fs::read_to_string(root.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The variables that a text names.
fn named(text: &str) -> BTreeSet<&str> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.filter(|word| word.starts_with("APPWRITE_")).collect()
}

#[test]
fn documentation_names_the_variables_that_the_core_reads() {
    let api = Api::embedded().expect("sound");
    let known: BTreeSet<&str> = api.client.environment.keys().map(String::as_str).collect();
    for (name, all) in TEXTS {
        let text = text(name);
        let named = named(&text);
        assert!(named.is_subset(&known), "{name} names {:?}", named.difference(&known));
        assert!(!all || named == known, "{name} lacks {:?}", known.difference(&named));
    }
}

#[test]
fn the_core_lists_the_variables_of_each_setting_in_their_order() {
    let api = Api::embedded().expect("sound");
    let text = text("core/src/client/sources.rs");
    for setting in ["endpoint", "project", "key"] {
        let variables: Vec<String> = api
            .client
            .environment
            .iter()
            .filter(|(_, variable)| variable.setting == setting)
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        let row = format!("/// | {setting} | {} |", variables.join(", "));
        assert!(text.contains(&row), "core/src/client/sources.rs lacks: {row}");
    }
}
