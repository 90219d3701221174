//! Servers that are slow, fail, break off or refuse.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use polywrite::Client;
use polywrite_emulator::{Emulator, Fault, Options, Project, ProjectOptions};
use polywrite_schema::{Error, PushOptions, Schema, plan, push};
use serde_json::{Value, json};
use tokio::net::TcpListener;

fn films(columns: &Value, indexes: &Value) -> Schema {
    serde_json::from_value(json!({ "databases": [{ "id": "main", "name": "Main", "tables": [
        { "id": "films", "name": "Films", "columns": columns, "indexes": indexes },
    ] }] }))
    .unwrap()
}

fn year() -> Schema {
    films(
        &json!([{ "key": "year", "type": "integer" }]),
        &json!([{ "key": "by_year", "type": "key", "columns": ["year"] }]),
    )
}

fn client(endpoint: &str, project: &str, key: &str) -> Client {
    Client::builder().endpoint(endpoint).project(project).key(key).build().unwrap()
}

async fn emulator() -> (Emulator, Client) {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let client = client(emulator.endpoint(), emulator.project(), emulator.root_key());
    (emulator, client)
}

async fn planned(client: &Client, wanted: &Schema) -> Vec<String> {
    plan(client, wanted).await.unwrap().steps.iter().map(ToString::to_string).collect()
}

const COLUMN: &str = "/tablesdb/main/tables/films/columns/year";
const INDEX: &str = "/tablesdb/main/tables/films/indexes/by_year";

#[tokio::test]
async fn a_column_that_fails_says_why_and_is_made_again() {
    let (emulator, client) = emulator().await;
    emulator.plan_reads(COLUMN, [json!({ "status": "failed", "error": "the row is too wide" })]);
    let error = push(&client, &year(), &PushOptions::default()).await.unwrap_err();
    assert!(matches!(error, Error::Step { .. }), "{error:?}");
    assert!(error.to_string().starts_with("table main.films: "), "{error}");
    assert!(
        error.to_string().contains("year") && error.to_string().contains("the row is too wide"),
        "{error}"
    );
    let steps = planned(&client, &year()).await;
    assert_eq!(
        steps[0],
        "! remake column main.films.year: the server could not make it: the row is too wide"
    );
    // It loses nothing: no row has a value for it.
    emulator.plan_reads(COLUMN, [json!({})]);
    push(&client, &year(), &PushOptions::default()).await.unwrap();
    assert_eq!(planned(&client, &year()).await, [""; 0]);
}

#[tokio::test]
async fn what_is_stuck_is_dropped_again_and_made_anew() {
    let (emulator, client) = emulator().await;
    push(&client, &year(), &PushOptions::default()).await.unwrap();
    emulator.plan_reads(INDEX, [json!({ "status": "stuck", "error": "the table is locked" })]);
    assert_eq!(
        planned(&client, &year()).await,
        ["! remake index main.films.by_year: the server could not delete it: the table is locked"]
    );
    // The plan, the look before the drop; the new index is ready.
    let stuck = json!({ "status": "stuck", "error": "the table is locked" });
    emulator.plan_reads(INDEX, [stuck.clone(), stuck, json!({ "status": "available" })]);
    assert_eq!(push(&client, &year(), &PushOptions::default()).await.unwrap().steps.len(), 1);
}

#[tokio::test]
async fn what_is_still_being_made_is_awaited() {
    let (emulator, client) = emulator().await;
    push(&client, &year(), &PushOptions::default()).await.unwrap();
    let processing = json!({ "status": "processing" });
    emulator.plan_reads(COLUMN, [processing.clone()]);
    assert_eq!(planned(&client, &year()).await, [". await  column main.films.year"]);
    emulator.plan_reads(COLUMN, [processing.clone(), processing.clone(), processing.clone(), json!({})]);
    assert_eq!(push(&client, &year(), &PushOptions::default()).await.unwrap().steps.len(), 1);
    emulator.plan_reads(COLUMN, [processing]);
    let options = PushOptions { timeout: Some(Duration::from_millis(300)), ..PushOptions::default() };
    let error = push(&client, &year(), &options).await.unwrap_err();
    assert!(error.to_string().contains("is still `processing`"), "{error}");
}

