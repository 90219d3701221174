//! The one tokio runtime of the process, made at the first call and again in the child of a fork.
//!
//! It has no thread of its own at first: a thread that waits for a call serves the sockets meanwhile, which spares two
//! changes of thread per call. An event loop waits without a thread, so the first call from one starts a thread.
//!
//! **The rule for the end of the interpreter.** Before Python 3.14, a thread that wants the GIL while the interpreter
//! ends is taken apart where it stands, which takes the process down when there is Rust below it. So Rust gives the GIL
//! back in [`released`] and nowhere else, which parks such a thread; and it runs no Python code, because Python takes
//! the GIL when it likes: listeners, warnings, exceptions and values that are not JSON are the business of the Python
//! files. Until then the interpreter frees what a parked thread has on its stack, so nothing is borrowed from Python
//! objects while the GIL is away.

pub(crate) mod bridge;
mod ending;

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};

use crate::error::Failure;

/// How long Ctrl-C may go unnoticed in a blocking call.
const SIGNAL_TICK: Duration = Duration::from_millis(50);

/// Null until the first call and again after a fork.
///
/// Invariant: a pointer stored here came from `Box::into_raw` and is never freed, so it may be used as `&'static`.
static RUNTIME: AtomicPtr<Shared> = AtomicPtr::new(std::ptr::null_mut());

struct Shared {
    runtime: Runtime,
    /// Whether a thread serves it at all times.
    driven: AtomicBool,
}

/// The runtime. In the child of a fork the parent's is leaked: its threads do not exist there.
fn shared() -> PyResult<&'static Shared> {
    let mut present = RUNTIME.load(Ordering::Acquire);
    if present.is_null() {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|cause| PyRuntimeError::new_err(format!("calls cannot be made: {cause}")))?;
        let fresh = Box::into_raw(Box::new(Shared { runtime, driven: AtomicBool::new(false) }));
        present = match RUNTIME.compare_exchange(present, fresh, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => fresh,
            Err(other) => {
                // Another thread was first, and nobody has seen ours.
                #[expect(unsafe_code, reason = "see the invariant of RUNTIME")]
                unsafe {
                    drop(Box::from_raw(fresh));
                }
                other
            }
        };
    }
    #[expect(unsafe_code, reason = "see the invariant of RUNTIME")]
    Ok(unsafe { &*present })
}

/// The runtime, with a thread that serves it from now on.
pub(crate) fn driven() -> PyResult<&'static Runtime> {
    let shared = shared()?;
    if !shared.driven.swap(true, Ordering::AcqRel) {
        std::thread::Builder::new()
            .name("polywrite".into())
            .spawn(|| shared.runtime.block_on(std::future::pending::<()>()))
            .map_err(|cause| PyRuntimeError::new_err(format!("a thread cannot be started: {cause}")))?;
    }
    Ok(&shared.runtime)
}

/// Does something without the GIL. Whoever comes back to an interpreter that has ended stays here for ever.
pub(crate) fn released<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    py.detach(|| {
        let done = work();
        ending::park_if_over();
        done
    })
}

/// Waits for a future on the calling thread, without the GIL. Signals are handled as they come in the main thread:
/// when a handler raises, as that of Ctrl-C does, the future is dropped, which ends the call.
pub(crate) fn block_on<T: Send>(
    py: Python<'_>,
    future: impl Future<Output = Result<T, Failure>> + Send,
) -> Result<T, Failure> {
    let runtime = &shared()?.runtime;
    let mut future = pin!(future);
    loop {
        let result = released(py, || {
            runtime.block_on(async {
                tokio::select! {
                    biased;
                    result = &mut future => Some(result),
                    () = tokio::time::sleep(SIGNAL_TICK) => None,
                }
            })
        });
        match result {
            Some(result) => return result,
            // Outside of the runtime: a handler may make calls of its own.
            None => py.check_signals()?,
        }
    }
}

/// Makes the child of a fork start with a runtime and connections of its own.
#[cfg(unix)]
pub(crate) fn watch_forks() {
    use std::sync::Once;

    extern "C" fn in_child() {
        // Only stores to atomics are allowed here: another thread may have held any lock when the process forked.
        RUNTIME.store(std::ptr::null_mut(), Ordering::Release);
        polywrite::after_fork();
    }

    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        #[expect(unsafe_code, reason = "the handler is a static function that takes no lock")]
        unsafe {
            libc::pthread_atfork(None, None, Some(in_child));
        }
    });
}

#[cfg(not(unix))]
pub(crate) fn watch_forks() {}
