//! `polywrite build` makes packages of any definition that need a published Polywrite and nothing else.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use polywrite_api::Api;
use polywrite_codegen::import;
use polywrite_codegen::package::{Package, files, write};
use std::collections::BTreeMap;

fn shelter() -> Api {
    import::import(include_str!("documents/shapes.json"), None, true).expect("sound").api
}

fn texts(api: &Api, language: &str) -> BTreeMap<String, String> {
    let package = Package::new("acme-sdk", "1.2.3").expect("a package");
    let files = files(api, language, &package).expect("files");
    files.into_iter().map(|file| (file.path, file.text)).collect()
}

#[test]
fn javascript_and_declarations_are_those_of_the_facade() {
    let files = texts(&shelter(), "node");
    let pets = &files["services/pets.js"];
    assert!(pets.contains("    list(...args) {\n        return this.run(\"acme-sdk-"), "{pets}");
    assert!(pets.contains("#pets.list\": \"{\\\"content\\\":\\\"none\\\""), "{pets}");
    let types = &files["services/pets.d.ts"];
    assert!(types.contains("export declare class Pets extends Service {") && !types.contains("return this"));
    assert!(types.contains("import { Service } from \"polywrite/sdk\";"));
    assert!(types.starts_with("// Made by `polywrite build`; change what it was made of.\n"), "{types}");
    assert!(files["enums.js"].contains("exports.PetKind = {\n    Dog: \"dog\","));
    assert!(files["index.js"].contains("exports.Pets = require(\"./services/pets\").Pets;"));
    assert!(files["package.json"].contains("\"version\": \"1.2.3\""));
}

#[test]
fn python_imports_from_polywrite_what_the_package_lacks() {
    let files = texts(&shelter(), "python");
    let pets = &files["acme_sdk/services/aio/pets.py"];
    for line in [
        "from polywrite import _types\n",
        "from ... import enums, models\n",
        "from ... import _operations",
        "from polywrite.service import AsyncService\n",
    ] {
        assert!(pets.contains(line), "{line}: {pets}");
    }
    assert!(files["acme_sdk/models/pet.py"].contains("from .._fields import "));
    assert!(files["acme_sdk/enums/pet_kind.py"].contains("from polywrite._enum import WireEnum"));
    assert!(files["acme_sdk/_fields.py"].contains("fields_of(\"acme_sdk\")"));
    assert!(files["pyproject.toml"].contains("name = \"acme-sdk\"\nversion = \"1.2.3\""));
}

#[test]
fn the_crate_has_the_files_of_the_facade_and_a_root_with_what_they_name() {
    let files = texts(&shelter(), "rust");
    let pets = &files["src/services/pets.rs"];
    assert!(pets.starts_with("// Made by `polywrite build`; change what it was made of.\n"), "{pets}");
    assert!(
        pets.contains("use crate::operations::pets;")
            && pets.contains("Call::decoded(&self.client, &pets::LIST)")
    );
    let root = &files["src/lib.rs"];
    assert!(root.contains("    pub mod pets;") && root.contains("    pub use self::pets::Pets;"), "{root}");
    assert!(!root.contains("mod flow") && !files.keys().any(|path| path.contains("flow")), "{root}");
    assert!(files["src/operations/files.rs"].contains("id: \"files.create\""));
    assert!(files["src/models/mod.rs"].contains("mod unions;"));
    assert!(files["Cargo.toml"].contains("name = \"acme-sdk\"\nversion = \"1.2.3\""));
}

#[test]
fn the_swift_package_imports_of_polywrite_what_it_lacks_and_describes_its_operations() {
    let files = texts(&shelter(), "swift");
    let pets = &files["Sources/AcmeSdk/Pets+Calls.swift"];
    for text in [
        "// Made by `polywrite build`; change what it was made of.\n",
        "\n@_spi(SDK) import struct Polywrite.JSONText\nimport AcmeSdkEnums\nimport AcmeSdkModels\n",
        "        self.client = client\n        _ = described\n",
        "try await self.call(\"acme-sdk-",
    ] {
        assert!(pets.contains(text), "{text}: {pets}");
    }
    assert!(!pets.contains("import PolywriteModels"), "{pets}");
    let operations = &files["Sources/AcmeSdk/Operations.swift"];
    assert!(operations.contains("#pets.list\", \"{\\\"content\\\":\\\"none\\\""), "{operations}");
    assert!(files["Sources/AcmeSdkModels/unions/CircleOrSquare+Union.swift"].contains("AppwriteModel"));
    assert!(
        files["Package.swift"]
            .contains("name: \"AcmeSdkModels\", dependencies: [\"AcmeSdkEnums\", polywrite]")
    );
}

