//! Pushing to the emulator, which answers as a server does.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::sync::{Arc, Mutex};

use polywrite::{CallOptions, Client, Params, operation};
use polywrite_emulator::{Emulator, Options};
use polywrite_schema::{
    Action, Error, PushOptions, Schema,
    live::{self, Parts},
    model::{ColumnKind, RelationType, Side},
    plan, push,
};
use serde_json::{Value, json};

async fn start() -> (Emulator, Client) {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let client = Client::builder()
        .endpoint(emulator.endpoint())
        .project(emulator.project())
        .key(emulator.root_key())
        .build()
        .unwrap();
    (emulator, client)
}

fn schema(value: Value) -> Schema {
    serde_json::from_value(value).unwrap()
}

/// One database with the table `films` of these columns and indexes, and the table `people`.
fn films(columns: &Value, indexes: &Value) -> Schema {
    schema(json!({ "databases": [{ "id": "main", "name": "Main", "tables": [
        { "id": "films", "name": "Films", "columns": columns, "indexes": indexes },
        { "id": "people", "name": "People", "columns": [{ "key": "name", "type": "varchar", "size": 64 }] },
    ] }] }))
}

async fn call(client: &Client, id: &str, params: Params) -> Value {
    let response = client.execute(operation(id).unwrap(), params, CallOptions::default()).await.unwrap();
    if response.body().is_empty() { Value::Null } else { response.json().unwrap() }
}

fn row(id: &str) -> Params {
    Params::new().with("databaseId", "main").with("tableId", "films").with("rowId", id)
}

fn whole() -> Parts {
    Parts { databases: Vec::new(), buckets: true, teams: true }
}

fn destroying() -> PushOptions {
    PushOptions { allow_destroy: true, ..PushOptions::default() }
}

fn shown(found: &polywrite_schema::Plan) -> Vec<String> {
    let steps = found.steps.iter();
    steps
        .map(|step| {
            let fields: Vec<_> = step.changes.iter().map(|change| change.field.as_str()).collect();
            format!("{:?} {} {} {fields:?}", step.action, step.target.noun(), step.target)
        })
        .collect()
}

/// Every kind of column, with and without what can be said of it.
fn every_kind() -> Value {
    json!([
        { "key": "boolean", "type": "boolean", "default": true },
        { "key": "integer", "type": "integer", "min": 1, "max": 10, "default": 5 },
        { "key": "integer_open", "type": "integer", "required": true },
        { "key": "bigint", "type": "bigint", "min": -9_007_199_254_740_993_i64, "default": 9_007_199_254_740_993_i64 },
        { "key": "float", "type": "float", "max": 1.5, "default": 1 },
        { "key": "varchar", "type": "varchar", "size": 64, "default": "a" },
        { "key": "string", "type": "string", "size": 32, "array": true },
        { "key": "secret", "type": "varchar", "size": 256, "encrypt": true },
        { "key": "text", "type": "text" },
        { "key": "mediumtext", "type": "mediumtext" },
        { "key": "longtext", "type": "longtext", "array": true },
        { "key": "email", "type": "email", "default": "a@example.com" },
        { "key": "url", "type": "url" },
        { "key": "ip", "type": "ip", "array": true },
        { "key": "enum", "type": "enum", "elements": ["one", "two"], "default": "two" },
        { "key": "datetime", "type": "datetime", "default": "2000-01-01T00:00:00Z" },
        { "key": "point", "type": "point", "default": [1, 2.5] },
        { "key": "line", "type": "line", "required": true },
        { "key": "polygon", "type": "polygon" },
        { "key": "director", "type": "relationship", "relatedTable": "people", "relationType": "manyToOne",
          "twoWay": true, "twoWayKey": "directed", "onDelete": "setNull" },
        { "key": "writer", "type": "relationship", "relatedTable": "people", "relationType": "oneToOne" },
        { "key": "sequels", "type": "relationship", "relatedTable": "films", "relationType": "manyToMany",
          "onDelete": "cascade" },
    ])
}

