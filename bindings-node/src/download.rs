//! The body of a download, piece by piece.

use std::sync::Arc;

use napi::Env;
use napi_derive::napi;
use polywrite_bridge::{Outcome, Start, Stream};

use crate::environment::Environment;
use crate::value::Value;

/// The body of a response that is being read.
#[napi]
pub struct NativeStream {
    pub(crate) stream: Stream,
    pub(crate) environment: Arc<Environment>,
}

#[napi]
impl NativeStream {
    /// Asks for the next piece: an event of bytes, or of the end.
    #[napi]
    pub fn next(&self, env: &Env) -> u32 {
        let (next, longest) = (self.stream.next(), self.environment.longest_text);
        self.environment.start(env, self.environment.queue.next_id(), Start::Cancellable, async move {
            Ok((Value::of(Outcome::Piece(next.await?), longest)?, None))
        })
    }

    /// Gives the download up.
    #[napi]
    pub fn close(&self) {
        self.stream.close();
    }
}
