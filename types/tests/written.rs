//! What is written for the schemas of tests/types. The formatters and compilers of the languages judge the same files in
//! the tests of each language.

use std::{fs, path::PathBuf};

use polywrite_schema::config;
use polywrite_types::{Language, Rows, write};

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

#[test]
fn a_schema_without_tables_is_an_error() {
    let error = write(&polywrite_schema::Schema::default(), Language::TypeScript).unwrap_err();
    assert_eq!(error.to_string(), "there is no table to write types of");
}
