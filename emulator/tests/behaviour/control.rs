//! The emulator's own API: projects, seeds, clocks, snapshots, faults, and what the page reads.

use futures_util::StreamExt;
use polywrite_emulator::{Emulator, Options};
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, ROWS, start};

/// The emulator's own API.
pub(crate) fn own(root: &Caller) -> Caller {
    Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root.clone() }
}

/// A caller with the root key of another project.
pub(crate) async fn project(root: &Caller, asked: Value) -> Caller {
    let made = own(root).post("/projects", asked).await;
    let project = made["id"].as_str().unwrap().to_owned();
    Caller { project, ..root.with("x-appwrite-key", &made["key"]) }
}

#[tokio::test]
async fn projects_know_nothing_of_each_other() {
    let (_emulator, root) = start().await;
    let other = project(&root, json!({})).await;
    let user = json!({"userId": "ada", "email": "ada@example.com", "password": "correct horse"});
    other.post("/users", user.clone()).await;
    assert_eq!(root.get("/users/ada").await.0, 404);
    root.post("/users", user).await;
    // A key is of one project.
    let foreign = Caller { project: "demo".into(), ..other.clone() };
    assert_eq!(foreign.get("/users").await.0, 401);

    let path = format!("/projects/{}", other.project);
    assert_eq!(own(&root).send(Method::DELETE, &path, Value::Null).await.0, 204);
    assert_eq!(other.get("/users").await.0, 404);
    assert_eq!(own(&root).send(Method::DELETE, &path, Value::Null).await.0, 404);
    assert_eq!(root.get("/users").await.1["total"], 1);
    for id in ["demo", "console", "_x", ""] {
        let (status, body) = own(&root).send(Method::POST, "/projects", json!({"id": id})).await;
        assert!(status == 400 || status == 409, "{id:?}: {status} {body}");
    }
}

#[tokio::test]
async fn a_seed_makes_all_that_it_describes() {
    let (_emulator, root) = start().await;
    let seed = json!({
        "users": [{"userId": "ada", "email": "ada@example.com", "password": "correct horse", "labels": ["admin"]}],
        "teams": [{"teamId": "crew", "memberships": [{"userId": "ada", "roles": ["owner"]}]}],
        "databases": [{"databaseId": "d", "tables": [
            {
                "tableId": "films", "permissions": ["read(\"any\")"],
                "columns": [
                    {"key": "title", "type": "string", "size": 100, "required": true},
                    {"key": "people", "type": "relationship", "relatedTableId": "people", "relationType": "oneToMany"},
                ],
                "indexes": [{"key": "by_title", "type": "key", "attributes": ["title"]}],
                "rows": [{"$id": "m", "title": "Metropolis", "$permissions": ["update(\"any\")"]}],
            },
            {"tableId": "people", "columns": [{"key": "name", "type": "string", "size": 100, "required": false}]},
        ]}],
        "buckets": [{"bucketId": "b", "files": [{"fileId": "f", "name": "a.txt", "text": "hello"}]}],
        "keys": [{"keyId": "reader", "scopes": ["users.read"]}],
    });
    let made = own(&root).post("/projects", json!({"id": "seeded", "seed": seed})).await;
    let root = Caller { project: "seeded".into(), ..root.with("x-appwrite-key", &made["key"]) };
    assert_eq!(root.get("/users/ada").await.1["labels"], json!(["admin"]));
    assert_eq!(root.get("/teams/crew/memberships").await.1["memberships"][0]["userId"], "ada");
    let (_, films) = root.get("/tablesdb/d/tables/films/rows").await;
    assert_eq!((&films["total"], &films["rows"][0]["title"]), (&json!(1), &json!("Metropolis")));
    assert_eq!(films["rows"][0]["$permissions"], json!(["update(\"any\")"]));
    assert_eq!(root.get("/storage/buckets/b/files/f").await.1["sizeOriginal"], 5);
    let reader = root.with("x-appwrite-key", &made["keys"]["reader"]);
    assert_eq!((reader.get("/users").await.0, reader.get("/teams").await.0), (200, 401));
}

