//! Every operation of the definition gets a response of the right shape, or a known error.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test says what it found, and stops where it must"
)]

use std::collections::HashMap;

use polywrite_api::{Api, Method, Param, Place, Returns, Type};
use polywrite_emulator::{Emulator, Options, SERVER_VERSION};
use serde_json::{Map, Value, json};

/// A value that fits a parameter. IDs depend on the service and keys on the noun, so operations find what others made.
fn value(api: &Api, method: &Method, param: &Param, kind: &Type) -> Value {
    match kind {
        Type::Integer | Type::BigInteger => json!(1),
        Type::Float => json!(1.5),
        Type::Boolean => json!(true),
        Type::Enum(name) => json!(api.enums[name].members[0].value),
        Type::Array(item) => match param.name.as_str() {
            "queries" => json!([]),
            "permissions" => json!(["read(\"any\")"]),
            "events" => json!(["users.*.create"]),
            _ => json!([value(api, method, param, item)]),
        },
        Type::Object | Type::Any | Type::Model(_) | Type::Union(_) => json!({}),
        Type::String | Type::File => match param.name.as_str() {
            "email" => json!("ada@example.com"),
            "phone" | "number" => json!("+15555550199"),
            "password" => json!("correct horse"),
            "url" | "success" | "failure" => json!("http://localhost/done"),
            "expire" | "scheduledAt" | "expiresAt" => json!("2031-01-01T00:00:00.000+00:00"),
            "key" => json!(method.name.trim_start_matches(char::is_lowercase).to_lowercase()),
            _ => json!(method.service),
        },
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Sends a call with all its required parameters, as a key or as a signed-in user.
async fn call(
    client: &reqwest::Client,
    emulator: &Emulator,
    api: &Api,
    method: &Method,
    session: Option<&str>,
    deployments: &HashMap<String, Value>,
) -> (u16, Vec<u8>) {
    let mut path = method.path.clone();
    let mut query = Vec::new();
    let mut body = Map::new();
    for param in method.params.values().filter(|param| param.required || param.source.is_some()) {
        let given = match param.source {
            Some(_) => json!(emulator.project()),
            // The server names deployments by itself.
            None if param.name == "deploymentId" && deployments.contains_key(&method.service) => {
                deployments[&method.service].clone()
            }
            None => value(api, method, param, &param.kind),
        };
        match param.place {
            Place::Path => path = path.replace(&format!("{{{}}}", param.name), &text(&given)),
            Place::Query => query.push(format!("{}={}", param.name, text(&given))),
            Place::Body => {
                body.insert(param.name.clone(), given);
            }
        }
    }
    let url = format!("{}{path}?{}", emulator.endpoint(), query.join("&"));
    let http_method = reqwest::Method::from_bytes(method.http_method.as_str().as_bytes()).unwrap();
    let mut request = client.request(http_method, url).header("x-appwrite-project", emulator.project());
    request = match session {
        Some(session) => request.header("x-appwrite-session", session),
        None => request.header("x-appwrite-key", emulator.root_key()),
    };
    if let Some(upload) = &method.upload {
        let mut form = String::new();
        for (name, value) in &body {
            if *name != upload.file {
                form += &format!(
                    "--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{}\r\n",
                    text(value)
                );
            }
        }
        form += &format!(
            "--B\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"a.txt\"\r\n\r\nhello\r\n--B--\r\n",
            upload.file
        );
        request = request.header("content-type", "multipart/form-data; boundary=B").body(form);
    } else if !body.is_empty() {
        request = request.header("content-type", "application/json").body(Value::Object(body).to_string());
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.bytes().await.unwrap().to_vec())
}

/// What is wrong with a response, if anything.
fn problem(api: &Api, method: &Method, status: u16, body: &[u8]) -> Option<String> {
    let json: Option<Value> = String::from_utf8_lossy(body).parse().ok();
    if status >= 400 {
        let kind = json.as_ref().and_then(|json| json["type"].as_str()).unwrap_or_default();
        let is_missing = status == 404 && !method.available.on_self_hosted(SERVER_VERSION);
        let is_page =
            (is_missing || matches!(method.returns, Returns::Redirect)) && body.starts_with(b"<!DOCTYPE");
        // The emulator can neither send text messages nor ask a time server; the real server returns the same.
        let is_known = kind == "general_phone_disabled" || method.id == "health.getTime";
        let is_listed = api.errors.contains_key(kind) && status < 500;
        return (!is_listed && !is_page && !is_known).then(|| format!("{status} {kind:?}"));
    }
    let Returns::Model(name) = &method.returns else { return None };
    let Some(fields) = json.as_ref().and_then(Value::as_object) else {
        return Some(format!("{status}, but not an object"));
    };
    let model = &api.models[name];
    let missing: Vec<&str> = model
        .fields
        .values()
        // The emulator responds as a self-hosted server does, without what only the cloud or later ones have.
        .filter(|field| field.available.on_self_hosted(SERVER_VERSION))
        .filter(|_| model.available.on_self_hosted(SERVER_VERSION))
        .filter(|field| field.required && !fields.contains_key(&field.name))
        .map(|field| field.name.as_str())
        .collect();
    (!missing.is_empty()).then(|| format!("{status}, but {name} lacks {missing:?}"))
}

#[tokio::test]
async fn every_operation_gets_a_response() {
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let api = Api::embedded().unwrap();
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let redirect = reqwest::redirect::Policy::none();
    let client = reqwest::Client::builder().redirect(redirect).no_proxy().build().unwrap();
    let mut problems = Vec::new();
    let mut deployments = HashMap::new();
    let mut succeeded = 0;
    let mut count = 0;
    // Operations that create come first, so that others find something; those that remove come last.
    let mut methods: Vec<&Method> = api.methods().collect();
    methods.sort_by_key(|method| {
        let http_method = ["POST", "PUT", "GET", "PATCH", "DELETE"]
            .iter()
            .position(|http_method| *http_method == method.http_method.as_str());
        let depth = method.path.matches('/').count();
        (http_method, if http_method == Some(4) { 100 - depth } else { depth }, method.id.clone())
    });
    for method in methods {
        // Calls of the account use a new session each, for some of them end it.
        let session = match method.service.as_str() {
            "account" if !method.scopes.contains(&"sessions.write".to_owned()) => {
                let create = &api.services["users"].methods["createSession"];
                let (_, body) = call(&client, &emulator, &api, create, None, &deployments).await;
                let session: Value = String::from_utf8_lossy(&body).parse().unwrap();
                Some(session["secret"].as_str().unwrap_or_default().to_owned())
            }
            _ => None,
        };
        let (status, body) = call(&client, &emulator, &api, method, session.as_deref(), &deployments).await;
        if let ("createDeployment", 202) = (method.name.as_str(), status) {
            let deployment: Value = String::from_utf8_lossy(&body).parse().unwrap();
            deployments.insert(method.service.clone(), deployment["$id"].clone());
        }
        count += 1;
        succeeded += usize::from(status < 400);
        if let Some(problem) = problem(&api, method, status, &body) {
            problems.push(format!("{}: {problem}", method.id));
        }
    }
    println!("{succeeded} of {count} methods succeeded, the others returned known errors");
    assert!(problems.is_empty(), "{} methods:\n{}", problems.len(), problems.join("\n"));
    assert!(succeeded * 10 > count * 7, "only {succeeded} of {count} methods succeeded");
}
