//! Files and servers that are odd, wrong or hostile: each is read, or refused with words that help.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{Json, Router, routing::get};
use polywrite::Client;
use polywrite_schema::{Error, Schema, diff, file::File, plan, read};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A file in a folder of its own.
struct Written(PathBuf);

impl Written {
    fn new(name: &str, text: &[u8]) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("polywrite-odd-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
        Self(folder.join(name))
    }

    fn refusal(&self) -> String {
        read(&self.0).unwrap_err().to_string()
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

fn schema(value: Value) -> Schema {
    serde_json::from_value(value).unwrap()
}

/// One database with one table of these columns.
fn films(columns: &Value) -> Schema {
    schema(json!({ "databases": [{ "id": "main", "name": "Main", "tables": [
        { "id": "films", "name": "Films", "columns": columns },
    ] }] }))
}

fn refusal(live: &Schema, wanted: &Schema) -> String {
    diff(live, wanted).unwrap_err().to_string()
}

#[test]
fn a_file_that_is_far_too_large_is_not_read() {
    let text = "# nothing\n".repeat(2_000_000);
    for name in ["polywrite.toml", "appwrite.config.json"] {
        let refusal = Written::new(name, text.as_bytes()).refusal();
        assert!(
            refusal.ends_with(&format!("{name}: the file: this has more than 16 MiB, which no schema has"))
        );
    }
}

#[test]
fn a_file_that_is_not_text_is_an_error() {
    let error = read(&Written::new("polywrite.toml", b"\xff\xfe\x00").0).unwrap_err();
    assert!(matches!(error, Error::File { .. }), "{error}");
    assert!(error.to_string().contains("polywrite.toml: "), "{error}");
    let deep = format!("x = {}", "[".repeat(100_000));
    assert!(Written::new("polywrite.toml", deep.as_bytes()).refusal().contains("line 1, column "));
    let deep = format!("{{\"tables\": {}", "[".repeat(100_000));
    assert!(Written::new("appwrite.config.json", deep.as_bytes()).refusal().contains("recursion limit"));
}

#[test]
fn what_is_written_twice_is_refused() {
    let twice = "[databases.main]\n[databases.main]\n";
    assert!(Written::new("polywrite.toml", twice.as_bytes()).refusal().contains("line 2, column "));
    for (sections, words) in [
        (json!({ "tablesDB": [{ "$id": "main" }, { "$id": "main" }] }), "main: two have this ID"),
        (
            json!({ "tables": [{ "$id": "t", "databaseId": "d" }, { "$id": "t", "databaseId": "d" }] }),
            "d.t: two have this ID",
        ),
        (json!({ "buckets": [{ "$id": "b" }, { "$id": "b" }] }), "b: two have this ID"),
        (json!({ "teams": [{ "$id": "t" }, { "$id": "t" }] }), "t: two have this ID"),
        (
            json!({ "tables": [{ "$id": "t", "databaseId": "d", "columns": [
                { "key": "year", "type": "integer" }, { "key": "Year", "type": "integer" },
            ] }] }),
            "d.t.Year: two have this key",
        ),
        // The older name of the same thing means nothing beside the newer one.
        (
            json!({ "tables": [{ "$id": "t", "databaseId": "d" }],
                    "collections": [{ "$id": "t", "databaseId": "d" }] }),
            "",
        ),
    ] {
        let file = Written::new("appwrite.config.json", sections.to_string().as_bytes());
        let found = diff(&Schema::default(), &read(&file.0).unwrap());
        let message = found.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(if words.is_empty() { message.is_empty() } else { message.starts_with(words) }, "{message}");
    }
}

#[test]
fn names_have_any_letters_and_ids_those_that_servers_take() {
    let text = "[databases.main]\nname = \"Кино 🎬\"\n[databases.main.tables.films.columns]\ngenre = { type = \"enum\", elements = [\"драма\", \"コメディ\"], default = \"драма\" }\n";
    let file: File = text.parse().unwrap();
    assert!(!diff(&Schema::default(), &file.schema).unwrap().is_empty());
    let rule = "has letters from a to z, digits, `.`, `_` and `-`";
    for id in ["фильмы", "_films", "a/b", "a b", ""] {
        let text = format!("[databases.main.tables.\"{id}\"]\n[databases.main.tables.\"{id}\".columns]\n");
        let refusal = refusal(&Schema::default(), &text.parse::<File>().unwrap().schema);
        assert!(refusal.starts_with(&format!("main.{id}: ")) && refusal.contains(rule), "{refusal}");
    }
    let live = films(&json!([{ "key": "yeer", "type": "integer" }]));
    let renamed = films(&json!([{ "key": "año", "type": "integer", "previousKey": "yeer" }]));
    assert!(refusal(&live, &renamed).contains(rule));
    // What a server has already, it has.
    let odd = films(&json!([{ "key": "año", "type": "integer" }]));
    assert!(diff(&odd, &odd).unwrap().is_empty());
}

#[test]
fn values_of_wrong_types_are_refused() {
    for (column, words) in [
        ("{ type = 'integer', min = 'low' }", "invalid type: string \"low\", expected i64"),
        ("{ type = 'integer', min = 1.5 }", "expected i64"),
        ("{ type = 'float', max = inf }", "invalid type: string \"inf\""),
        ("{ type = 'float', default = nan }", "is not a number within the bounds"),
        ("{ type = 'varchar', size = 3, default = 4 }", "is not a text that fits the size"),
        ("{ type = 'datetime', default = 'soon' }", "is not a date"),
        ("{ type = 'datetime', default = '2000-01-01T99999999999999999:00' }", "is not a date"),
        ("{ type = 'enum', elements = 'drama' }", "expected a sequence"),
        ("{ type = 'intger' }", "unknown variant `intger`, expected one of `boolean`"),
        ("{ type = 'relationship', relatedTable = 'films', relationType = 'oneToSome' }", "`oneToSome`"),
        ("{ type = 'integer', requird = true }", "has no `requird`; it has type, previousKey, required"),
        ("'integer'", "this is not a table"),
    ] {
        let text = format!("[databases.main.tables.films.columns]\nk = {column}\n");
        let found = text.parse::<File>().and_then(|file| diff(&Schema::default(), &file.schema));
        let message = found.unwrap_err().to_string();
        assert!(message.starts_with("main.films.") && message.contains(words), "{message}");
    }
}

#[test]
fn tables_may_be_related_in_a_circle() {
    let to = |id: &str| {
        json!([{ "key": "next", "type": "relationship", "relatedTable": id, "relationType": "oneToOne",
                 "twoWay": true, "twoWayKey": "before" }])
    };
    let wanted = schema(json!({ "databases": [{ "id": "main", "name": "Main", "tables": [
        { "id": "a", "name": "A", "columns": to("b") },
        { "id": "b", "name": "B", "columns": to("c") },
        { "id": "c", "name": "C", "columns": to("a") },
    ] }] }));
    assert_eq!(diff(&Schema::default(), &wanted).unwrap().steps.len(), 7);
    // Its own other side.
    let own = films(&json!([{ "key": "next", "type": "relationship", "relatedTable": "films",
                              "relationType": "oneToOne", "twoWay": true, "twoWayKey": "next" }]));
    assert!(refusal(&Schema::default(), &own).contains("has another column `next`: give `twoWayKey`"));
}

#[test]
fn a_rename_that_cannot_be_done_is_not_silent() {
    let column =
        |key: &str, previous: Option<&str>| json!({ "key": key, "type": "integer", "previousKey": previous });
    let live = films(&json!([column("a", None), column("b", None)]));
    let swapped = films(&json!([column("a", Some("b")), column("b", Some("a"))]));
    let found = diff(&live, &swapped).unwrap();
    assert!(found.is_empty());
    assert!(
        found.hints[0].starts_with("`b` is not renamed to `a` in films, which has both"),
        "{:?}",
        found.hints
    );
    assert_eq!(found.hints.len(), 2);
    // A rename that is done needs no words.
    let done = films(&json!([column("b", Some("a"))]));
    assert!(diff(&films(&json!([column("b", None)])), &done).unwrap().hints.is_empty());
}

#[test]
fn dates_are_compared_as_moments_and_other_texts_as_texts() {
    let default =
        |kind: &str, text: &str| films(&json!([{ "key": "k", "type": kind, "size": 64, "default": text }]));
    let (short, long) = ("2000-01-01", "2000-01-01T00:00:00.000+00:00");
    assert!(diff(&default("datetime", short), &default("datetime", long)).unwrap().is_empty());
    assert_eq!(diff(&default("varchar", short), &default("varchar", long)).unwrap().steps.len(), 1);
}

#[test]
fn a_key_in_a_file_shows_in_no_error() {
    let secret = "standard_0123456789abcdef";
    for profile in [
        format!("key = '{secret}'"),
        format!("key = {secret}"),
        format!("keyVariable = '{secret}'"),
        format!("keyVariable = {secret}"),
        format!("apiKey = '{secret}'"),
    ] {
        let text = format!("[profiles.p]\nendpoint = 'https://example.com/v1'\nproject = 'p'\n{profile}\n");
        let error = text.parse::<File>().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("0123"), "{error}");
    }
}

/// A server with one table of these columns.
async fn serve(columns: Value) -> Client {
    let databases = json!({ "total": 1, "databases": [{ "$id": "main", "name": "Main", "enabled": true }] });
    let tables = json!({ "$id": "films", "name": "Films", "columns": columns, "indexes": [] });
    let tables = json!({ "total": 1, "tables": [tables] });
    let app = Router::new()
        .route("/v1/tablesdb", get(async move || Json(databases)))
        .route("/v1/tablesdb/main/tables", get(async move || Json(tables)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    Client::builder().endpoint(endpoint).project("p").build().unwrap()
}

#[tokio::test]
async fn what_a_server_writes_moves_no_cursor() {
    let red = "\u{1b}[31mred";
    let client = serve(json!([
        { "key": "year", "type": "integer", "status": "failed", "error": red, "$createdAt": "1" },
        { "key": red, "type": "integer", "status": "available", "$createdAt": "1" },
    ]))
    .await;
    let found = plan(&client, &films(&json!([{ "key": "year", "type": "integer" }]))).await.unwrap();
    assert_eq!(found.steps.len(), 2);
    assert!(!found.to_string().contains('\u{1b}'), "{found:?}");
    assert!(found.to_string().contains("the server could not make it: \u{fffd}[31mred"));
}

#[tokio::test]
async fn a_kind_of_column_that_is_too_new_says_so() {
    let client = serve(json!([{ "key": "v", "type": "vector", "dimensions": 3, "$createdAt": "1" }])).await;
    let error = plan(&client, &films(&json!([]))).await.unwrap_err().to_string();
    assert!(error.starts_with("main.films.v: unknown variant `vector`"), "{error}");
    assert!(error.ends_with("a newer Polywrite may know it"), "{error}");
}
