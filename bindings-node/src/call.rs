//! Calls that are one request and one answer.

use std::sync::Arc;

use bytes::Bytes;
use napi::Env;
use napi_derive::napi;
use polywrite::{Answer, CallOptions, Error, ErrorKind, Operation, Params, Response, Result};
use serde_json::value::RawValue;

use crate::client::NativeClient;
use crate::error;
use crate::integers::marked;
use crate::runtime::{Event, Manner, Queue};
use crate::text::{Text, is_longer};

/// Up to this size parameters are read and written in microseconds.
const QUICK: usize = 16 * 1024;

#[napi]
impl NativeClient {
    /// The number that calls name an operation by. Looking up its ID with each call would take longer than all else here.
    #[napi]
    pub fn operation_number(id: String) -> Option<u32> {
        let place = polywrite::operations().position(|operation| operation.id == id)?;
        u32::try_from(place).ok()
    }

    /// Makes a call. Parameters and options are JSON objects, empty text for none. Returns the ID that its event comes
    /// under, as everything that starts something does.
    #[napi]
    pub fn call(&self, env: &Env, operation: u32, params: String, options: String, cancellable: bool) -> u32 {
        let (client, queue) = (self.client.clone(), Arc::clone(&self.queue));
        let manner = match (cancellable, params.len()) {
            (true, _) => Manner::Cancellable,
            (false, ..=QUICK) => Manner::Quick,
            (false, _) => Manner::Lengthy,
        };
        self.queue.start(env, self.queue.next_id(), manner, async move {
            let (operation, params, options) = read(operation, &params, &options)?;
            if operation.answer == Answer::Bytes {
                let download = client.download(operation, params, options).await?;
                return Ok(Event::Bytes(download.bytes().await?));
            }
            answer(operation.answer, client.execute(operation, params, options).await?, &queue)
        })
    }

    /// The record of the error for an answer that should be JSON and is not.
    #[napi]
    pub fn malformed(operation: String, body: String) -> String {
        let operation = polywrite::operation(&operation).unwrap_or(&polywrite::RAW_CALL);
        // serde_json tells the place and quotes nothing, where JavaScript engines quote what may be a secret.
        let cause = match serde_json::from_str::<&RawValue>(&body) {
            Ok(_) => "not as JSON should be".to_owned(),
            Err(cause) => cause.to_string(),
        };
        error::record(&Error::decode(operation, body.as_bytes(), cause))
    }

    /// Makes a call that the API definition does not know. `path` may be a whole URL of the endpoint's server. With
    /// `redirected` the answer is where it points to.
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
        let (client, queue) = (self.client.clone(), Arc::clone(&self.queue));
        self.queue.start(env, self.queue.next_id(), Manner::Lengthy, async move {
            let headers = read_options(&format!(r#"{{"headers":{headers}}}"#))?.headers;
            let params = read_params(&params)?;
            let response = match redirected {
                true => client.redirect(&method, &path, &headers, params).await?,
                false => client.request(&method, &path, &headers, params).await?,
            };
            let is_json = response.header("content-type").is_some_and(|kind| kind.contains("json"));
            let kind = match (redirected, is_json) {
                (true, _) => Answer::Redirect,
                (false, true) => Answer::Json,
                (false, false) => Answer::Bytes,
            };
            answer(kind, response, &queue)
        })
    }
}

/// Reads what a call comes with.
pub(crate) fn read(
    operation: u32,
    params: &str,
    options: &str,
) -> Result<(&'static Operation, Params, CallOptions)> {
    let found = polywrite::operations()
        .nth(operation as usize)
        .ok_or_else(|| Error::argument(format!("there is no operation {operation}")))?;
    Ok((found, read_params(params)?, read_options(options)?))
}

fn read_params(params: &str) -> Result<Params> {
    if params.is_empty() { Ok(Params::new()) } else { Params::from_json(params) }
}

fn read_options(options: &str) -> Result<CallOptions> {
    if options.is_empty() {
        return Ok(CallOptions::new());
    }
    CallOptions::from_json(options)
}

/// The event of a whole answer.
pub(crate) fn answer(kind: Answer, response: Response, queue: &Queue) -> Result<Event> {
    let text = match kind {
        Answer::Bytes => return Ok(Event::Bytes(response.into_body())),
        Answer::Empty => return Ok(Event::Text(Text::plain(Bytes::new()))),
        Answer::Redirect => return Ok(Event::Text(Text::plain(response.location()?.to_owned()))),
        Answer::Text => response.text()?,
        Answer::Object | Answer::Data | Answer::Json => response.json_text()?,
    };
    if is_longer(text, queue.longest_text) {
        let message = format!("the answer has {} bytes, more than a string of JavaScript holds", text.len());
        let error = Error::new(ErrorKind::Decode, message).with_status(response.status());
        return Err(error.with_hint("ask for less at a time").with_operation(response.operation().id));
    }
    if kind == Answer::Text {
        return Ok(Event::Text(Text::plain(response.into_body())));
    }
    Ok(match marked(text) {
        Some(marked) => Event::BigText(Text::json(&marked).unwrap_or_else(|| Text::plain(marked))),
        None => Event::Text(Text::json(text).unwrap_or_else(|| Text::plain(response.into_body()))),
    })
}
