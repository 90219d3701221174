//! Calls that are one request and one answer.

use bytes::Bytes;
use napi_derive::napi;
use polywrite::{Answer, CallOptions, Error, Operation, Params, Response, Result};

use crate::client::NativeClient;
use crate::runtime::Event;
use crate::text::Text;

#[napi]
impl NativeClient {
    /// Makes a call; its event comes under `id`. Parameters and options are JSON objects, empty text for none.
    #[napi]
    pub fn call(&self, id: u32, operation: String, params: String, options: String, cancellable: bool) {
        let client = self.client.clone();
        self.queue.start(id, cancellable, async move {
            let (operation, params, options) = read(&operation, &params, &options)?;
            if operation.answer == Answer::Bytes {
                let download = client.download(operation, params, options).await?;
                return Ok(Event::Bytes(download.bytes().await?));
            }
            answer(operation.answer, client.execute(operation, params, options).await?)
        });
    }

    /// Makes a call that the API definition does not know. `path` may be a whole URL of the endpoint's server.
    #[napi]
    pub fn request(&self, id: u32, method: String, path: String, headers: String, params: String) {
        let client = self.client.clone();
        self.queue.start(id, false, async move {
            let headers = read_options(&format!(r#"{{"headers":{headers}}}"#))?.headers;
            let response = client.request(&method, &path, &headers, read_params(&params)?).await?;
            let is_json = response.header("content-type").is_some_and(|kind| kind.contains("json"));
            answer(if is_json { Answer::Json } else { Answer::Bytes }, response)
        });
    }
}

/// Reads what a call comes with.
pub(crate) fn read(
    operation: &str,
    params: &str,
    options: &str,
) -> Result<(&'static Operation, Params, CallOptions)> {
    let found = polywrite::operation(operation)
        .ok_or_else(|| Error::argument(format!("there is no operation `{operation}`")))?;
    Ok((found, read_params(params)?, read_options(options)?))
}

fn read_params(params: &str) -> Result<Params> {
    if params.is_empty() { Ok(Params::new()) } else { Params::from_json(params) }
}

fn read_options(options: &str) -> Result<CallOptions> {
    if options.is_empty() {
        return Ok(CallOptions::new());
    }
    serde_json::from_str(options).map_err(|cause| Error::argument(format!("the call's options: {cause}")))
}

/// The event of a whole answer.
pub(crate) fn answer(kind: Answer, response: Response) -> Result<Event> {
    Ok(match kind {
        Answer::Bytes => Event::Bytes(response.into_body()),
        Answer::Empty => Event::Text(Text::plain(Bytes::new())),
        Answer::Redirect => Event::Text(Text::plain(response.location()?.to_owned())),
        Answer::Text => Event::Text(Text::plain(response.into_body())),
        Answer::Json if response.has_big_integers() => Event::BigText(Text::json(response.into_body())),
        Answer::Json => Event::Text(Text::json(response.into_body())),
    })
}
