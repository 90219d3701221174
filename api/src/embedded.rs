//! The definition as it was when this crate was compiled.

use crate::read::Files;
use include_dir::{Dir, include_dir};

static MODELS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/models");
static SERVICES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/services");

/// A definition without one of these files has ours: they say what the SDK does, and not what the server has.
pub(crate) const BULK: &str = "bulk.toml";
pub(crate) const KINDS: &str = "kinds.toml";
pub(crate) const TRANSACTIONS: &str = "transactions.toml";

const SINGLE: [(&str, &str); 14] = [
    (BULK, include_str!("../bulk.toml")),
    ("client.toml", include_str!("../client.toml")),
    ("enums.toml", include_str!("../enums.toml")),
    ("errors.toml", include_str!("../errors.toml")),
    ("glossary.toml", include_str!("../glossary.toml")),
    ("helpers.toml", include_str!("../helpers.toml")),
    ("events.toml", include_str!("../events.toml")),
    (KINDS, include_str!("../kinds.toml")),
    ("lists.toml", include_str!("../lists.toml")),
    ("scopes.toml", include_str!("../scopes.toml")),
    ("secrets.toml", include_str!("../secrets.toml")),
    (TRANSACTIONS, include_str!("../transactions.toml")),
    ("unions.toml", include_str!("../unions.toml")),
    ("waits.toml", include_str!("../waits.toml")),
];

pub(crate) fn files() -> Files {
    let mut files = Files::default();
    for (path, text) in SINGLE {
        files.insert(path, text);
    }
    for (folder, content) in [("models", &MODELS), ("services", &SERVICES)] {
        for file in content.files() {
            if let Some(text) = file.contents_utf8() {
                files.insert(format!("{folder}/{}", file.path().display()), text);
            }
        }
    }
    files
}
