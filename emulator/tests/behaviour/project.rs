//! The project, its functions and its usage, as a self-hosted 1.9.6 returns them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::caller::start;

#[tokio::test]
async fn web_platforms_are_web() {
    let (_emulator, root) = start().await;
    for (kind, field) in [
        ("web", "hostname"),
        ("apple", "bundleIdentifier"),
        ("android", "applicationId"),
        ("linux", "packageName"),
        ("windows", "packageIdentifierName"),
    ] {
        let platform = json!({"platformId": kind, "name": kind, field: "app.example.com"});
        assert_eq!(root.post(&format!("/project/platforms/{kind}"), platform).await["type"], kind);
        assert_eq!(root.get(&format!("/project/platforms/{kind}")).await.1["type"], kind);
    }
}

#[tokio::test]
async fn secret_variables_come_back_empty() {
    let (_emulator, root) = start().await;
    root.post("/functions", json!({"functionId": "f", "name": "F", "runtime": "node-22"})).await;
    root.post("/sites", json!({"siteId": "s", "name": "S", "framework": "other", "buildRuntime": "node-22"}))
        .await;
    for (owner, kind, id) in
        [("/project", "project", ""), ("/functions/f", "function", "f"), ("/sites/s", "site", "s")]
    {
        let path = format!("{owner}/variables");
        let secret = json!({"variableId": "v", "key": "K", "value": "hidden", "secret": true});
        let made = root.post(&path, secret).await;
        assert_eq!(
            (&made["value"], &made["resourceType"], &made["resourceId"]),
            (&json!(""), &json!(kind), &json!(id))
        );
        root.post(&path, json!({"variableId": "w", "key": "L", "value": "seen", "secret": false})).await;
        let (_, listed) = root.get(&path).await;
        let values: Vec<&Value> =
            listed["variables"].as_array().unwrap().iter().map(|variable| &variable["value"]).collect();
        assert_eq!(values, [&json!(""), &json!("seen")], "{owner}");
        assert_eq!(root.get(&format!("{path}/v")).await.1["value"], "");
        let (_, changed) =
            root.send(Method::PUT, &format!("{path}/v"), json!({"key": "K", "value": "new"})).await;
        assert_eq!((&changed["value"], &changed["secret"]), (&json!(""), &json!(true)));
        let (status, error) =
            root.send(Method::PUT, &format!("{path}/v"), json!({"key": "K", "secret": false})).await;
        assert_eq!((status, &error["type"]), (400, &json!("variable_cannot_unset_secret")));
    }
}

#[tokio::test]
async fn lists_of_a_project_are_full_after_its_labels_change() {
    let (_emulator, root) = start().await;
    let (_, before) = root.get("/project").await;
    let (status, changed) = root.send(Method::PUT, "/project/labels", json!({"labels": ["vip"]})).await;
    assert_eq!((status, &changed["labels"]), (200, &json!(["vip"])));
    for list in ["authMethods", "services", "protocols"] {
        assert!(!changed[list].as_array().unwrap().is_empty());
        assert_eq!(changed[list], before[list], "{list}");
    }
    let (_, changed) = root.patch("/project/services/graphql", json!({"enabled": false})).await;
    assert!(changed["services"].as_array().unwrap().contains(&json!({"$id": "graphql", "enabled": false})));
    let (_, project) = root.get("/project").await;
    assert_eq!((&project["labels"], &project["services"]), (&json!(["vip"]), &changed["services"]));
}

#[tokio::test]
async fn functions_update_resets_what_is_omitted() {
    let (_emulator, root) = start().await;
    let function = json!({
        "functionId": "f", "name": "F", "runtime": "node-22", "timeout": 60, "enabled": false, "execute": ["any"],
        "entrypoint": "index.js", "schedule": "0 0 * * *", "scopes": ["users.read"],
    });
    let made = root.post("/functions", function).await;
    let (status, changed) = root.send(Method::PUT, "/functions/f", json!({"name": "G"})).await;
    assert_eq!((status, &changed["name"], &changed["runtime"]), (200, &json!("G"), &json!("node-22")));
    for (name, value) in [
        ("timeout", json!(15)),
        ("enabled", json!(true)),
        ("execute", json!([])),
        ("entrypoint", json!("")),
        ("schedule", json!("")),
        ("scopes", json!([])),
        ("$createdAt", made["$createdAt"].clone()),
    ] {
        assert_eq!(changed[name], value, "{name}");
    }
    let site =
        json!({"siteId": "s", "name": "S", "framework": "astro", "buildRuntime": "node-22", "timeout": 9});
    root.post("/sites", site).await;
    let (_, changed) = root.send(Method::PUT, "/sites/s", json!({"name": "S", "framework": "astro"})).await;
    assert_eq!((&changed["timeout"], &changed["framework"]), (&json!(30), &json!("astro")));
}

#[tokio::test]
async fn activities_and_backups_return_the_html_404() {
    let (_emulator, root) = start().await;
    for path in ["/activities/events", "/activities/events/e", "/backups/policies", "/backups/archives"] {
        let url = format!("{}{path}", root.endpoint);
        let request = root.client.get(url).header("x-appwrite-project", "demo");
        let response = request.header(root.credential.0, &root.credential.1).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(response.headers()["content-type"], "text/html; charset=UTF-8");
    }
}

#[tokio::test]
async fn storage_has_usage() {
    let (_emulator, root) = start().await;
    root.post("/storage/buckets", json!({"bucketId": "b", "name": "B"})).await;
    let (status, usage) = root.get("/storage/usage?range=24h").await;
    assert_eq!((status, usage["storage"].as_array().map(Vec::len)), (200, Some(24)));
    for total in ["bucketsTotal", "filesTotal", "filesStorageTotal"] {
        assert_eq!(usage[total], 0, "{total}");
    }
    let (status, usage) = root.get("/storage/b/usage").await;
    assert_eq!((status, usage["files"].as_array().map(Vec::len)), (200, Some(30)));
    assert_eq!((&usage["filesStorageTotal"], &usage["imageTransformationsTotal"]), (&json!(0), &json!(0)));
    assert_eq!(root.get("/storage/nowhere/usage").await.1["type"], "storage_bucket_not_found");
}

#[tokio::test]
async fn the_secret_of_a_webhook_is_returned_only_when_it_is_made() {
    let (_emulator, root) = start().await;
    let hook =
        json!({"webhookId": "w", "name": "W", "events": ["users.*.create"], "url": "http://localhost/hook"});
    let made = root.post("/webhooks", hook).await;
    assert_eq!(made["secret"].as_str().map(str::len), Some(128));
    assert_eq!(root.get("/webhooks/w").await.1["secret"], "");
    assert_eq!(root.get("/webhooks").await.1["webhooks"][0]["secret"], "");
    let (_, changed) = root.patch("/webhooks/w/secret", json!({"secret": "my own secret"})).await;
    assert_eq!(changed["secret"], "my own secret");
}