#[tokio::test]
async fn every_kind_of_column_is_pushed_and_read_again() {
    let (_emulator, client) = start().await;
    let wanted = films(
        &every_kind(),
        &json!([
            { "key": "by_varchar", "type": "unique", "columns": ["varchar"] },
            { "key": "by_integer", "type": "key", "columns": ["integer", "$createdAt"], "orders": ["desc", "asc"] },
            { "key": "in_text", "type": "fulltext", "columns": ["text"] },
        ]),
    );
    assert!(push(&client, &wanted, &PushOptions::default()).await.unwrap().steps.len() > 25);
    assert_eq!(shown(&plan(&client, &wanted).await.unwrap()), Vec::<String>::new());
    let live = live::read(&client, &whole()).await.unwrap();
    let table = live.database("main").unwrap().table("films").unwrap();
    let keys = |table: &polywrite_schema::model::Table| {
        table.columns.iter().map(|column| column.key.clone()).collect::<Vec<_>>()
    };
    let mut expected = keys(wanted.database("main").unwrap().table("films").unwrap());
    let mut found = keys(table);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    for column in &table.columns {
        assert_eq!(column.status.as_ref().unwrap().word, "available", "{}", column.key);
    }
    assert_eq!(
        table.column("bigint").unwrap().kind,
        ColumnKind::BigInteger { min: Some(-9_007_199_254_740_993), max: None }
    );
    let other = live.database("main").unwrap().table("people").unwrap().column("directed").unwrap();
    let other = other.kind.relationship().unwrap();
    assert_eq!((other.side, other.relation_type), (Side::Child, RelationType::ManyToOne));
    assert!(other.is_many());
    assert_eq!(other.two_way_key, "director");
}

#[tokio::test]
async fn what_can_be_changed_in_place_keeps_its_values() {
    let (_emulator, client) = start().await;
    let before = films(
        &json!([
            { "key": "yeer", "type": "integer", "min": 1900, "default": 2000 },
            { "key": "title", "type": "varchar", "size": 16, "required": true },
            { "key": "genre", "type": "enum", "elements": ["drama"] },
            { "key": "director", "type": "relationship", "relatedTable": "people", "relationType": "manyToOne",
              "twoWay": true, "twoWayKey": "films" },
        ]),
        &json!([{ "key": "by_year", "type": "key", "columns": ["yeer"] }]),
    );
    push(&client, &before, &PushOptions::default()).await.unwrap();
    call(&client, "tablesDB.createRow", row("f").with("data", &json!({ "title": "Alien", "yeer": 1979 })))
        .await;
    let mut after = films(
        &json!([
            { "key": "year", "type": "integer", "max": 3000, "previousKey": "yeer" },
            { "key": "title", "type": "varchar", "size": 64, "default": "?" },
            { "key": "genre", "type": "enum", "elements": ["drama", "comedy"], "default": "comedy" },
            { "key": "director", "type": "relationship", "relatedTable": "people", "relationType": "manyToOne",
              "twoWay": true, "twoWayKey": "directed", "onDelete": "cascade" },
        ]),
        &json!([{ "key": "by_year", "type": "key", "columns": ["year"] }]),
    );
    after.databases[0].tables[0].name = "All films".to_owned();
    after.databases[0].tables[0].permissions =
        vec!["read(\"any\")".to_owned(), "write(\"users\")".to_owned()];
    after.databases[0].enabled = false;
    let steps = shown(&plan(&client, &after).await.unwrap());
    assert_eq!(
        steps,
        [
            r#"Change database main ["enabled"]"#,
            r#"Change table main.films ["name", "permissions"]"#,
            r#"Change column main.films.year ["key", "default", "max", "min"]"#,
            r#"Change column main.films.title ["default", "required", "size"]"#,
            r#"Change column main.films.genre ["default", "elements"]"#,
            r#"Change column main.films.director ["onDelete", "twoWayKey"]"#,
        ]
    );
    push(&client, &after, &PushOptions::default()).await.unwrap();
    assert_eq!(shown(&plan(&client, &after).await.unwrap()), Vec::<String>::new());
    assert_eq!(call(&client, "tablesDB.getRow", row("f")).await["year"], 1979);
}