#[tokio::test]
async fn a_seed_that_is_wrong_says_where_and_leaves_no_project() {
    let (emulator, root) = start().await;
    for (seed, words) in [
        (json!({"user": []}), "no \"user\""),
        (json!({"users": [{"userId": "a", "mail": "b"}]}), "users.create: Invalid `mail` param"),
        (json!({"users": [{"userId": "a", "email": "b"}]}), "users.create: Invalid `email` param"),
        (json!({"users": {"userId": "a"}}), "`users` of a seed is a list of objects"),
        (json!({"users": ["a"]}), "`users` of a seed is a list of objects"),
        (
            json!({"databases": [{"databaseId": "d", "tables": {"tableId": "t"}}]}),
            "`tables` of a seed is a list",
        ),
        (json!(["users"]), "a seed is an object"),
        (
            json!({"users": [{"userId": "a", "password": "p4ssw0"}]}),
            "{\"password\":\"[redacted]\",\"userId\":\"a\"}",
        ),
    ] {
        let (status, body) =
            own(&root).send(Method::POST, "/projects", json!({"id": "p", "seed": seed})).await;
        assert!(status == 400 && body["message"].as_str().unwrap().contains(words), "{status} {body}");
        let said = emulator.seed(&seed).unwrap_err().to_string();
        assert!(said.contains(words) && !said.contains("p4ssw0"), "{said}");
    }
    assert_eq!(own(&root).get("/projects").await.1["projects"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_project_has_a_clock_of_its_own() {
    let (_emulator, root) = start().await;
    let other = project(&root, json!({"id": "later"})).await;
    root.post("/users", json!({"userId": "ada", "email": "ada@example.com", "password": "correct horse"}))
        .await;
    let login = json!({"email": "ada@example.com", "password": "correct horse"});
    let session = root.post("/account/sessions/email", login).await;
    let ada = root.with("x-appwrite-session", &session["secret"]);
    assert_eq!(ada.get("/account").await.0, 200);

    let year = json!({"seconds": 366 * 86_400});
    own(&root).post("/projects/later/clock", year.clone()).await;
    assert_eq!(ada.get("/account").await.0, 200, "the clock of another project");
    own(&root).post("/projects/demo/clock", year).await;
    assert_eq!(ada.get("/account").await.0, 401, "the session has ended");
    let user = other.post("/users", json!({"userId": "bob"})).await;
    assert!(user["$createdAt"].as_str() > session["$createdAt"].as_str(), "{user}");
}

#[tokio::test]
async fn a_snapshot_brings_everything_back() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    root.post(ROWS, json!({"rowId": "a", "data": {"count": 1}})).await;
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    root.chunk("/storage/buckets/b/files", "f", 0, b"before", 6).await;
    own(&root).send(Method::POST, "/projects/demo/snapshots", json!({"name": "s"})).await;

    root.send(Method::PATCH, &format!("{ROWS}/a"), json!({"data": {"count": 2}})).await;
    root.post(ROWS, json!({"rowId": "b", "data": {"count": 3}})).await;
    root.send(Method::DELETE, "/storage/buckets/b/files/f", Value::Null).await;
    for _ in 0..2 {
        let restored = own(&root).send(Method::POST, "/projects/demo/snapshots/s/restore", Value::Null).await;
        assert_eq!(restored.0, 204);
        let (_, rows) = root.get(ROWS).await;
        assert_eq!((&rows["total"], &rows["rows"][0]["count"]), (&json!(1), &json!(1)));
        assert_eq!(root.get("/storage/buckets/b/files/f").await.1["sizeOriginal"], 6);
    }
    assert_eq!(own(&root).send(Method::POST, "/projects/demo/snapshots/t/restore", Value::Null).await.0, 404);
}

#[tokio::test]
async fn a_snapshot_brings_the_clock_and_the_counts_back() {
    let (_emulator, root) = start().await;
    let stands = json!({"id": "p", "key": "k", "ids": "counted", "now": "2026-01-01T00:00:00Z"});
    let other = project(&root, stands).await;
    other.table(false, json!([])).await;
    own(&root).send(Method::POST, "/projects/p/snapshots", json!({"name": "s"})).await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let user = other.post("/users", json!({"userId": "unique()"})).await;
        let row = other.post(ROWS, json!({"rowId": "unique()", "data": {"count": 1}})).await;
        seen.push((user, row));
        own(&root).post("/projects/p/clock", json!({"seconds": 3600})).await;
        own(&root).send(Method::POST, "/projects/p/snapshots/s/restore", Value::Null).await;
    }
    assert_eq!(seen[0], seen[1]);
    // A clock that goes is as far ahead as it was.
    own(&root).send(Method::POST, "/projects/demo/snapshots", json!({"name": "s"})).await;
    own(&root).post("/projects/demo/clock", json!({"seconds": 86_400.0 * 365.0})).await;
    let later = root.post("/users", json!({"userId": "later"})).await;
    own(&root).send(Method::POST, "/projects/demo/snapshots/s/restore", Value::Null).await;
    let user = root.post("/users", json!({"userId": "now"})).await;
    assert!(user["$createdAt"].as_str() < later["$createdAt"].as_str(), "{user}");
}

#[tokio::test]
async fn a_project_takes_its_snapshots_and_its_counts_with_it() {
    let directory = tempfile::tempdir().unwrap();
    let options = Options { data: Some(directory.path().to_owned()), ..Options::default() };
    let emulator = Emulator::start(options).await.unwrap();
    let root = Caller::root(&emulator);
    for restored in [204, 404] {
        let other = project(&root, json!({"id": "p"})).await;
        other.table(false, json!([])).await;
        let row = other.post(ROWS, json!({"rowId": "r", "data": {"count": 1}})).await;
        assert_eq!(row["$sequence"], "1");
        other.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
        other.chunk("/storage/buckets/b/files", "f", 0, b"content", 7).await;
        if restored == 204 {
            own(&root).send(Method::POST, "/projects/p/snapshots", json!({"name": "s"})).await;
        }
        let again = own(&root).send(Method::POST, "/projects/p/snapshots/s/restore", Value::Null).await;
        assert_eq!(again.0, restored);
        assert_eq!(own(&root).delete("/projects/p", Value::Null).await, 204);
    }
    let mut left = std::fs::read_dir(directory.path().join("files/_copies")).unwrap();
    assert!(left.next().is_none() && !directory.path().join("files/p").exists());
}

#[tokio::test]
async fn a_fault_that_could_not_happen_is_an_error() {
    let (_emulator, root) = start().await;
    let faults = "/projects/demo/faults";
    own(&root)
        .send(Method::PUT, faults, json!({"faults": [{"operation": "users.list", "status": 503}]}))
        .await;
    for (fault, words) in [
        (json!({"operation": "users.lst", "status": 503}), "there is no operation \"users.lst\""),
        (json!({"status": 200}), "429 or one from 500 to 599"),
        (json!({"status": 404}), "429 or one from 500 to 599"),
        (json!({"status": 600}), "429 or one from 500 to 599"),
        (json!({"status": 503, "every": 0}), "1 or more"),
        (json!({"operation": "users.list"}), "a `status` or a `delay`"),
        (json!({"sttus": 503}), "unknown field"),
    ] {
        let (status, error) = own(&root).send(Method::PUT, faults, json!({"faults": [fault]})).await;
        assert!(status == 400 && error["message"].as_str().unwrap().contains(words), "{fault}: {error}");
    }
    assert_eq!(root.get("/users").await.0, 503, "those that there were stay");
}

#[tokio::test]
async fn faults_happen_on_request() {
    let (_emulator, root) = start().await;
    let faults = json!({"faults": [
        {"operation": "users.list", "status": 503, "times": 1}, {"operation": "teams.list", "cut": true},
    ]});
    assert_eq!(own(&root).send(Method::PUT, "/projects/demo/faults", faults).await.0, 204);
    assert_eq!((root.get("/users").await.0, root.get("/users").await.0), (503, 200));
    let request = root.client.get(format!("{}/teams", root.endpoint)).header("x-appwrite-project", "demo");
    let response = request.header(root.credential.0, &root.credential.1).send().await;
    let broken = match response {
        Ok(response) => response.text().await.is_err(),
        Err(_) => true,
    };
    assert!(broken);
    own(&root).send(Method::PUT, "/projects/demo/faults", json!({"faults": []})).await;
    assert_eq!(root.get("/teams").await.0, 200);
    let unknown = json!({"faults": [{"hot": 1}]});
    assert_eq!(own(&root).send(Method::PUT, "/projects/demo/faults", unknown).await.0, 400);
}

/// Reads a stream of events until one of them has the words.
async fn event(root: &Caller, path: &str, words: &str, meanwhile: impl AsyncFn()) -> Value {
    let url = format!("{}{path}", own(root).endpoint);
    let response = root.client.get(url).send().await.unwrap();
    let mut pieces = response.bytes_stream();
    let mut text = String::new();
    // The first piece says that the stream is open.
    text.push_str(std::str::from_utf8(&pieces.next().await.unwrap().unwrap()).unwrap());
    meanwhile().await;
    loop {
        let found =
            text.lines().filter_map(|line| line.strip_prefix("data: ")).find(|data| data.contains(words));
        if let Some(found) = found.filter(|_| text.ends_with("\n\n")) {
            return found.parse().unwrap();
        }
        text.push_str(std::str::from_utf8(&pieces.next().await.unwrap().unwrap()).unwrap());
    }
}

#[tokio::test]
async fn requests_are_shown_without_passwords_and_with_what_decided() {
    let (_emulator, root) = start().await;
    let user = json!({"userId": "ada", "email": "ada@example.com", "password": "correct horse"});
    root.post("/users", user).await;
    let guest = root.with("x-nothing", &json!("x"));
    guest.get("/users").await;
    let seen = event(&root, "/requests", "missing scopes", async || {}).await;
    assert_eq!(
        (&seen["status"], &seen["caller"], &seen["operation"]),
        (&json!(401), &json!("guest"), &json!("users.list"))
    );
    assert_eq!(seen["scopes"], json!(["users.read"]));
    let made = event(&root, "/requests", "users.create", async || {}).await;
    assert!(made["params"].as_str().unwrap().contains("ada@example.com"));
    assert!(!made["params"].as_str().unwrap().contains("correct horse"));
    assert_eq!(made["caller"], "key All scopes");
    let after = format!("/requests?after={}", seen["number"]);
    let next = event(&root, &after, "number", async || drop(root.get("/teams").await)).await;
    assert_eq!(next["operation"], "teams.list");
}

#[tokio::test]
async fn changes_are_shown_whoever_may_read_them() {
    let (_emulator, root) = start().await;
    root.table(false, json!([])).await;
    let make = async || drop(root.post(ROWS, json!({"rowId": "a", "data": {"count": 1}})).await);
    let change = event(&root, "/events", "create", make).await;
    assert_eq!((&change["project"], &change["payload"]["$id"]), (&json!("demo"), &json!("a")));
}

#[tokio::test]
async fn mails_have_links() {
    let (_emulator, root) = start().await;
    root.post("/users", json!({"userId": "ada", "email": "ada@example.com", "password": "correct horse"}))
        .await;
    root.post("/account/recovery", json!({"email": "ada@example.com", "url": "http://localhost/reset?a=1"}))
        .await;
    let (_, mails) = own(&root).get("/projects/demo/mails").await;
    let mail = &mails["mails"][0];
    let link = mail["link"].as_str().unwrap();
    let secret = mail["secret"].as_str().unwrap();
    assert!(link.starts_with("http://localhost/reset?a=1&userId=ada&secret="), "{link}");
    assert!(link.contains(secret) && link.contains("&expire="), "{link}");
}

#[tokio::test]
async fn pages_of_other_origins_have_no_access() {
    let (emulator, root) = start().await;
    let ask = async |host: &str, origin: &str| {
        let request = root.client.get(format!("http://127.0.0.1:{}/_emulator/projects", emulator.port()));
        let response = request.header("host", host).header("origin", origin).send().await.unwrap();
        response.status().as_u16()
    };
    assert_eq!(ask("127.0.0.1:1", "http://127.0.0.1:1").await, 200);
    assert_eq!(ask("127.0.0.1:1", "https://example.com").await, 403);
    assert_eq!(ask("example.com", "http://example.com").await, 403);
    let page = root.client.get(format!("http://127.0.0.1:{}/", emulator.port())).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert!(page.text().await.unwrap().contains("Local Appwrite"));
}

#[tokio::test]
async fn projects_come_back_with_their_directory() {
    let directory = tempfile::tempdir().unwrap();
    let options =
        Options { data: Some(directory.path().to_owned()), key: Some("mine".into()), ..Options::default() };
    let emulator = Emulator::start(options.clone()).await.unwrap();
    let root = Caller::root(&emulator);
    assert_eq!(root.credential.1, "mine");
    let other = project(&root, json!({"id": "second", "key": "theirs"})).await;
    other.post("/users", json!({"userId": "ada"})).await;
    drop(emulator);
    let emulator = Emulator::start(Options { key: Some("another".into()), ..options }).await.unwrap();
    assert_eq!(emulator.root_key(), "mine");
    let other = Caller { endpoint: emulator.endpoint().to_owned(), ..other };
    assert_eq!(other.get("/users/ada").await.0, 200);
}
