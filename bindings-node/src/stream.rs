//! The body of a download, piece by piece.

use std::sync::Arc;

use napi::Env;
use napi_derive::napi;
use polywrite_bridge::{Start, Stream};

use crate::environment::Environment;
use crate::value::Value;

/// The body of a response that is being read.
#[napi]
pub struct NativeStream {
    stream: Stream,
    environment: Arc<Environment>,
}

impl NativeStream {
    pub(crate) fn new(stream: Stream, environment: &Arc<Environment>) -> Self {
        Self { stream, environment: Arc::clone(environment) }
    }
}

#[napi]
impl NativeStream {
    /// Asks for the next piece: an event of bytes, or of the end.
    #[napi]
    pub fn next(&self, env: &Env) -> u32 {
        let next = self.stream.next();
        self.environment.start(env, self.environment.queue.next_id(), Start::Cancellable, async move {
            Ok(next.await?.map_or(Value::End, Value::Bytes))
        })
    }

    /// Gives the download up.
    #[napi]
    pub fn close(&self) {
        self.stream.close();
    }
}
