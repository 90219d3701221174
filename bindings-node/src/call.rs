//! Calls that are one request and one response.

use std::sync::Arc;

use napi::Env;
use napi_derive::napi;
use polywrite::{CallOptions, Error, Params};
use polywrite_bridge::{Given, Reading, Request, Start, number_of, numbered, record, refused};
use serde_json::value::RawValue;

use crate::client::NativeClient;
use crate::integers;
use crate::value::Value;

/// Up to this size parameters are read and written in microseconds.
const QUICK: usize = 16 * 1024;

#[napi]
impl NativeClient {
    /// What a marked integer begins with.
    #[napi]
    pub fn mark() -> &'static str {
        &integers::MARK
    }

    /// Turns the integers that a JavaScript number cannot hold into strings with the mark. `None` when the JSON has none.
    #[napi]
    pub fn marked(json: String) -> Option<String> {
        integers::marked(&json)
    }

    /// The number that calls name an operation by. Looking up its ID with each call would take longer than all else here.
    #[napi]
    pub fn operation_number(id: String) -> Option<u32> {
        number_of(&id)
    }

    /// Makes a call. Parameters and options are JSON objects, empty text for none. Returns the ID that its event comes
    /// under, as everything that starts something does.
    #[napi]
    pub fn call(&self, env: &Env, operation: u32, params: String, options: String, cancellable: bool) -> u32 {
        let start = match (cancellable, params.len()) {
            (true, _) => Start::Cancellable,
            (false, ..=QUICK) => Start::Here,
            (false, _) => Start::Spawned,
        };
        let (client, longest) = (self.client.clone(), self.environment.longest_text);
        self.environment.start(env, self.environment.queue.next_id(), start, async move {
            Value::of(given(operation, &params, &options)?.call(client).await?, longest)
        })
    }

    /// The record of the error for a response that should be JSON and is not.
    #[napi]
    pub fn malformed(operation: String, body: String) -> String {
        let operation = polywrite::operation(&operation).unwrap_or(&polywrite::RAW_CALL);
        // serde_json names the place and quotes nothing, where JavaScript engines quote what may be a secret.
        let cause = match serde_json::from_str::<&RawValue>(&body) {
            Ok(_) => "not as JSON should be".to_owned(),
            Err(cause) => cause.to_string(),
        };
        record(&Error::decode(operation, body.as_bytes(), cause))
    }

    /// The record of the error for an argument that a facade refuses.
    #[napi]
    pub fn refused(operation: String, message: String) -> String {
        record(&refused(operation, message))
    }

    /// Makes a call that the API definition does not know. `path` may be a whole URL of the endpoint's server. With
    /// `redirected` the outcome is where the response redirects to.
    #[napi]
    pub fn request(
        &self,
        env: &Env,
        method: String,
        path: String,
        headers: String,
        params: String,
        redirected: bool,
    ) -> u32 {
        let (client, environment) = (self.client.clone(), Arc::clone(&self.environment));
        self.environment.start(env, environment.queue.next_id(), Start::Spawned, async move {
            let headers = CallOptions::from_json(&format!(r#"{{"headers":{headers}}}"#))?.headers;
            let params = Params::from_json(&params)?;
            let reading = if redirected { Reading::Location } else { Reading::AsSent };
            let request = Request { method, path, headers, params, reading };
            Value::of(request.send(client).await?, environment.longest_text)
        })
    }
}

/// Reads what a call comes with.
pub(crate) fn given(operation: u32, params: &str, options: &str) -> polywrite::Result<Given> {
    Given::from_json(numbered(operation)?, params, options)
}
