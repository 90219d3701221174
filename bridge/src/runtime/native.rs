//! The one tokio runtime of the process, made by the first call and again in the child of a fork.
//!
//! It has no thread of its own at first: a thread that waits for a call serves the sockets meanwhile ([`block_on`]), which
//! spares two changes of thread per call. [`driven`] starts threads that serve them at all times. They do not keep the
//! process alive, and never end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use polywrite::{Error, ErrorKind, PerProcess, Result};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::Notify;

/// The child of a fork makes another: the threads of its parent's do not exist there.
static CURRENT: PerProcess<Shared> = PerProcess::new();

/// How often the thread wakes by itself while calls are made.
const TICK: Duration = Duration::from_secs(1);

struct Shared {
    runtime: Runtime,
    handle: Handle,
    /// Whether a thread serves it at all times.
    driven: AtomicBool,
    /// Woken by every call, when it is.
    activity: Notify,
}

/// How many threads serve the sockets of a driven runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// One is enough for waiting, and quicker than several that pass work around; what takes time, such as reading files,
    /// tokio runs elsewhere.
    One,
    /// This many.
    #[cfg(feature = "several-threads")]
    Several(usize),
}

/// The runtime, with threads that serve it from now on. The first call decides how many.
///
/// # Errors
/// `Internal` when the system starts no threads.
pub fn driven(threads: Threads) -> Result<&'static Handle> {
    let shared = shared(threads)?;
    if !shared.driven.swap(true, Ordering::AcqRel) {
        std::thread::Builder::new()
            .name("polywrite-io-0".into())
            .spawn(|| shared.runtime.block_on(keep_time(&shared.activity)))
            .map_err(unavailable)?;
    }
    shared.activity.notify_one();
    Ok(&shared.handle)
}

/// Waits for a future on the calling thread, which serves the sockets meanwhile.
///
/// The future stands on the heap, because locks and signals keep lists of what waits for them: in the child of a fork the
/// stacks of the parent's other threads belong to new threads.
///
/// # Errors
/// `Internal` when the system gives the runtime nothing to wait with.
pub fn block_on<F: Future>(future: F) -> Result<F::Output> {
    Ok(shared(Threads::One)?.runtime.block_on(Box::pin(future)))
}

/// Lets a clock tick while calls are made. A timer that is due before all others wakes the thread when it is set, even
/// by the thread itself; with the tick before them, the time limits of calls cost no system call (two of eleven).
async fn keep_time(activity: &Notify) {
    loop {
        activity.notified().await;
        tokio::time::sleep(TICK).await;
    }
}

fn shared(threads: Threads) -> Result<&'static Shared> {
    CURRENT.get_or_try_make(|| made(threads))
}

fn made(threads: Threads) -> Result<Shared> {
    let (runtime, driven) = match threads {
        Threads::One => {
            (Builder::new_current_thread().thread_name("polywrite-disk").enable_all().build(), false)
        }
        #[cfg(feature = "several-threads")]
        Threads::Several(count) => {
            let mut builder = Builder::new_multi_thread();
            (builder.worker_threads(count).thread_name("polywrite-io").enable_all().build(), true)
        }
    };
    let runtime = runtime.map_err(unavailable)?;
    let (handle, driven) = (runtime.handle().clone(), AtomicBool::new(driven));
    Ok(Shared { handle, runtime, driven, activity: Notify::new() })
}

fn unavailable(cause: std::io::Error) -> Error {
    let message = format!("the system starts no threads for calls: {cause}");
    Error::new(ErrorKind::Internal, message).with_source(cause)
}

/// Has the child of a fork start with a runtime and connections of its own.
#[cfg(unix)]
pub fn watch_forks() {
    use std::sync::Once;

    extern "C" fn in_child() {
        // Takes no lock: another thread may have held any when the process forked.
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

/// Does nothing: this system cannot fork a process.
#[cfg(not(unix))]
pub fn watch_forks() {}
