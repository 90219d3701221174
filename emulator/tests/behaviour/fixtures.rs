//! What tests of programs ask of a project of their own: the same IDs and times in each run, what comes next, what was sent.

use polywrite_emulator::Emulator;
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, ROWS, start};
use crate::control::{own, project};

/// A project with a user, that sends a mail for her password when `recover` is called.
async fn with_ada(asked: Value) -> (Emulator, Caller) {
    let (emulator, root) = start().await;
    let root = project(&root, asked).await;
    root.post("/users", json!({"userId": "ada", "email": "ada@example.com", "password": "correct horse"}))
        .await;
    (emulator, root)
}

async fn recover(root: &Caller) {
    let page = json!({"email": "ada@example.com", "url": "http://localhost/reset"});
    root.post("/account/recovery", page).await;
}

/// What a project's own API responds.
async fn ask(root: &Caller, path: &str, body: Value) -> (u16, Value) {
    own(root).send(Method::POST, &format!("/projects/{}{path}", root.project), body).await
}

#[tokio::test]
async fn ids_that_are_counted_are_the_same_in_each_run() {
    let (_emulator, root) = start().await;
    for _ in 0..2 {
        let own_ids = project(&root, json!({"ids": "counted"})).await;
        for number in 1..=2 {
            let team = own_ids.post("/teams", json!({"teamId": "unique()", "name": "Crew"})).await;
            assert_eq!(team["$id"], format!("{number:020}"));
        }
    }
    let seed = json!({"teams": [{"teamId": "unique()", "name": "Crew"}]});
    let seeded = project(&root, json!({"ids": "counted", "seed": seed})).await;
    assert_eq!(seeded.get("/teams").await.1["teams"][0]["$id"], format!("{:020}", 1));
    let random = root.post("/teams", json!({"teamId": "unique()", "name": "Crew"})).await;
    assert!(!random["$id"].as_str().unwrap().starts_with("0000"), "{random}");
    assert_eq!(own(&root).send(Method::POST, "/projects", json!({"ids": "odd"})).await.0, 400);
}

#[tokio::test]
async fn a_clock_that_stands_moves_on_request() {
    let seed = json!({"teams": [{"teamId": "crew"}]});
    let (_emulator, root) = with_ada(json!({"now": "2026-01-01T00:00:00Z", "seed": seed})).await;
    let created = async |path: &str| root.get(path).await.1["$createdAt"].clone();
    assert_eq!(created("/users/ada").await, "2026-01-01T00:00:00.000+00:00");
    assert_eq!(created("/teams/crew").await, "2026-01-01T00:00:00.000+00:00");
    let (_, moved) = ask(&root, "/clock", json!({"seconds": 90.5})).await;
    assert_eq!(moved["now"], "2026-01-01T00:01:30.500+00:00");
    let later = root.post("/users", json!({"userId": "bob"})).await;
    assert_eq!(later["$createdAt"], moved["now"]);
    // What takes its time here takes it all the same.
    root.table(false, json!([])).await;
    root.post(ROWS, json!({"rowId": "a", "data": {"count": 1}})).await;
    assert_eq!(own(&root).send(Method::POST, "/projects", json!({"now": "soon"})).await.0, 400);
}

#[tokio::test]
async fn each_mail_is_handed_over_once() {
    let (_emulator, root) = with_ada(json!({})).await;
    recover(&root).await;
    let (waiting, _) = tokio::join!(ask(&root, "/mails/next", json!({"to": "ada@example.com"})), async {});
    let (status, first) = waiting;
    assert_eq!((status, &first["kind"], &first["userId"]), (200, &json!("recovery"), &json!("ada")));
    assert!(first.get("_taken").is_none() && first.get("_id").is_none(), "{first}");
    // The next one is written while a program waits for it.
    let (next, ()) =
        tokio::join!(ask(&root, "/mails/next", json!({"kind": "recovery", "seconds": 60})), recover(&root));
    assert_ne!((next.0, &next.1["secret"]), (200, &first["secret"]));
    let (status, body) = ask(&root, "/mails/next", json!({"to": "bob@example.com", "seconds": 0})).await;
    let words = body["message"].as_str().unwrap();
    assert_eq!((status, &body["type"]), (404, &json!("nothing_came")));
    assert!(words.contains("bob@example.com") && words.contains("recovery to ada@example.com"), "{words}");
    for (path, wanted, code) in [
        ("/mails/next", json!({"from": "ada@example.com"}), 400),
        ("/letters/next", json!({}), 404),
        ("/webhooks/next", json!({"seconds": 0}), 404),
    ] {
        assert_eq!(ask(&root, path, wanted).await.0, code, "{path}");
    }
    let (_, all) = own(&root).get(&format!("/projects/{}/mails", root.project)).await;
    assert_eq!(all["mails"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_snapshot_knows_which_mails_were_handed_over() {
    let (_emulator, root) = with_ada(json!({})).await;
    recover(&root).await;
    ask(&root, "/snapshots", json!({"name": "s"})).await;
    assert_eq!(ask(&root, "/mails/next", json!({"seconds": 0})).await.0, 200);
    assert_eq!(ask(&root, "/mails/next", json!({"seconds": 0})).await.0, 404);
    ask(&root, "/snapshots/s/restore", json!({})).await;
    assert_eq!(ask(&root, "/mails/next", json!({"seconds": 0})).await.0, 200);
}

#[tokio::test]
async fn requests_of_a_project_have_their_parameters() {
    let (_emulator, root) = with_ada(json!({})).await;
    let other = project(&root, json!({})).await;
    other.get("/users").await;
    let (_, seen) = own(&root).get(&format!("/projects/{}/requests", root.project)).await;
    let requests = seen["requests"].as_array().unwrap();
    assert_eq!(requests.len(), 1, "{seen}");
    assert_eq!((&requests[0]["operation"], &requests[0]["status"]), (&json!("users.create"), &json!(201)));
    assert_eq!(requests[0]["params"]["email"], "ada@example.com");
}

#[tokio::test]
async fn a_seed_may_be_the_text_of_a_file() {
    let (_emulator, root) = start().await;
    let made = project(&root, json!({"seed": "[[teams]]\nteamId = 'crew'\n"})).await;
    assert_eq!(made.get("/teams/crew").await.0, 200);
    let (status, _) = ask(&made, "/seed", json!({"seed": "{\"teams\": [{\"teamId\": \"more\"}]}"})).await;
    assert_eq!((status, made.get("/teams/more").await.0), (200, 200));
    let (status, body) = ask(&made, "/seed", json!({"seed": "[[teams"})).await;
    assert!(status == 400 && body["message"].as_str().unwrap().contains("cannot be read"), "{body}");
}

#[tokio::test]
async fn projects_have_rate_limits_and_planned_reads_of_their_own() {
    let (_emulator, root) = start().await;
    let wrong = json!({"email": "ada@example.com", "password": "wrong horse"});
    let projects = [project(&root, json!({})).await, project(&root, json!({})).await];
    let [first, second] = projects.map(|root| root.with("x-nothing", &json!("x")));
    let login =
        async |guest: &Caller| guest.send(Method::POST, "/account/sessions/email", wrong.clone()).await.0;
    while login(&first).await != 429 {}
    assert_eq!(login(&second).await, 401);
}
