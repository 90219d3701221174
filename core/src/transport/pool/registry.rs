//! The pools of the process, each shared by every client that is set alike.

use std::sync::{Arc, Mutex};

use tokio::runtime::Id;

use super::dispatch::Pool;
use crate::error::Result;
use crate::host;
use crate::process::PerProcess;
use crate::settings::ConnectionSettings;
use crate::transport::io::tls::{Trust, Verifier};

/// How many pools are kept. A program has one or two; past this the one that was not used for longest goes.
const KEPT: usize = 16;

/// The pools of the process, whose sockets and locks they are. The last one was used last.
static POOLS: PerProcess<Mutex<Vec<Entry>>> = PerProcess::new();

struct Entry {
    settings: ConnectionSettings,
    /// A connection lives in the runtime that opened it and hangs when another one uses it.
    runtime: Id,
    verifier: Arc<Verifier>,
    pool: Arc<Pool>,
}

/// Closes every connection of the process that no call needs, because the program may open no more files, and returns how
/// many.
fn close_idle() -> usize {
    let entries = POOLS.lock();
    entries.iter().map(|entry| entry.pool.close_idle()).sum()
}

/// The pool for these settings in the present runtime.
pub(in crate::transport) fn pool(settings: &ConnectionSettings) -> Result<Arc<Pool>> {
    let runtime = host::tasks()?.id();
    let mut entries = POOLS.lock();
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
    if entries.len() >= KEPT {
        entries.remove(0);
    }
    entries.push(Entry { settings: settings.clone(), runtime, verifier, pool: pool.clone() });
    Ok(pool)
}
