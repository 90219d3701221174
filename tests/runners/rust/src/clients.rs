//! What a client is configured with, and what comes of it: tasks of tests/vectors/make/clients.py.

use std::sync::{Arc, Mutex};

use polywrite::services::Users;
use polywrite::{CallOptions, Client, ClientConfig, Credential, Error, Params, Result};
use polywrite_vector_support::Recorder;
use serde_json::{Value, json};

/// The report on a client and its call.
pub(crate) async fn line(given: &Value, recorder: &Recorder) -> Value {
    if given.pointer("/raw/params/file").is_some() {
        return json!({ "skipped": "a file goes by `upload` of an operation" });
    }
    let warnings = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&warnings);
    let mut line = match made(given, recorder) {
        Err(error) => failure(&error),
        Ok(client) => {
            let client = client.on_new_warning(move |warning| {
                if let Ok(mut kept) = kept.lock() {
                    kept.push(warning.to_owned());
                }
            });
            let mut line = json!({});
            for _ in 0..given["times"].as_u64().unwrap_or(1) {
                line = match called(given, &client).await {
                    Ok(seen) => json!({ "seen": seen }),
                    Err(error) => failure(&error),
                };
            }
            line
        }
    };
    line["requests"] = recorder.requests().into();
    line["warnings"] = warnings.lock().map(|warnings| warnings.clone()).unwrap_or_default().into();
    line
}

fn failure(error: &Error) -> Value {
    json!({ "error": error.record() })
}

fn made(given: &Value, recorder: &Recorder) -> Result<Client> {
    let config = json!({ "endpoint": recorder.endpoint(), "project": "demo", "retries": { "max": 0 } });
    let config = ClientConfig::from_json(&config.to_string())?;
    let client = crate::over::client()?.configure(&config)?;
    let client = match given.get("settings") {
        Some(settings) => {
            let settings = ClientConfig::from_json(&settings.to_string())?;
            match client.configure(&settings) {
                // Settings of connections are the pool's.
                Err(error) if error.message().contains("HTTP client of your own") => {
                    Client::new().configure(&config)?.configure(&settings)?
                }
                configured => configured?,
            }
        }
        None => client,
    };
    if let Some(function) = given.get("function") {
        let headers = texts(&function["headers"]);
        return match function["user"].as_bool() {
            Some(true) => client.with_function_user(headers),
            _ => client.with_function_headers(headers),
        };
    }
    match (given["credential"][0].as_str(), given["credential"][1].as_str()) {
        (Some(kind), Some(secret)) => {
            let credential = Credential::named(kind, secret);
            client.with_credential(credential.ok_or_else(|| Error::configuration("no such credential"))?)
        }
        _ => Ok(client),
    }
}

async fn called(given: &Value, client: &Client) -> Result<Value> {
    if let Some(raw) = given.get("raw") {
        let params = Params::from_json(&raw["params"].to_string())?;
        let text = |name: &str| raw[name].as_str().unwrap_or_default();
        let response = client.request(text("method"), text("path"), &texts(&raw["headers"]), params).await?;
        return Ok(json!({ "@bytes": polywrite_vector_support::base64(response.body()) }));
    }
    let options = match given.get("options") {
        Some(options) => CallOptions::from_json(&options.to_string())?,
        None => CallOptions::new(),
    };
    let user = Users::new(client).get("u").with_options(options).await?;
    Ok(serde_json::to_value(user).unwrap_or_default())
}

fn texts(object: &Value) -> Vec<(String, String)> {
    let entries = object.as_object().into_iter().flatten();
    entries.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect()
}