#[tokio::test]
async fn pushes_over_a_bad_line_come_to_an_end() {
    let project = Project::new(ProjectOptions::default()).unwrap();
    let client = client(project.endpoint(), project.id(), project.key());
    let columns: Vec<Value> =
        (0..12).map(|number| json!({ "key": format!("c{number}"), "type": "integer" })).collect();
    let wanted = films(&columns.into(), &json!([{ "key": "by", "type": "key", "columns": ["c1"] }]));
    // A break in the response leaves open whether the column was made: each push may stop at one.
    project.faults([Fault::cut().of("tablesDB.createIntegerColumn").every(2).times(5)]).unwrap();
    let mut failures = 0;
    while let Err(error) = push(&client, &wanted, &PushOptions::default()).await {
        assert!(matches!(error, Error::Step { .. }), "{error}");
        failures += 1;
        assert!(failures <= 5, "{error}");
    }
    assert!(failures > 0);
    assert_eq!(planned(&client, &wanted).await, [""; 0]);
}

#[tokio::test]
async fn a_key_needs_the_scopes_that_the_guide_names() {
    let scopes = ["databases.read", "tables.read", "tables.write"];
    let seed = json!({
        "databases": [{ "databaseId": "main", "name": "Main" }],
        "keys": [{ "keyId": "narrow", "name": "Narrow", "scopes": scopes }],
    });
    let project = Project::new(ProjectOptions::seed(seed)).unwrap();
    let client = client(project.endpoint(), project.id(), project.key_of_seed("narrow").unwrap());
    push(&client, &year(), &PushOptions::default()).await.unwrap();
    let mut wanted = year();
    wanted.databases[0].tables[0].columns[0].required = true;
    push(&client, &wanted, &PushOptions::default()).await.unwrap();
    wanted.databases[0].tables.clear();
    let options = PushOptions { allow_destroy: true, ..PushOptions::default() };
    push(&client, &wanted, &options).await.unwrap();
}

/// A server that deletes in its own time: the column is `deleting` for two more looks.
#[derive(Clone, Default)]
struct Slow(Arc<Mutex<SlowTable>>);

#[derive(Default)]
struct SlowTable {
    column: Option<Value>,
    looks: usize,
    refused: usize,
}

impl Slow {
    fn look(&self) -> Option<Value> {
        let mut table = self.0.lock().unwrap();
        if table.column.as_ref().is_some_and(|column| column["status"] == "deleting") {
            if table.looks == 0 {
                table.column = None;
            } else {
                table.looks -= 1;
            }
        }
        table.column.clone()
    }

    fn table(&self) -> Value {
        let columns: Vec<Value> = self.look().into_iter().collect();
        json!({ "$id": "films", "name": "Films", "columns": columns, "indexes": [] })
    }
}