#[test]
fn packages_cannot_be_called_as_what_they_need() {
    for (language, name) in [
        ("rust", "serde"),
        ("rust", "std"),
        ("rust", "self"),
        ("rust", "fn"),
        ("rust", "polywrite-models"),
        ("swift", "swift"),
        ("swift", "from-env"),
        ("swift", "self"),
    ] {
        let package = Package::new(name, "1.0.0").expect("a package");
        let problem = files(&shelter(), language, &package).expect_err("refused").to_string();
        assert!(problem.contains("choose another one with --name"), "{problem}");
    }
}

#[test]
fn appwrites_own_definition_makes_packages_too() {
    let api = Api::embedded().expect("sound");
    let node = texts(&api, "node");
    assert!(
        node["services/tables-db.js"]
            .contains("    transaction(work, options) {\n        return this.within(")
    );
    assert!(node["services/tables-db.d.ts"].contains("    transaction<T>(work: (tx: TablesDB) => T"));
    assert!(node["index.js"].contains("Session: { secrets: [\"providerAccessToken\""));
    let python = texts(&api, "python");
    assert!(python["acme_sdk/services/storage.py"].contains("acme-sdk-"));
    let rust = texts(&api, "rust");
    let waits = &rust["src/flow/wait/generated/mod.rs"];
    assert!(waits.contains("operation: &operations::tables_db::GET_COLUMN,"), "{waits}");
    assert!(
        rust["src/services/tables_db.rs"]
            .contains("TransactionCall::new(&self.client, \"tablesDB\", Self::new)")
    );
    assert!(rust["src/lib.rs"].contains("mod bulk {") && !rust.contains_key("src/services/table.rs"));
    let swift = texts(&api, "swift");
    let databases = &swift["Sources/AcmeSdk/TablesDB+Flows.swift"];
    // A transaction is the core's own; the calls in it are the package's.
    assert!(databases.contains("public static let begins = \"tablesDB.createTransaction\""), "{databases}");
    assert!(databases.contains("#tablesDB.deleteRows\", ids,"), "{databases}");
    assert!(!swift.contains_key("Sources/AcmeSdk/TypedTable.swift"));
}

#[test]
fn names_versions_and_settings_that_cannot_be_are_refused() {
    for (name, version) in [
        ("Acme", "1.0.0"),
        ("polywrite", "1.0.0"),
        ("", "1.0.0"),
        ("acme", "1.0"),
        ("acme", "1.0.x"),
        ("../acme", "1.0.0"),
    ] {
        assert!(Package::new(name, version).is_err(), "{name} {version}");
    }
    let mut api = shelter();
    api.client.chunk_size += 1;
    let package = Package::new("acme", "1.0.0").expect("a package");
    let problem = files(&api, "node", &package).expect_err("refused").to_string();
    assert!(problem.contains("--root"), "{problem}");
}

#[test]
fn a_folder_of_something_else_is_left_alone_and_stale_files_go() {
    let out = tempfile::tempdir().expect("a folder");
    let package = Package::new("acme", "1.0.0").expect("a package");
    let mut files = files(&shelter(), "node", &package).expect("files");
    write(&files, out.path()).expect("written");
    std::fs::write(out.path().join("notes.txt"), "mine").expect("written");
    files.retain(|file| !file.path.contains("pets"));
    write(&files, out.path()).expect("written anew");
    assert!(!out.path().join("services/pets.js").exists() && out.path().join("services/files.js").exists());
    assert!(out.path().join("notes.txt").exists());
    let other = tempfile::tempdir().expect("a folder");
    std::fs::write(other.path().join("notes.txt"), "mine").expect("written");
    let problem = write(&files, other.path()).expect_err("refused").to_string();
    assert!(problem.contains("choose another folder"), "{problem}");
}
