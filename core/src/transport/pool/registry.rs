//! The pools of the process, each shared by every client that is set alike.

use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::{Handle, Id};

use super::dispatch::Pool;
use super::fork;
use crate::error::{Error, Result};
use crate::settings::ConnectionSettings;
use crate::transport::io::tls::{Trust, Verifier};

/// How many pools are kept. A program has one or two; past this the one that was not used for longest goes.
const POOLS: usize = 16;

/// The pools of the process; null until the first call and again after a fork.
///
/// Invariant: a pointer stored here came from `Box::into_raw` and is never freed, so it may be used as `&'static`.
static REGISTRY: AtomicPtr<Registry> = AtomicPtr::new(std::ptr::null_mut());

#[derive(Default)]
struct Registry {
    pools: Mutex<Vec<Entry>>,
}

struct Entry {
    settings: ConnectionSettings,
    /// A connection lives in the runtime that opened it and hangs when another one uses it.
    runtime: Id,
    verifier: Arc<Verifier>,
    pool: Arc<Pool>,
}

/// Forgets every connection, for the child of a fork: the sockets and the locks are the parent's.
///
/// Clients stay valid and open their own connections at their next call. Safe to call at any time, and takes no
/// lock. The old pools are leaked on purpose: dropping them would talk on the parent's sockets.
pub fn after_fork() {
    fork::note();
    REGISTRY.store(std::ptr::null_mut(), Ordering::Release);
}

/// Closes every connection of the process that no call needs, because the program may open no more files, and returns how
/// many.
fn close_idle() -> usize {
    let entries = registry().pools.lock().unwrap_or_else(PoisonError::into_inner);
    entries.iter().map(|entry| entry.pool.close_idle()).sum()
}

/// The present runtime.
pub(in crate::transport) fn runtime() -> Result<Handle> {
    Handle::try_current().map_err(|_| Error::configuration("calls must be awaited inside a tokio runtime"))
}

/// The pool for these settings in the present runtime.
pub(in crate::transport) fn pool(settings: &ConnectionSettings) -> Result<Arc<Pool>> {
    let runtime = runtime()?.id();
    let mut entries = registry().pools.lock().unwrap_or_else(PoisonError::into_inner);
    let fits = |entry: &Entry| entry.runtime == runtime && entry.settings == *settings;
    if let Some(index) = entries.iter().position(fits) {
        let pool = entries[index].pool.clone();
        // The one that was used last stays longest.
        entries[index..].rotate_left(1);
        return Ok(pool);
    }
    let trust =
        if settings.self_signed { Trust::Anyone } else { Trust::Roots(settings.ca_certificates.clone()) };
    let verifier = entries
        .iter()
        .find(|entry| *entry.verifier.trust() == trust)
        .map_or_else(|| Arc::new(Verifier::new(trust)), |entry| entry.verifier.clone());
    let pool = Arc::new(Pool::new(settings, verifier.clone(), close_idle)?);
    if entries.len() >= POOLS {
        entries.remove(0);
    }
    entries.push(Entry { settings: settings.clone(), runtime, verifier, pool: pool.clone() });
    Ok(pool)
}

fn registry() -> &'static Registry {
    let mut present = REGISTRY.load(Ordering::Acquire);
    if present.is_null() {
        let fresh = Box::into_raw(Box::default());
        present = match REGISTRY.compare_exchange(present, fresh, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => fresh,
            // Another thread was first; ours is leaked, once.
            Err(other) => other,
        };
    }
    #[expect(unsafe_code, reason = "see the invariant of REGISTRY")]
    unsafe {
        &*present
    }
}