#[tokio::test]
async fn what_loses_data_is_refused_unless_it_is_allowed() {
    let (_emulator, client) = start().await;
    let before = films(
        &json!([
            { "key": "year", "type": "integer" },
            { "key": "note", "type": "varchar", "size": 16 },
            { "key": "title", "type": "varchar", "size": 16 },
        ]),
        &json!([
            { "key": "by_year", "type": "key", "columns": ["year", "title"] },
            { "key": "by_title", "type": "key", "columns": ["title"] },
        ]),
    );
    push(&client, &before, &PushOptions::default()).await.unwrap();
    let mut after = films(
        &json!([
            { "key": "year", "type": "varchar", "size": 4 },
            { "key": "remark", "type": "varchar", "size": 16 },
            { "key": "title", "type": "varchar", "size": 16 },
        ]),
        &json!([{ "key": "by_year", "type": "key", "columns": ["year", "title"] }]),
    );
    after.databases[0].tables.truncate(1);
    let found = plan(&client, &after).await.unwrap();
    assert_eq!(
        shown(&found),
        [
            "Drop table main.people []",
            "Drop column main.films.note []",
            r#"Remake column main.films.year ["type"]"#,
            "Make column main.films.remark []",
            "Drop index main.films.by_title []",
            "Remake index main.films.by_year []",
        ]
    );
    assert!(found.hints[0].contains("--rename films.note=remark"), "{:?}", found.hints);
    let refused = push(&client, &after, &PushOptions::default()).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "this would lose what these hold: table main.people, column main.films.note, column main.films.year"
    );
    assert_eq!(shown(&plan(&client, &before).await.unwrap()), Vec::<String>::new(), "nothing was done");
    push(&client, &after, &destroying()).await.unwrap();
    assert_eq!(shown(&plan(&client, &after).await.unwrap()), Vec::<String>::new());
}

#[tokio::test]
async fn a_table_goes_with_the_relationships_of_others() {
    let (_emulator, client) = start().await;
    let linked = json!([{
        "key": "lead", "type": "relationship", "relatedTable": "people", "relationType": "manyToMany",
        "twoWay": true, "twoWayKey": "leads",
    }]);
    push(&client, &films(&linked, &json!([])), &PushOptions::default()).await.unwrap();
    // Its own column goes; the other table's column belongs to the same relationship.
    let mut after = films(&json!([]), &json!([]));
    after.databases[0].tables.remove(0);
    push(&client, &after, &destroying()).await.unwrap();
    let live = live::databases(&client).await.unwrap();
    assert_eq!(live[0].tables.len(), 1);
    let keys: Vec<_> = live[0].tables[0].columns.iter().map(|column| column.key.as_str()).collect();
    assert_eq!(keys, ["name"]);
}

#[tokio::test]
async fn both_keys_of_a_relationship_are_renamed() {
    let (_emulator, client) = start().await;
    let linked = |key: &str, other: &str, previous: Option<&str>| {
        films(
            &json!([{
                "key": key, "type": "relationship", "relatedTable": "films", "relationType": "oneToMany",
                "twoWay": true, "twoWayKey": other, "previousKey": previous,
            }]),
            &json!([]),
        )
    };
    push(&client, &linked("sequels", "original", None), &PushOptions::default()).await.unwrap();
    let after = linked("remakes", "first", Some("sequels"));
    assert_eq!(
        shown(&plan(&client, &after).await.unwrap()),
        [r#"Change column main.films.remakes ["key", "twoWayKey"]"#]
    );
    push(&client, &after, &PushOptions::default()).await.unwrap();
    let live = live::databases(&client).await.unwrap();
    let table = live[0].table("films").unwrap();
    let mut keys: Vec<_> = table.columns.iter().map(|column| column.key.as_str()).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["first", "remakes"]);
    assert_eq!(table.column("first").unwrap().kind.relationship().unwrap().two_way_key, "remakes");
}

#[tokio::test]
async fn what_the_schema_does_not_name_stays() {
    let (_emulator, client) = start().await;
    let all = schema(json!({
        "databases": [{ "id": "one", "name": "One" }, { "id": "two", "name": "Two" }],
        "buckets": [{ "id": "posters", "name": "Posters", "maximumFileSize": 1000, "compression": "gzip" }],
        "teams": [{ "id": "editors", "name": "Editors" }],
    }));
    push(&client, &all, &PushOptions::default()).await.unwrap();
    let some = schema(json!({
        "databases": [{ "id": "one", "name": "One" }],
        "buckets": [{ "id": "posters", "name": "All posters", "allowedFileExtensions": ["png"] }],
        "teams": [{ "id": "editors", "name": "All editors" }],
    }));
    let found = plan(&client, &some).await.unwrap();
    assert_eq!(
        shown(&found),
        [
            r#"Change bucket posters ["allowedFileExtensions", "compression", "name"]"#,
            r#"Change team editors ["name"]"#
        ]
    );
    assert_eq!(found.unnamed.iter().map(ToString::to_string).collect::<Vec<_>>(), ["two"]);
    push(&client, &some, &destroying()).await.unwrap();
    let live = live::read(&client, &whole()).await.unwrap();
    assert_eq!(live.databases.len(), 2);
    assert_eq!(live.buckets[0].maximum_file_size, Some(1000), "a limit that is not named stays");
    assert_eq!(live.teams[0].name, "All editors");
}

