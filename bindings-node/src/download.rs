//! Calls whose bytes come piece by piece, or go into a file.

use std::sync::Arc;

use napi::Env;
use napi_derive::napi;
use polywrite_bridge::Start;

use crate::call::given;
use crate::client::NativeClient;
use crate::value::Value;

#[napi]
impl NativeClient {
    /// Makes a call whose event is a `NativeStream`.
    #[napi]
    pub fn download(&self, env: &Env, operation: u32, params: String, options: String) -> u32 {
        let client = self.client.clone();
        self.environment.start(env, self.environment.queue.next_id(), Start::Cancellable, async move {
            Ok(Value::Stream(given(operation, &params, &options)?.stream(client).await?))
        })
    }

    /// Makes a call whose bytes go into a file. Events of progress come before its end, when `reports`.
    #[napi]
    pub fn download_to(
        &self,
        env: &Env,
        operation: u32,
        params: String,
        options: String,
        path: String,
        reports: bool,
    ) -> u32 {
        let (client, environment) = (self.client.clone(), Arc::clone(&self.environment));
        let id = environment.queue.next_id();
        self.environment.start(env, id, Start::Cancellable, async move {
            let report = reports.then(|| environment.report(id));
            let outcome = given(operation, &params, &options)?.save(client, path.into(), report).await?;
            Value::of(outcome, environment.longest_text)
        })
    }
}
