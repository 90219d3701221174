//! Waiting without the GIL.
//!
//! **The rule for the end of the interpreter.** Before Python 3.14, a thread that wants the GIL while the interpreter
//! ends is taken apart where it stands, which takes the process down when there is Rust below it. So Rust gives the GIL
//! back in [`released`] and nowhere else, which parks such a thread; and it runs no Python code, because Python takes
//! the GIL when it likes: listeners, warnings, exceptions and values that are not JSON are the business of the Python
//! files. Until then the interpreter frees what a parked thread has on its stack, so nothing is borrowed from Python
//! objects while the GIL is away.

use std::pin::pin;
use std::time::Duration;

use polywrite_bridge::runtime;
use pyo3::prelude::*;

use crate::ending::park_if_over;
use crate::error::raised;

/// How long Ctrl-C may go unnoticed in a blocking call.
const SIGNAL_TICK: Duration = Duration::from_millis(50);

/// Does something without the GIL. A thread that comes back to an interpreter that has ended stays here for ever.
pub(crate) fn released<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    py.detach(|| {
        let done = work();
        park_if_over();
        done
    })
}

/// Waits for a future on the calling thread, without the GIL. Signals are handled as they come in the main thread:
/// when a handler raises, as that of Ctrl-C does, the future is dropped, which ends the call.
pub(crate) fn block_on<T: Send>(py: Python<'_>, future: impl Future<Output = T> + Send) -> PyResult<T> {
    let mut future = pin!(future);
    loop {
        let waited = released(py, || {
            runtime::block_on(async {
                tokio::select! {
                    biased;
                    result = &mut future => Some(result),
                    () = tokio::time::sleep(SIGNAL_TICK) => None,
                }
            })
        });
        match raised(waited)? {
            Some(result) => return Ok(result),
            // Outside of the runtime: a handler may make calls of its own.
            None => py.check_signals()?,
        }
    }
}
