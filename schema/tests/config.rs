//! Appwrite's own file.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{fs, path::Path};

use polywrite_schema::{
    config,
    model::{ColumnKind, Side},
};

fn read(name: &str) -> polywrite_schema::Result<config::Config> {
    config::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name))
}

#[test]
fn it_is_read_as_it_is() {
    let found = read("appwrite.config.json").unwrap();
    assert_eq!(found.project.as_deref(), Some("library"));
    assert_eq!(found.endpoint.as_deref(), Some("https://appwrite.example.com/v1"));
    let main = found.schema.database("main").unwrap();
    let films = main.table("films").unwrap();
    assert!(films.row_security);
    assert_eq!(films.permissions, ["read(\"any\")"]);
    let kinds: Vec<_> = films.columns.iter().map(|column| column.kind.name()).collect();
    assert_eq!(kinds, ["varchar", "integer", "float", "enum", "line", "url", "string", "relationship"]);
    let year = films.column("year").unwrap();
    assert_eq!(year.kind, ColumnKind::Integer { min: Some(1888), max: None });
    assert_eq!(year.default, Some(2000.into()));
    assert_eq!(year.previous_key.as_deref(), Some("yeer"));
    assert_eq!(films.column("title").unwrap().default, None);
    assert_eq!(films.index("by_year").unwrap().orders, ["desc"]);
    assert_eq!(found.schema.buckets[0].maximum_file_size, Some(1_000_000));
    assert_eq!(found.schema.teams[0].name, "Editors");
}

#[test]
fn collections_are_tables_and_relationships_have_two_sides() {
    let found = read("appwrite.config.json").unwrap();
    let people = found.schema.database("main").unwrap().table("people").unwrap();
    assert_eq!(people.index("by_name").unwrap().columns, ["name"]);
    let film = people.column("film").unwrap().kind.relationship().unwrap();
    assert_eq!((film.related_table.as_str(), film.two_way_key.as_str()), ("films", "actors"));
    assert_eq!(film.side, Side::Child);
    assert!(!film.is_many());
}

#[test]
fn what_is_wrong_says_where() {
    let folder = std::env::temp_dir().join(format!("polywrite-schema-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("appwrite.config.json");
    for (text, words) in [
        ("{", "EOF"),
        (r#"{"includes": {"tables": "../tables.json"}}"#, "inside its own folder"),
        (
            r#"{"tables": [{"$id": "t", "databaseId": "d", "columns": [{"key": "k", "type": "varchar"}]}]}"#,
            "d.t.k: missing field `size`",
        ),
    ] {
        fs::write(&file, text).unwrap();
        let error = config::read(&file).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    fs::remove_dir_all(&folder).unwrap();
}
