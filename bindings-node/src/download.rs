//! The body of a download, piece by piece.

use std::sync::Arc;

use napi::Env;
use napi_derive::napi;
use polywrite_bridge::{Outcome, Start, Stream};

use crate::environment::Environment;

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
        let next = Outcome::next_of(&self.stream);
        self.environment.start(env, Start::Cancellable, |_| next)
    }

    /// Gives the download up.
    #[napi]
    pub fn close(&self) {
        self.stream.close();
    }
}
