//! The definition agrees with the facts, and the check notices a disagreement.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use polywrite_api::Api;
use polywrite_codegen::verify;
use serde_json::{Value, json};
use std::path::Path;

/// The table of facts read from the official packages.
fn facts() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/facts/appwrite-api.json");
    let text = std::fs::read_to_string(path).expect("the facts are part of the repository");
    serde_json::from_str(&text).expect("the facts are JSON")
}

type Change = fn(&mut Value);

fn method<'a>(facts: &'a mut Value, service: &str, name: &str) -> &'a mut Value {
    let services = facts["services"].as_array_mut().expect("a list");
    let service = services.iter_mut().find(|it| it["name"] == service).expect("there");
    service["methods"]
        .as_array_mut()
        .expect("a list")
        .iter_mut()
        .find(|it| it["name"] == name)
        .expect("there")
}

#[test]
fn the_definition_agrees_with_the_facts() {
    let facts = facts();
    let report = verify::verify(&Api::embedded().expect("sound"), &facts);
    assert_eq!(report.differences, Vec::<String>::new());
    assert_eq!(report.additions.iter().filter(|line| line.starts_with("method ")).count(), 28);
    assert!(report.additions.contains(&"helpers Channel".to_owned()), "{:?}", report.additions);
}

#[test]
fn every_disagreement_is_noticed() {
    let facts = facts();
    let api = Api::embedded().expect("sound");
    let changes: [(&str, Change); 8] = [
        ("teams.list.path", |facts| method(facts, "teams", "list")["path"] = json!("/squads")),
        ("teams.list.params (order)", |facts| {
            method(facts, "teams", "list")["params"].as_array_mut().expect("a list").swap(0, 1);
        }),
        ("teams.list.params.search.required", |facts| {
            method(facts, "teams", "list")["params"][1]["required"] = json!(true);
        }),
        ("teams.list.response.model", |facts| {
            method(facts, "teams", "list")["response"]["model"] = json!("Squads")
        }),
        ("storage.createFile.upload.chunked", |facts| {
            method(facts, "storage", "createFile")["upload"]["chunked"] = json!(false);
        }),
        ("models.Squad", |facts| {
            facts["models"].as_array_mut().expect("a list").push(json!({ "name": "Squad", "fields": [] }));
        }),
        ("unions.Column.discriminators", |facts| {
            let column =
                facts["unions"].as_array_mut().expect("a list").iter_mut().find(|it| it["name"] == "Column");
            column.expect("there")["discriminators"][0]["when"] = json!({ "type": "post" });
        }),
        ("global_headers.setKey.secret", |facts| facts["global_headers"][1]["secret"] = json!(false)),
    ];
    for (place, change) in changes {
        let mut facts = facts.clone();
        change(&mut facts);
        let differences = verify::verify(&api, &facts).differences;
        assert!(differences.iter().any(|line| line.starts_with(place)), "{place}: {differences:?}");
    }
}

#[test]
fn everything_has_a_meaning() {
    assert_eq!(Api::embedded().expect("sound").without_meaning(), Vec::<String>::new());
}
