//! Connections, shared by every client of the process that is set alike.

use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::{Handle, Id};

use super::connection::ConnectionSettings;
use super::connections::Connections;
use super::tls::{Trust, Verifier};
use crate::error::{Error, Result};

/// How many pools are kept. A program has one or two; past this the one that was not used for longest goes.
const POOLS: usize = 16;

/// The pools of the process; null until the first call and again after a fork.
///
/// Invariant: a pointer stored here came from `Box::into_raw` and is never freed, so it may be used as `&'static`.
static REGISTRY: AtomicPtr<Registry> = AtomicPtr::new(std::ptr::null_mut());

/// How many forks lie between the process and the one that was started.
static FORKS: AtomicU32 = AtomicU32::new(0);

#[derive(Default)]
struct Registry {
    pools: Mutex<Vec<Pool>>,
}

struct Pool {
    settings: ConnectionSettings,
    /// A connection lives in the runtime that opened it and hangs when another one uses it.
    runtime: Id,
    verifier: Arc<Verifier>,
    connections: Arc<Connections>,
}

/// Forgets every connection, for the child of a fork: the sockets and the locks are the parent's.
///
/// Clients stay valid and open their own connections at their next call. Safe to call at any time, and takes no
/// lock. The old pools are leaked on purpose: dropping them would talk on the parent's sockets.
pub fn after_fork() {
    FORKS.fetch_add(1, Ordering::Relaxed);
    REGISTRY.store(std::ptr::null_mut(), Ordering::Release);
}

/// Tells the connections of this process from those of its parent.
pub(super) fn forks() -> u32 {
    FORKS.load(Ordering::Relaxed)
}

/// Closes every connection of the process that no call needs, because the program may open no more files; says how many.
pub(super) fn close_idle() -> usize {
    let pools = registry().pools.lock().unwrap_or_else(PoisonError::into_inner);
    pools.iter().map(|pool| pool.connections.close_idle()).sum()
}

/// The pool for these settings in the present runtime.
pub(crate) fn pool(settings: &ConnectionSettings) -> Result<Arc<Connections>> {
    let runtime = Handle::try_current()
        .map_err(|_| Error::configuration("calls must be awaited inside a tokio runtime"))?
        .id();
    let mut pools = registry().pools.lock().unwrap_or_else(PoisonError::into_inner);
    let wanted = |pool: &Pool| pool.runtime == runtime && pool.settings == *settings;
    if let Some(index) = pools.iter().position(wanted) {
        let connections = pools[index].connections.clone();
        // The one that was used last stays longest.
        pools[index..].rotate_left(1);
        return Ok(connections);
    }
    let trust =
        if settings.self_signed { Trust::Anyone } else { Trust::Roots(settings.ca_certificates.clone()) };
    let verifier = pools
        .iter()
        .find(|pool| *pool.verifier.trust() == trust)
        .map_or_else(|| Arc::new(Verifier::new(trust)), |pool| pool.verifier.clone());
    let connections = Arc::new(Connections::new(settings, verifier.clone())?);
    if pools.len() >= POOLS {
        pools.remove(0);
    }
    pools.push(Pool { settings: settings.clone(), runtime, verifier, connections: connections.clone() });
    Ok(connections)
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
