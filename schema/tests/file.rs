//! `polywrite.toml`: read, written by a pull, kept as it was.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use polywrite_schema::{
    Schema,
    file::File,
    live::Parts,
    model::{ColumnKind, Side},
};

const FILE: &str = r#"# The library.
[profiles.local]
endpoint = "http://127.0.0.1:4280/v1"
project = "demo"

[profiles.production]
endpoint = "https://fra.cloud.appwrite.io/v1"
project = "library"
keyVariable = "LIBRARY_KEY"

[databases.main]
name = "Main" # shown in the console

# All films.
[databases.main.tables.films]
name = "Films"
permissions = ['read("any")', 'write("team:editors")']
enabled = true

[databases.main.tables.films.columns]
# As on the poster.
title = { type = "varchar", size = 128, required = true }
year = { type = "integer", min = 1888, default = 2000 } # of the premiere
released = { type = "datetime", default = 2000-01-01T00:00:00Z }
director = { type = "relationship", relatedTable = "people", relationType = "manyToOne", twoWay = true, twoWayKey = "films" }

[databases.main.tables.films.indexes]
by_year = { type = "key", columns = ["year"], orders = ["asc"] }

[databases.main.tables.people.columns]
name = { type = "varchar", size = 64 }
"#;

fn all() -> Parts {
    Parts { databases: Vec::new(), buckets: true, teams: true }
}

#[test]
fn a_file_says_a_schema() {
    let file: File = FILE.parse().unwrap();
    assert_eq!(file.profiles["production"].key_variable, "LIBRARY_KEY");
    assert_eq!(file.profiles["local"].key_variable, "APPWRITE_API_KEY");
    let main = file.schema.database("main").unwrap();
    assert_eq!(main.name, "Main");
    let films = main.table("films").unwrap();
    let keys: Vec<_> = films.columns.iter().map(|column| column.key.as_str()).collect();
    assert_eq!(keys, ["title", "year", "released", "director"], "in the file's order");
    assert_eq!(films.column("year").unwrap().kind, ColumnKind::Integer { min: Some(1888), max: None });
    assert_eq!(films.column("released").unwrap().default, Some("2000-01-01T00:00:00Z".into()));
    let people = main.table("people").unwrap();
    assert_eq!(people.name, "people");
    assert_eq!(people.column("films").unwrap().kind.relationship().unwrap().side, Side::Child);
}

#[test]
fn what_the_server_has_as_well_stays_as_it_is_written() {
    let mut file: File = FILE.parse().unwrap();
    // A server sends the same in other words.
    let mut live = file.schema.clone();
    let films = &mut live.databases[0].tables[0];
    films.permissions =
        ["read(\"any\")", "create(\"team:editors\")", "update(\"team:editors\")", "delete(\"team:editors\")"]
            .map(str::to_owned)
            .to_vec();
    films.indexes[0].orders = Vec::new();
    for column in &mut films.columns {
        if column.key == "released" {
            column.default = Some("2000-01-01T00:00:00.000+00:00".into());
        }
    }
    file.pull(&live, &all()).unwrap();
    assert_eq!(file.to_string(), FILE);
}

#[test]
fn comments_stay_where_the_server_has_something_else() {
    let mut file: File = FILE.parse().unwrap();
    let mut live = file.schema.clone();
    live.databases[0].name = "All".to_owned();
    let films = &mut live.databases[0].tables[0];
    films.columns.retain(|column| column.key != "released");
    films.indexes.clear();
    films.enabled = false;
    for column in &mut films.columns {
        if column.key == "year" {
            column.kind = ColumnKind::Integer { min: Some(1900), max: Some(3000) };
            column.default = None;
        }
    }
    let mut note = films.columns[0].clone();
    note.key = "note".to_owned();
    note.kind = ColumnKind::Text { encrypt: Some(false) };
    note.required = false;
    films.columns.push(note);
    file.pull(&live, &all()).unwrap();
    let expected = FILE
        .replace("\"Main\" # shown", "\"All\" # shown")
        .replace("enabled = true", "enabled = false")
        .replace("min = 1888, default = 2000 }", "min = 1900, max = 3000 }")
        .replace("released = { type = \"datetime\", default = 2000-01-01T00:00:00Z }\n", "")
        .replace("twoWayKey = \"films\" }\n", "twoWayKey = \"films\" }\nnote = { type = \"text\" }\n")
        .replace("by_year = { type = \"key\", columns = [\"year\"], orders = [\"asc\"] }\n", "");
    assert_eq!(file.to_string(), expected);
    assert_eq!(file.schema.database("main").unwrap().name, "All");
}

