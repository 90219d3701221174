//! Functions with a folder run: what they are given, what becomes of what they do, who may start them.

use std::path::PathBuf;

use polywrite_emulator::{Emulator, Options};
use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::{Caller, ROWS};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/functions")
}

/// An emulator with a function of a file.
async fn start(runtime: &str, entrypoint: &str, more: Value) -> (Emulator, Caller) {
    let emulator =
        Emulator::start(Options { functions: vec![folder()], ..Options::default() }).await.unwrap();
    let mut function = json!({
        "functionId": "f", "runtime": runtime, "entrypoint": entrypoint, "path": ".", "scopes": ["databases.read"],
        "variables": {"SECRET": "a variable"},
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        function[name] = value.clone();
    }
    emulator.seed(&json!({ "functions": [function] })).unwrap();
    let root = Caller::root(&emulator);
    (emulator, root)
}

pub(crate) async fn execute(caller: &Caller, params: Value) -> Value {
    caller.post("/functions/f/executions", params).await
}

/// The execution of an ID, when it has ended.
pub(crate) async fn ended(root: &Caller, id: &Value) -> Value {
    loop {
        let (_, execution) = root.get(&format!("/functions/f/executions/{}", id.as_str().unwrap())).await;
        if execution["status"] == "completed" || execution["status"] == "failed" {
            return execution;
        }
    }
}

#[tokio::test]
async fn a_function_of_node_is_given_what_the_server_gives_and_its_answer_comes_back() {
    let (emulator, root) = start("node-22", "echo.mjs", json!({})).await;
    let params = json!({
        "body": "{\"a\":\"é\"}", "path": "/x?y=1&z=", "method": "PUT",
        "headers": {"Content-Type": "application/json", "X-Own": "mine", "x-appwrite-trigger": "forged"},
    });
    let execution = execute(&root, params).await;
    assert_eq!(execution["status"], "completed", "{execution}");
    assert_eq!(execution["responseStatusCode"], 201);
    let body: Value = execution["responseBody"].as_str().unwrap().parse().unwrap();
    let host = emulator.endpoint().trim_start_matches("http://").trim_end_matches("/v1");
    assert_eq!(body["method"], "PUT");
    assert_eq!(body["url"], format!("http://{host}/x?y=1&z="));
    assert_eq!(body["body"], json!({"a": "é"}));
    assert_eq!(body["secret"], "a variable");
    let headers = &body["headers"];
    assert_eq!((&headers["x-own"], &headers["x-appwrite-trigger"]), (&json!("mine"), &json!("http")));
    assert_eq!(headers["x-appwrite-execution-id"], execution["$id"]);
    assert_eq!(
        execution["responseHeaders"],
        json!([
            {"name": "x-echo", "value": "yes"},
            {"name": "content-type", "value": "application/json; charset=utf-8"},
            {"name": "x-appwrite-execution-id", "value": execution["$id"]},
        ])
    );
    assert_eq!(execution["logs"], "called with {\"query\":{\"y\":\"1\",\"z\":\"\"}}\nprinted\n");
    assert_eq!(execution["errors"], "not an error\n");
    let stored = ended(&root, &execution["$id"]).await;
    assert_eq!(stored["responseBody"], "");
    assert_eq!(stored["responseHeaders"].as_array().unwrap().len(), 1);
    assert_eq!(stored["logs"], execution["logs"]);
}

#[tokio::test]
async fn functions_of_older_forms_and_of_python_run() {
    let (_emulator, root) = start("node-16.0", "old.js", json!({})).await;
    let execution = execute(&root, json!({"body": "text"})).await;
    assert_eq!(execution["responseBody"], "POST text", "{execution}");

    let (_emulator, root) = start("python-3.12", "hello.py", json!({})).await;
    let params = json!({
        "body": "{\"name\":\"Ada\"}", "path": "/?a=b", "headers": {"content-type": "application/json"},
    });
    let execution = execute(&root, params).await;
    assert_eq!(execution["responseBody"], "{\"text\":\"Hello, Ada\",\"trigger\":\"http\"}", "{execution}");
    assert_eq!(execution["logs"], "printed\nasked for {\"a\":\"b\"}\n");
    let execution = execute(&root, json!({"path": "/fail"})).await;
    assert_eq!((&execution["status"], &execution["responseStatusCode"]), (&json!("failed"), &json!(500)));
    assert!(execution["errors"].as_str().unwrap().ends_with("ValueError: on purpose\n\n"), "{execution}");
}

#[tokio::test]
async fn a_function_that_goes_wrong_has_failed_and_says_why() {
    let (_emulator, root) = start("node-22", "echo.mjs", json!({"timeout": 1})).await;
    for (path, problem) in [
        ("/fail", "Error: on purpose"),
        ("/end", r"Runtime crashed\nError Code: 500"),
        ("/nothing", "Return statement missing"),
        ("/wait", "Execution timed out."),
    ] {
        let execution = execute(&root, json!({ "path": path })).await;
        assert_eq!((&execution["status"], &execution["responseStatusCode"]), (&json!("failed"), &json!(500)));
        assert!(execution["errors"].as_str().unwrap().contains(problem), "{execution}");
    }
    root.send(Method::PUT, "/functions/f", json!({"name": "f", "entrypoint": "none.mjs"})).await;
    let execution = execute(&root, json!({})).await;
    assert!(execution["errors"].as_str().unwrap().contains("none.mjs does not exist"), "{execution}");
}

/// Waits until a program has ended, whether its parent has seen that or not.
pub(crate) async fn gone(id: &str) {
    let stat = PathBuf::from(format!("/proc/{id}/stat"));
    while std::fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z ")) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_a_function_starts_ends_with_it_and_holds_nothing_up() {
    let (_emulator, root) = start("node-22", "echo.mjs", json!({"timeout": 900})).await;
    // The program that it starts has the function's output for a quarter of an hour.
    for path in ["/start", "/start-daemon"] {
        let execution = execute(&root, json!({ "path": path })).await;
        assert_eq!(execution["status"], "completed", "{execution}");
        let child = execution["responseBody"].as_str().unwrap();
        match path {
            "/start" => gone(child).await,
            _ => assert!(std::process::Command::new("kill").arg(child).status().unwrap().success()),
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn functions_end_with_the_emulator_whatever_they_do() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(self::folder().join("echo.mjs"), folder.path().join("echo.mjs")).unwrap();
    let options = Options { functions: vec![folder.path().to_owned()], ..Options::default() };
    let emulator = Emulator::start(options).await.unwrap();
    let function = json!({
        "functionId": "f", "runtime": "node-22", "entrypoint": "echo.mjs", "path": ".", "timeout": 900,
    });
    emulator.seed(&json!({ "functions": [function] })).unwrap();
    execute(&Caller::root(&emulator), json!({"path": "/busy", "async": true})).await;
    let busy = loop {
        let id = std::fs::read_to_string(folder.path().join("busy")).unwrap_or_default();
        if !id.is_empty() {
            break id;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    drop(emulator);
    gone(&busy).await;
}

#[tokio::test]
async fn of_long_logs_the_end_is_kept() {
    let (_emulator, root) = start("node-22", "echo.mjs", json!({})).await;
    let execution = execute(&root, json!({"path": "/talk"})).await;
    let logs = execution["logs"].as_str().unwrap();
    let warning = "[WARNING] Logs truncated. The output exceeded 1000000 characters.\n";
    assert_eq!(
        (logs.len(), logs.starts_with(warning), logs.ends_with("x\nthe end\n")),
        (1_000_000, true, true)
    );
    let long = json!({"path": format!("/{}", "a".repeat(2048))});
    assert_eq!(root.error_of("/functions/f/executions", long).await.0, 400);
}

#[tokio::test]
async fn code_outside_the_folders_does_not_run() {
    let (emulator, root) = start("node-22", "echo.mjs", json!({})).await;
    for path in ["..", "/etc", "nowhere"] {
        let function =
            json!({"functionId": "g", "runtime": "node-22", "entrypoint": "echo.mjs", "path": path});
        assert!(emulator.seed(&json!({ "functions": [function] })).is_err(), "{path}");
        root.delete("/functions/g", Value::Null).await;
    }
    let entrypoint = json!({"name": "f", "entrypoint": "../behaviour/main.rs"});
    root.send(Method::PUT, "/functions/f", entrypoint).await;
    let execution = execute(&root, json!({})).await;
    assert!(execution["errors"].as_str().unwrap().contains("does not exist"), "{execution}");
}

#[tokio::test]
async fn the_key_of_an_execution_has_the_scopes_of_its_function() {
    for (scopes, status) in [(json!(["databases.read"]), 200), (json!(["users.read"]), 401)] {
        let (_emulator, root) = start("node-22", "echo.mjs", json!({ "scopes": scopes })).await;
        let execution = execute(&root, json!({"path": "/row"})).await;
        let body: Value = execution["responseBody"].as_str().unwrap().parse().unwrap();
        assert_eq!(body["status"], status, "{body}");
    }
}

#[tokio::test]
async fn users_execute_what_their_roles_allow_and_see_no_logs() {
    let (_emulator, root) = start("node-22", "echo.mjs", json!({"execute": ["user:ada"]})).await;
    let mut users = Vec::new();
    for name in ["ada", "bob"] {
        let email = format!("{name}@example.com");
        root.post("/users", json!({"userId": name, "email": email, "password": "correct horse"})).await;
        let login = json!({"email": email, "password": "correct horse"});
        users.push(
            root.with("x-appwrite-session", &root.post("/account/sessions/email", login).await["secret"]),
        );
    }
    let [ada, bob] = &users[..] else { panic!("two users") };
    let execution = execute(ada, json!({})).await;
    assert_eq!((&execution["logs"], &execution["errors"]), (&json!(""), &json!("")));
    let body: Value = execution["responseBody"].as_str().unwrap().parse().unwrap();
    assert_eq!(body["headers"]["x-appwrite-user-id"], "ada");
    let as_ada = root.with("x-appwrite-jwt", &body["headers"]["x-appwrite-user-jwt"]);
    assert_eq!(as_ada.get("/account").await.1["$id"], "ada");
    assert_eq!(
        bob.error_of("/functions/f/executions", json!({})).await,
        (401, "user_unauthorized".to_owned())
    );
}

#[tokio::test]
async fn executions_without_a_caller_who_waits_run_as_well() {
    let (emulator, root) = start("node-22", "echo.mjs", json!({})).await;
    let begun = execute(&root, json!({"async": true})).await;
    assert_eq!(begun["status"], "waiting");
    let execution = ended(&root, &begun["$id"]).await;
    assert_eq!((&execution["status"], &execution["responseStatusCode"]), (&json!("completed"), &json!(201)));

    let own = Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root.clone() };
    let later = json!({"async": true, "scheduledAt": "2999-01-01T00:00:00.000+00:00"});
    let begun = execute(&root, later).await;
    assert_eq!(begun["status"], "scheduled");
    own.post("/projects/demo/clock", json!({"seconds": 1000.0 * 365.0 * 86400.0})).await;
    let execution = ended(&Caller::root(&emulator), &begun["$id"]).await;
    assert_eq!((&execution["status"], &execution["trigger"]), (&json!("completed"), &json!("schedule")));
}

#[tokio::test]
async fn a_schedule_starts_a_function_by_the_clock_of_its_project() {
    let (_emulator, root) = start("node-22", "echo.mjs", json!({"schedule": "0 3 * * *"})).await;
    let own = Caller { endpoint: root.endpoint.replace("/v1", "/_emulator"), ..root.clone() };
    // A day after the other, because the emulator may not have looked at the clock before the first.
    let execution = loop {
        own.post("/projects/demo/clock", json!({"seconds": 86_400})).await;
        let (_, list) = root.get("/functions/f/executions").await;
        if list["total"] != 0 {
            break ended(&root, &list["executions"][0]["$id"]).await;
        }
    };
    assert_eq!(
        (&execution["status"], &execution["trigger"]),
        (&json!("completed"), &json!("schedule")),
        "{execution}"
    );
}

#[tokio::test]
async fn an_event_starts_the_functions_that_ask_for_it() {
    let events = json!({"events": ["databases.*.tables.*.rows.*.create"]});
    let (_emulator, root) = start("node-22", "echo.mjs", events).await;
    root.table(true, json!(["create(\"users\")"])).await;
    root.post(ROWS, json!({"rowId": "r", "data": {"count": 1}})).await;
    let (_, list) = root.get("/functions/f/executions").await;
    assert_eq!(list["total"], 1, "{list}");
    let execution = ended(&root, &list["executions"][0]["$id"]).await;
    assert_eq!((&execution["status"], &execution["trigger"]), (&json!("completed"), &json!("event")));
    let logs = execution["logs"].as_str().unwrap();
    assert!(logs.contains("databases.d.tables.t.rows.r.create r\n"), "{logs}");
}
