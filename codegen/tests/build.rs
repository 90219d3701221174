//! `codegen build` writes packages that compile alone: only the parts that they need, nothing of the repository's own
//! definition.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use polywrite_api::Api;
use polywrite_codegen::{build, targets};
use std::path::Path;

/// Two calls, the client's own ping among them.
fn small() -> Api {
    let client = Api::embedded_text("client.toml").expect("there");
    let service = "name = \"zoo\"\nclass = \"Zoo\"\nabout = \"Keeps animals.\"\n[methods.open]\npost = \"/zoo\"\n\
                   about = \"Opens.\"\n[methods.open.params]\nhour = { type = \"int!\", about = \"0 to 23.\" }\n";
    Api::from_texts([("client.toml", client.as_str()), ("services/zoo.toml", service)]).expect("sound")
}

#[test]
fn an_sdk_is_complete_and_has_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in the repository");
    let out = tempfile::tempdir().expect("a folder");
    let rust = targets::named(&["rust".to_owned()]).expect("known");
    build::build(root, &small(), &rust, out.path()).expect("builds");

    let read = |path: &str| std::fs::read_to_string(out.path().join(path)).expect(path);
    assert!(read("Cargo.toml").contains("members = [\"core\", \"models\"]"));
    assert!(!read("core/Cargo.toml").contains("dev-dependencies"));
    assert!(!out.path().join("core/tests").exists());
    assert!(!out.path().join("api").exists() && !out.path().join("bindings-node").exists());
    assert!(read("core/src/operations/generated/mod.rs").contains("[&Operation; 2]"));
    assert!(read("core/src/services/generated/zoo.rs").contains("pub fn open(&self, hour: i64) -> Call<()>"));
    assert!(!out.path().join("core/src/services/generated/tables_db.rs").exists());
    assert!(read("LICENSE-MIT").contains("Permission"));
}

/// Tables with types stand on `TablesDB` and its rows.
#[test]
fn an_sdk_goes_without_what_stands_on_a_service_that_it_lacks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in the repository");
    let out = tempfile::tempdir().expect("a folder");
    let python = targets::named(&["python".to_owned()]).expect("known");
    build::build(root, &small(), &python, out.path()).expect("builds");

    let package = out.path().join("bindings-python/python/polywrite");
    assert!(package.join("client.py").exists());
    assert!(!package.join("tables").exists());
}

#[cfg(unix)]
#[test]
fn a_build_never_overwrites_its_sources() {
    let outside = tempfile::tempdir().expect("a folder");
    let root = outside.path().join("repository");
    let place = |path: &str| root.join(path);
    std::fs::create_dir(&root).expect("made");
    for folder in ["core", "models"] {
        std::fs::create_dir(place(folder)).expect("made");
        std::fs::write(place(folder).join("lib.rs"), "by hand").expect("written");
    }
    std::fs::write(place("Cargo.toml"), "members = []\n").expect("written");
    std::os::unix::fs::symlink(&root, place("same")).expect("made");
    let rust = targets::named(&["rust".to_owned()]).expect("known");
    for out in ["", "same", "core", "core/sdk", "models/../core/deep/er", "same/models"] {
        let error = build::build(&root, &small(), &rust, &place(out)).expect_err(out);
        assert!(error.to_string().contains("choose another folder"), "{out}: {error:#}");
    }
    build::build(&root, &small(), &rust, outside.path()).expect_err("it would be written over from above");
    assert_eq!(std::fs::read_to_string(place("core/lib.rs")).expect("there"), "by hand");
    assert!(!place("core/sdk").exists());
}