#[test]
fn a_new_file_has_what_does_not_go_without_saying() {
    let schema: Schema = serde_json::from_value(serde_json::json!({
        "databases": [{ "id": "main", "name": "Main", "tables": [
            { "id": "films", "name": "Films", "rowSecurity": true, "permissions": ["read(\"any\")"], "columns": [
                { "key": "title", "type": "varchar", "size": 128, "required": true, "encrypt": false },
                { "key": "seen", "type": "boolean", "default": false },
                { "key": "where", "type": "point", "default": [1.5, 2] },
            ], "indexes": [{ "key": "by title", "type": "unique", "columns": ["title"] }] },
            { "id": "empty", "name": "Empty" },
        ] }, { "id": "other", "name": "Other", "enabled": false }],
        "buckets": [{ "id": "posters", "name": "Posters", "maximumFileSize": 1000, "compression": "gzip" }],
        "teams": [{ "id": "editors", "name": "Editors" }],
    }))
    .unwrap();
    let mut file = File::default();
    file.pull(&schema, &all()).unwrap();
    let text = file.to_string();
    assert_eq!(
        text,
        r#"# What the project is made of: `polywrite schema push` brings a server to it.

[databases.main]
name = "Main"

[databases.main.tables.films]
name = "Films"
rowSecurity = true
permissions = ['read("any")']

[databases.main.tables.films.columns]
title = { type = "varchar", size = 128, required = true }
seen = { type = "boolean", default = false }
where = { type = "point", default = [1.5, 2] }

[databases.main.tables.films.indexes]
"by title" = { type = "unique", columns = ["title"] }

[databases.main.tables.empty]
name = "Empty"

[databases.other]
name = "Other"
enabled = false

[buckets.posters]
name = "Posters"
maximumFileSize = 1000
compression = "gzip"

[teams.editors]
name = "Editors"
"#
    );
    assert!(polywrite_schema::diff(&schema, &text.parse::<File>().unwrap().schema).unwrap().is_empty());
}

#[test]
fn a_pull_of_some_databases_leaves_the_others() {
    let mut file: File = "[databases.one]\n[databases.two]\n".parse().unwrap();
    let live: Schema = serde_json::from_value(serde_json::json!({ "databases": [
        { "id": "one", "name": "One" }, { "id": "three", "name": "Three" },
    ] }))
    .unwrap();
    file.pull(&live, &Parts { databases: vec!["one".to_owned()], ..Parts::default() }).unwrap();
    assert_eq!(file.to_string(), "[databases.one]\nname = \"One\"\n[databases.two]\n");
}

#[test]
fn what_is_wrong_says_where() {
    for (text, words) in [
        ("[database.main]", "[database]: this is not a section"),
        ("databases = 3", "databases: this is not a table"),
        ("[databases.main]\nname = 3", "main: invalid type: integer `3`, expected a string"),
        ("[databases.main]\nnmae = 'm'", "main: unknown field `nmae`"),
        ("[databases.d.tables.t.columns]\nk = { size = 3 }", "d.t.k: missing field `type`"),
        (
            "[databases.d.tables.t.columns]\nk = { type = 'integer', size = 3 }",
            "d.t.k: a column of the type `integer` has no `size`; it has type, previousKey, required, min, max, default, array",
        ),
        ("[profiles.p]\nendpoint = 'e'\nproject = 'p'\nkey = 'k'", "[profiles.p]: a file has no key in it"),
        ("# é\na = sk_live", "line 2, column 5: "),
    ] {
        let error = text.parse::<File>().unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn the_files_of_the_guide_are_files() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let files: Vec<File> = guide
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().parse().unwrap())
        .collect();
    assert!(!polywrite_schema::diff(&Schema::default(), &files[0].schema).unwrap().is_empty());
    assert_eq!(files[1].profiles["staging"].key_variable, "STAGING_KEY");
}
