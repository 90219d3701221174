//! What a real server sent, read: it is what was made there.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{fs, net::SocketAddr, path::Path};

use axum::{Json, Router, routing::get};
use polywrite::Client;
use polywrite_schema::{
    Schema, diff,
    file::File,
    live::{self, Parts},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

fn recording(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/recordings/tablesdb");
    serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

/// A server that has what the recordings show: the tables `movies` and `authors`.
async fn serve() -> SocketAddr {
    let mut authors = recording("column-list-relationship.json")["response"]["body"].take();
    let movies = recording("table-update.json")["response"]["body"].take();
    for (name, value) in [("$id", json!("authors")), ("name", json!("Authors")), ("indexes", json!([]))] {
        authors[name] = value;
    }
    let databases = recording("list.json")["response"]["body"].take();
    let tables = json!({ "total": 2, "tables": [movies, authors] });
    let app = Router::new()
        .route("/v1/tablesdb", get(async move || Json(databases)))
        .route("/v1/tablesdb/db1/tables", get(async move || Json(tables)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// The schema that the recorded requests asked for.
fn made() -> Schema {
    let column = |name: &str| {
        let request = recording(name)["request"].take();
        let kind = request["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let mut column = request["body"].clone();
        if kind == "relationship" {
            column["relatedTable"] = column["relatedTableId"].take();
            column["relationType"] = column["type"].take();
        }
        column["type"] = kind.into();
        column
    };
    let kinds = [
        "string",
        "varchar",
        "text",
        "integer",
        "bigint",
        "float",
        "boolean",
        "datetime",
        "email",
        "url",
        "ip",
        "string-array",
    ];
    let mut columns: Vec<Value> = kinds.iter().map(|kind| column(&format!("column-{kind}.json"))).collect();
    // Two were made without a recording, and one got another default afterwards.
    columns.push(json!({ "key": "genre", "type": "enum", "elements": ["drama", "comedy", "scifi"] }));
    columns.push(json!({ "key": "location", "type": "point" }));
    columns[3]["default"] = json!(1999);
    let index = |kind: &str| {
        let mut index = recording(&format!("index-{kind}.json"))["request"]["body"].take();
        index["orders"] = index["orders"].as_array().cloned().unwrap_or_default().into();
        index
    };
    let table = recording("table-update.json")["request"]["body"].take();
    serde_json::from_value(json!({ "databases": [{ "id": "db1", "name": "Database Uno", "tables": [
        {
            "id": "movies", "name": table["name"], "permissions": table["permissions"], "rowSecurity": true,
            "columns": columns, "indexes": [index("key"), index("unique"), index("fulltext")],
        },
        {
            "id": "authors", "name": "Authors",
            "columns": [
                { "key": "name", "type": "string", "size": 64, "required": true },
                column("column-relationship.json"),
            ],
        },
    ] }] }))
    .unwrap()
}

#[tokio::test]
async fn a_pull_has_what_was_made_there() {
    let client =
        Client::builder().endpoint(format!("http://{}/v1", serve().await)).project("proj1").build().unwrap();
    let live = live::read(&client, &Parts::default()).await.unwrap();
    assert_eq!(diff(&live, &made()).unwrap().to_string(), "");
    let mut file = File::default();
    file.pull(&live, &Parts::default()).unwrap();
    let again: File = file.to_string().parse().unwrap();
    assert_eq!(diff(&live, &again.schema).unwrap().to_string(), "");
    assert!(
        file.to_string().contains("year = { type = \"integer\", min = 1800, max = 3000, default = 1999 }"),
        "{file}"
    );
    assert!(file.to_string().contains("big = { type = \"bigint\" }"), "{file}");
}