#[tokio::test]
async fn two_pushes_at_once_do_no_harm() {
    let (_emulator, client) = start().await;
    let first =
        films(&every_kind(), &json!([{ "key": "by_integer", "type": "key", "columns": ["integer"] }]));
    let options = PushOptions::default();
    let (one, other) = tokio::join!(push(&client, &first, &options), push(&client, &first, &options));
    one.unwrap();
    other.unwrap();
    assert_eq!(shown(&plan(&client, &first).await.unwrap()), Vec::<String>::new());
    // Both drop and make the same things anew.
    let second = films(
        &json!([{ "key": "integer", "type": "varchar", "size": 8 }]),
        &json!([{ "key": "by_integer", "type": "unique", "columns": ["integer"] }]),
    );
    let options = destroying();
    let (one, other) = tokio::join!(push(&client, &second, &options), push(&client, &second, &options));
    one.unwrap();
    other.unwrap();
    assert_eq!(shown(&plan(&client, &second).await.unwrap()), Vec::<String>::new());
}

#[tokio::test]
async fn each_step_is_reported() {
    let (_emulator, client) = start().await;
    let wanted = films(&json!([{ "key": "year", "type": "integer" }]), &json!([]));
    let reported = Arc::new(Mutex::new(Vec::new()));
    let listener = {
        let reported = reported.clone();
        Arc::new(move |step: &polywrite_schema::Step| {
            reported.lock().unwrap().push((step.action, step.target.to_string()));
        })
    };
    let options = PushOptions { listener: Some(listener), ..PushOptions::default() };
    assert_eq!(push(&client, &wanted, &options).await.unwrap().steps.len(), 5);
    let mut reported = reported.lock().unwrap().clone();
    reported.sort_by(|one, other| one.1.cmp(&other.1));
    let places = ["main", "main.films", "main.films.year", "main.people", "main.people.name"];
    assert_eq!(reported, places.map(|place| (Action::Make, place.to_owned())));
}

#[test]
fn what_no_server_could_have_is_refused() {
    for (column, message) in [
        (
            json!({ "key": "k", "type": "integer", "required": true, "default": 1 }),
            "a required column has no default",
        ),
        (
            json!({ "key": "k", "type": "integer", "max": 3, "default": 4 }),
            "the default 4 is not a whole number within the bounds",
        ),
        (
            json!({ "key": "k", "type": "enum", "elements": ["a"], "default": "b" }),
            "is not one of the elements",
        ),
        (
            json!({ "key": "k", "type": "varchar", "size": 3, "default": "long" }),
            "is not a text that fits the size",
        ),
        (
            json!({ "key": "k", "type": "boolean", "array": true, "default": true }),
            "a column of lists has no default",
        ),
        (
            json!({ "key": "k", "type": "relationship", "relatedTable": "none", "relationType": "oneToOne" }),
            "the database has no table `none`",
        ),
        (
            json!({ "key": "k", "type": "relationship", "relatedTable": "people", "relationType": "oneToOne",
                    "twoWay": true, "twoWayKey": "name" }),
            "the table `people` has another column `name`",
        ),
    ] {
        let wanted = films(&json!([column]), &json!([]));
        let error = polywrite_schema::diff(&Schema::default(), &wanted).unwrap_err();
        assert!(matches!(&error, Error::Invalid { place, .. } if place == "main.films.k"), "{error}");
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn a_plan_reads_as_the_guide_shows_it() {
    let before = films(
        &json!([
            { "key": "title", "type": "varchar", "size": 64 },
            { "key": "code", "type": "integer" },
            { "key": "note", "type": "text" },
        ]),
        &json!([{ "key": "by_code", "type": "key", "columns": ["code"] }]),
    );
    let after = films(
        &json!([
            { "key": "title", "type": "varchar", "size": 128 },
            { "key": "code", "type": "varchar", "size": 8 },
            { "key": "seen", "type": "boolean", "default": false },
        ]),
        &json!([{ "key": "by_code", "type": "key", "columns": ["code"] }]),
    );
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    for step in polywrite_schema::diff(&before, &after).unwrap().steps {
        assert!(guide.contains(&format!("    {step}\n")), "{step}");
    }
}
