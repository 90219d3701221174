//! Calls that are one request and one answer.

use napi_derive::napi;
use polywrite::{Answer, CallOptions, Error, Operation, Params, Response, Result};

use crate::client::NativeClient;
use crate::runtime::Event;

#[napi]
impl NativeClient {
    /// Makes a call; its event comes under `id`. Parameters and options are JSON objects, empty text for none.
    #[napi]
    pub fn call(&self, id: u32, operation: String, params: String, options: String, cancellable: bool) {
        let client = self.client.clone();
        self.queue.start(id, cancellable, async move {
            Event::from(
                async {
                    let (operation, params, options) = read(&operation, &params, &options)?;
                    answer(operation.answer, client.execute(operation, params, options).await?)
                }
                .await,
            )
        });
    }

    /// Makes a call that the API definition does not know.
    #[napi]
    pub fn request(&self, id: u32, method: String, path: String, headers: String, params: String) {
        let client = self.client.clone();
        self.queue.start(id, false, async move {
            Event::from(
                async {
                    let headers = read_options(&format!(r#"{{"headers":{headers}}}"#))?.headers;
                    let params = read_params(&params)?;
                    let response = client.request(&method, &path, &headers, params).await?;
                    Ok(Event::Bytes(response.into_body()))
                }
                .await,
            )
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

fn answer(kind: Answer, response: Response) -> Result<Event> {
    Ok(match kind {
        Answer::Bytes => Event::Bytes(response.into_body()),
        Answer::Redirect => Event::Text(response.location()?.to_owned().into()),
        Answer::Json if response.has_big_integers() => Event::BigText(response.into_body()),
        Answer::Json | Answer::Text | Answer::Empty => Event::Text(response.into_body()),
    })
}
