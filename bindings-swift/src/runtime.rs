//! The one tokio runtime of the process.

use std::sync::OnceLock;

use polywrite::Error;
use tokio::runtime::{Builder, Runtime};

/// Waiting for sockets needs few threads; the work on answers is done in Swift's own pool.
const WORKERS: usize = 2;

static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// The runtime, started at the first call.
pub(crate) fn runtime() -> Result<&'static Runtime, Error> {
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let started = Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_name("polywrite-io")
        .enable_all()
        .build()
        .map_err(|cause| {
            Error::configuration(format!("cannot start the threads that make calls: {cause}"))
                .with_source(cause)
        })?;
    // Two first calls may race: the loser's runtime has run nothing yet and goes away.
    Ok(RUNTIME.get_or_init(|| started))
}
