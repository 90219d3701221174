//! Projects for tests in Rust: one emulator, and a project of its own for each test.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::time::Duration;

use polywrite_emulator::{Fault, Project, ProjectOptions};
use reqwest::Client;
use serde_json::{Value, json};

fn with_ada() -> Project {
    let seed = json!({"users": [{"userId": "ada", "email": "ada@example.com", "password": "correct horse"}]});
    Project::new(ProjectOptions::seed(seed)).unwrap()
}

/// Calls a project: with its key, or as a guest.
async fn call(project: &Project, method: &str, path: &str, body: Value, as_guest: bool) -> (u16, Value) {
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().no_proxy().build().unwrap();
    let mut request = client
        .request(method.parse().unwrap(), format!("{}{path}", project.endpoint()))
        .header("x-appwrite-project", project.id());
    if !as_guest {
        request = request.header("x-appwrite-key", project.key());
    }
    if !body.is_null() {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap().parse().unwrap_or_default())
}

async fn total(project: &Project) -> Value {
    call(project, "GET", "/users", Value::Null, false).await.1["total"].take()
}

async fn recover(project: &Project) {
    let page = json!({"email": "ada@example.com", "url": "http://localhost/reset"});
    assert_eq!(call(project, "POST", "/account/recovery", page, true).await.0, 201);
}

#[tokio::test]
async fn projects_share_an_emulator_and_know_nothing_of_each_other() {
    let (project, other) = (with_ada(), Project::new(ProjectOptions::default()).unwrap());
    assert_eq!(project.endpoint(), other.endpoint());
    assert_eq!((total(&project).await, total(&other).await), (json!(1), json!(0)));
    let env = project.env().map(|(_, value)| value.to_owned());
    assert_eq!(env, [project.endpoint(), project.id(), project.key()]);
    assert!(!format!("{project:?}").contains(project.key()));
    let again = ProjectOptions { id: Some(project.id().to_owned()), ..ProjectOptions::default() };
    assert!(Project::new(again.clone()).unwrap_err().to_string().contains("already exists"));
    drop(project);
    assert_eq!(total(&Project::new(again).unwrap()).await, 0);
}

#[tokio::test]
async fn mails_come_once_each_also_those_that_are_waited_for() {
    let project = with_ada();
    let (mail, ()) =
        tokio::join!(project.next_mail().to("ada@example.com").kind("recovery"), recover(&project));
    let mail = mail.unwrap();
    assert!(mail.user_id == "ada" && mail.link.as_ref().unwrap().contains(&mail.secret));
    assert_eq!(project.mails().unwrap(), [mail]);
    let problem = project.next_mail().user("ada").within(Duration::ZERO).await.unwrap_err();
    assert!(problem.to_string().contains("recovery to ada@example.com"), "{problem}");
}

#[tokio::test]
async fn ids_and_times_are_the_same_in_each_run() {
    let date = Some("2026-01-01".to_owned());
    let project =
        Project::new(ProjectOptions { counted_ids: true, now: date, ..ProjectOptions::default() }).unwrap();
    let team = json!({"teamId": "unique()", "name": "Crew"});
    let (_, made) = call(&project, "POST", "/teams", team.clone(), false).await;
    assert_eq!(
        (&made["$id"], &made["$createdAt"]),
        (&json!("00000000000000000001"), &json!("2026-01-01T00:00:00.000+00:00"))
    );
    project.advance(Duration::from_secs(60)).unwrap();
    let (_, made) = call(&project, "POST", "/teams", team, false).await;
    assert_eq!(made["$createdAt"], "2026-01-01T00:01:00.000+00:00");
}

#[tokio::test]
async fn a_delivery_has_the_date_that_the_clock_of_its_project_shows() {
    let date = Some("2026-01-01".to_owned());
    let project = Project::new(ProjectOptions { now: date, ..ProjectOptions::default() }).unwrap();
    let url = "http://127.0.0.1:1/nothing-listens";
    let hook = json!({"webhookId": "hook", "name": "Hook", "events": ["users.*.create"], "url": url});
    assert_eq!(call(&project, "POST", "/webhooks", hook, false).await.0, 201);
    assert_eq!(call(&project, "POST", "/users", json!({"userId": "ada"}), false).await.0, 201);
    assert_eq!(project.next_webhook().await.unwrap().at, "2026-01-01T00:00:00.000+00:00");
}

#[tokio::test]
async fn what_goes_wrong_is_asked_for_and_what_came_is_seen() {
    let project = with_ada();
    project
        .faults([
            Fault::status(503).of("users.list").times(1),
            Fault::delay(Duration::from_millis(1)).every(2),
        ])
        .unwrap();
    assert_eq!((total(&project).await, total(&project).await), (Value::Null, json!(1)));
    let requests = project.requests().unwrap();
    let seen: Vec<_> = requests.iter().map(|request| (request.operation.as_str(), request.status)).collect();
    assert_eq!(seen, [("users.list", 503), ("users.list", 200)]);
    assert!(project.webhooks().unwrap().is_empty());
    assert!(project.next_webhook().event("users.ada.create").within(Duration::ZERO).await.is_err());
}

#[tokio::test]
async fn a_snapshot_brings_everything_back() {
    let project = with_ada();
    let keys = project.seed("[[keys]]\nkeyId = 'reader'\nscopes = ['users.read']\n").unwrap();
    assert!(keys["reader"].is_string() && project.key_of_seed("reader").is_none());
    project.snapshot("before").unwrap();
    assert_eq!(call(&project, "DELETE", "/users/ada", Value::Null, false).await.0, 204);
    project.restore("before").unwrap();
    assert_eq!(total(&project).await, 1);
    assert!(project.restore("other").unwrap_err().to_string().contains("no snapshot"));
}
