//! What is written for the schemas of tests/types. The formatters and compilers of the languages judge the same files in
//! the tests of each language.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{fs, path::PathBuf};

use polywrite_schema::config;
use polywrite_types::{Language, Rows, write};
use serde_json::json;

const FILES: &[(&str, Language)] = &[
    (".ts", Language::TypeScript),
    (".py", Language::Python(Rows::Dataclass)),
    ("_typeddict.py", Language::Python(Rows::TypedDict)),
    ("_pydantic.py", Language::Python(Rows::Pydantic)),
    (".swift", Language::Swift),
    (".rs", Language::Rust),
];

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "tests", "types"].iter().collect()
}

#[test]
fn the_same_schema_gives_the_same_files() {
    for schema in ["cinema", "long"] {
        let schema_file = folder().join(format!("{schema}.json"));
        let read = config::read(&schema_file).unwrap().schema;
        for (end, language) in FILES {
            let text = write(&read, *language).unwrap();
            let file = folder().join("written").join(format!("{schema}{end}"));
            if std::env::var_os("POLYWRITE_WRITE").is_some() {
                fs::write(&file, &text).unwrap();
            }
            let expected = fs::read_to_string(&file).unwrap();
            let place = file.display();
            assert!(text == expected, "{place} is out of date: see tests/types/README.md");
            assert_eq!(text, write(&read, *language).unwrap());
        }
    }
}

/// A schema of one table with one column.
fn schema(table: &str, key: &str, default: &str) -> polywrite_schema::Schema {
    let column = json!({"key": key, "type": "string", "size": 50, "required": false, "default": default});
    let schema = json!({
        "projectId": "p", "tablesDB": [{"$id": "d", "name": "D"}],
        "tables": [{"$id": table, "databaseId": "d", "name": "T", "columns": [column]}],
    });
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    fs::write(file.path(), schema.to_string()).unwrap();
    config::read(file.path()).unwrap().schema
}

#[test]
fn what_a_schema_says_is_not_code() {
    for text in ["*/ evil(); /*", "\"\"\"\nevil()\n", "\r\n\u{2028}evil()", "\\"] {
        for (_, language) in FILES {
            let written = write(&schema("t", "k", text), *language).unwrap();
            let ends = *language == Language::TypeScript && written.contains("*/ evil");
            let is_code = |line: &str| ends || line.trim_start().starts_with("evil");
            assert!(!written.lines().any(is_code), "{written}");
            for odd in [schema(&format!("t{text}"), "k", ""), schema("t", &format!("k{text}"), "")] {
                let error = write(&odd, *language).unwrap_err().to_string();
                assert!(error.contains("is not the ID or key of anything on a server"), "{error}");
            }
        }
    }
}

#[test]
fn a_schema_without_tables_is_an_error() {
    let error = write(&polywrite_schema::Schema::default(), Language::TypeScript).unwrap_err();
    assert_eq!(error.to_string(), "there is no table to write types of");
}