#[tokio::test]
async fn what_takes_time_to_go_is_waited_for() {
    let slow = Slow::default();
    slow.0.lock().unwrap().column =
        Some(json!({ "key": "year", "type": "integer", "status": "available", "$createdAt": "1" }));
    let found = |slow: &Slow| match slow.look() {
        Some(column) => (StatusCode::OK, Json(column)),
        None => (
            StatusCode::NOT_FOUND,
            Json(json!({ "message": "none", "code": 404, "type": "column_not_found" })),
        ),
    };
    let make = async |State(slow): State<Slow>, Json(mut column): Json<Value>| {
        let mut table = slow.0.lock().unwrap();
        if table.column.is_some() {
            table.refused += 1;
            return (StatusCode::CONFLICT, Json(json!({ "message": "there", "code": 409 })));
        }
        column["type"] = "varchar".into();
        column["status"] = "available".into();
        column["$createdAt"] = "2".into();
        table.column = Some(column.clone());
        (StatusCode::ACCEPTED, Json(column))
    };
    let delete = async |State(slow): State<Slow>| {
        let mut table = slow.0.lock().unwrap();
        table.looks = 2;
        table.column.as_mut().unwrap()["status"] = "deleting".into();
        StatusCode::NO_CONTENT
    };
    let databases = json!({ "total": 1, "databases": [{ "$id": "main", "name": "Main", "enabled": true }] });
    let app = Router::new()
        .route("/v1/tablesdb", get(async move || Json(databases)))
        .route(
            "/v1/tablesdb/main/tables",
            get(async |State(slow): State<Slow>| Json(json!({ "total": 1, "tables": [slow.table()] }))),
        )
        .route("/v1/tablesdb/main/tables/films", get(async |State(slow): State<Slow>| Json(slow.table())))
        .route(
            "/v1/tablesdb/main/tables/films/columns/year",
            get(async move |State(slow): State<Slow>| found(&slow)).delete(delete),
        )
        .route("/v1/tablesdb/main/tables/films/columns/varchar", post(make))
        .with_state(slow.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    let client = client(&endpoint, "demo", "k");
    let wanted = films(&json!([{ "key": "year", "type": "varchar", "size": 4 }]), &json!([]));
    let options = PushOptions { allow_destroy: true, ..PushOptions::default() };
    push(&client, &wanted, &options).await.unwrap();
    assert_eq!(slow.0.lock().unwrap().refused, 0);
    // Another program deletes it: the new one has to wait.
    {
        let mut table = slow.0.lock().unwrap();
        table.column.as_mut().unwrap()["status"] = "deleting".into();
        table.looks = 4;
    }
    push(&client, &wanted, &PushOptions::default()).await.unwrap();
    assert_eq!(slow.0.lock().unwrap().refused, 1);
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again() {
    let project = Project::new(ProjectOptions::default()).unwrap();
    let client = client(project.endpoint(), project.id(), project.key());
    let faults = [
        Fault::status(502).of("tablesDB.list").times(1),
        Fault::status(429).of("tablesDB.listTables").times(1),
        Fault::status(504).of("tablesDB.getTable").times(2),
    ];
    project.faults(faults).unwrap();
    push(&client, &year(), &PushOptions::default()).await.unwrap();
    assert_eq!(planned(&client, &year()).await, [""; 0]);
}

#[tokio::test]
async fn a_server_that_refuses_ends_a_push_with_its_words() {
    let project = Project::new(ProjectOptions::default()).unwrap();
    let client = client(project.endpoint(), project.id(), project.key());
    for status in [429, 503] {
        project.faults([Fault::status(status).of("tablesDB.createTable").times(1)]).unwrap();
        let error = push(&client, &year(), &PushOptions::default()).await.unwrap_err().to_string();
        assert!(error.starts_with("table main.films: tablesDB.createTable: "), "{error}");
        assert!(error.contains(&format!("({status} ")), "{error}");
    }
    push(&client, &year(), &PushOptions::default()).await.unwrap();
}

#[tokio::test]
async fn long_lists_are_read_to_their_ends() {
    let project = Project::new(ProjectOptions::default()).unwrap();
    let client = client(project.endpoint(), project.id(), project.key());
    let columns: Vec<Value> =
        (0..130).map(|number| json!({ "key": format!("c{number}"), "type": "boolean" })).collect();
    let tables: Vec<Value> = (0..130)
        .map(|number| {
            let columns = if number == 0 { json!(columns) } else { json!([]) };
            json!({ "id": format!("t{number}"), "name": "T", "columns": columns })
        })
        .collect();
    let buckets: Vec<Value> =
        (0..130).map(|number| json!({ "id": format!("b{number}"), "name": "B" })).collect();
    let wanted: Schema = serde_json::from_value(json!({
        "databases": [{ "id": "main", "name": "Main", "tables": tables }], "buckets": buckets,
    }))
    .unwrap();
    assert_eq!(push(&client, &wanted, &PushOptions::default()).await.unwrap().steps.len(), 391);
    assert_eq!(planned(&client, &wanted).await, [""; 0]);
}

#[tokio::test]
async fn only_what_was_agreed_to_is_lost() {
    let (_emulator, client) = emulator().await;
    push(&client, &year(), &PushOptions::default()).await.unwrap();
    let wanted = films(&json!([]), &json!([]));
    let agreed = plan(&client, &wanted).await.unwrap();
    // Another program makes a column before the answer comes.
    let others = films(
        &json!([{ "key": "year", "type": "integer" }, { "key": "note", "type": "text" }]),
        &json!([{ "key": "by_year", "type": "key", "columns": ["year"] }]),
    );
    push(&client, &others, &PushOptions::default()).await.unwrap();
    let options = PushOptions { allow_destroy: true, agreed: Some(agreed), ..PushOptions::default() };
    let error = push(&client, &wanted, &options).await.unwrap_err();
    assert_eq!(error.to_string(), "this would lose what these hold: column main.films.note");
    assert_eq!(planned(&client, &others).await, [""; 0], "nothing was done");
    let options = PushOptions { allow_destroy: true, ..PushOptions::default() };
    push(&client, &wanted, &options).await.unwrap();
}
