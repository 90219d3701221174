//! The one tokio runtime of the process, made by the first call and again in the child of a fork.
//!
//! It has no thread of its own at first: a thread that waits for a call serves the sockets meanwhile ([`block_on`]), which
//! spares two changes of thread per call. [`driven`] starts threads that serve them at all times. They do not keep the
//! process alive, and never end.

mod begin;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::time::Duration;

use polywrite::{Error, ErrorKind, Result};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::Notify;

pub(crate) use begin::{Task, begin};

use crate::lock::lock;

/// Null until the first call and again after a fork.
///
/// Invariant: a pointer stored here came from `Box::into_raw` and is never freed, so it may be used as `&'static`.
static CURRENT: AtomicPtr<Shared> = AtomicPtr::new(std::ptr::null_mut());

/// Woken by every call of a driven runtime.
static ACTIVITY: Notify = Notify::const_new();

/// How often the thread wakes by itself while calls are made.
const TICK: Duration = Duration::from_secs(1);

struct Shared {
    runtime: Runtime,
    handle: Handle,
    /// Whether a thread serves it at all times.
    driven: AtomicBool,
    /// What servers warned of, for languages that ask for it. Here, because a fork's child must not wait for a lock that
    /// another thread had.
    warnings: Mutex<Vec<String>>,
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
            .spawn(|| shared.runtime.block_on(keep_time()))
            .map_err(unavailable)?;
    }
    ACTIVITY.notify_one();
    Ok(&shared.handle)
}

/// Waits for a future on the calling thread, which serves the sockets meanwhile.
///
/// # Errors
/// `Internal` when the system gives the runtime nothing to wait with.
pub fn block_on<F: Future>(future: F) -> Result<F::Output> {
    Ok(shared(Threads::One)?.runtime.block_on(future))
}

/// Keeps a warning of a server until [`warnings`] takes it.
pub fn keep_warning(warning: &str) {
    // It comes with a response, so there is a runtime.
    if let Ok(shared) = shared(Threads::One) {
        lock(&shared.warnings).push(warning.to_owned());
    }
}

/// Takes the warnings that were kept. A call's have been when it ends.
pub fn warnings() -> Vec<String> {
    shared(Threads::One).map_or_else(|_| Vec::new(), |shared| std::mem::take(&mut *lock(&shared.warnings)))
}

/// Lets a clock tick while calls are made. A timer that is due before all others wakes the thread when it is set, even
/// by the thread itself; with the tick before them, the time limits of calls cost no system call (two of eleven).
async fn keep_time() {
    loop {
        ACTIVITY.notified().await;
        tokio::time::sleep(TICK).await;
    }
}

fn shared(threads: Threads) -> Result<&'static Shared> {
    let mut present = CURRENT.load(Ordering::Acquire);
    if present.is_null() {
        let fresh = Box::into_raw(Box::new(made(threads)?));
        present = match CURRENT.compare_exchange(present, fresh, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => fresh,
            Err(other) => {
                // Another thread was first, and no thread has seen ours.
                #[expect(unsafe_code, reason = "see the invariant of CURRENT")]
                unsafe {
                    drop(Box::from_raw(fresh));
                }
                other
            }
        };
    }
    #[expect(unsafe_code, reason = "see the invariant of CURRENT")]
    Ok(unsafe { &*present })
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
    Ok(Shared { handle, runtime, driven, warnings: Mutex::default() })
}

fn unavailable(cause: std::io::Error) -> Error {
    let message = format!("the system starts no threads for calls: {cause}");
    Error::new(ErrorKind::Internal, message).with_source(cause)
}

/// Has the child of a fork start with a runtime and connections of its own. The parent's are leaked there: their threads
/// do not exist.
#[cfg(unix)]
pub fn watch_forks() {
    use std::sync::Once;

    extern "C" fn in_child() {
        // Only stores to atomics are allowed here: another thread may have held any lock when the process forked.
        CURRENT.store(std::ptr::null_mut(), Ordering::Release);
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
