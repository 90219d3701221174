//! Connections, shared by every client of the process that is set alike.

use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Handle, Id};

use super::connection::ConnectionSettings;
use super::tls::{self, Trust, Verifier};
use crate::error::{Error, Result};

/// Shorter than the keep-alive of common proxies (nginx: 75 s), so that we hang up first.
const IDLE_CONNECTION: Duration = Duration::from_secs(60);
/// How much of an answer may wait unread, in bytes: enough for a fast line, and little beside a large download.
const HTTP2_STREAM_WINDOW: u32 = 2 * 1024 * 1024;
/// How many pools are kept. A program has one or two; past this the one that was not used for longest goes.
const POOLS: usize = 16;

/// The pools of the process; null until the first call and again after a fork.
///
/// Invariant: a pointer stored here came from `Box::into_raw` and is never freed, so it may be used as `&'static`.
static REGISTRY: AtomicPtr<Registry> = AtomicPtr::new(std::ptr::null_mut());

#[derive(Default)]
struct Registry {
    pools: Mutex<Vec<Pool>>,
}

struct Pool {
    settings: ConnectionSettings,
    /// A connection lives in the runtime that opened it and hangs when another one uses it.
    runtime: Id,
    verifier: Arc<Verifier>,
    client: reqwest::Client,
}

/// Forgets every connection, for the child of a fork: the sockets and the locks are the parent's.
///
/// Clients stay valid and open their own connections at their next call. Safe to call at any time, and takes no
/// lock. The old pools are leaked on purpose: dropping them would talk on the parent's sockets.
pub fn after_fork() {
    REGISTRY.store(std::ptr::null_mut(), Ordering::Release);
}

/// The pool for these settings in the present runtime.
pub(crate) fn pool(settings: &ConnectionSettings) -> Result<reqwest::Client> {
    let runtime = Handle::try_current()
        .map_err(|_| Error::configuration("calls must be awaited inside a tokio runtime"))?
        .id();
    let mut pools = registry().pools.lock().unwrap_or_else(PoisonError::into_inner);
    let wanted = |pool: &Pool| pool.runtime == runtime && pool.settings == *settings;
    if let Some(index) = pools.iter().position(wanted) {
        let client = pools[index].client.clone();
        // The one that was used last stays longest.
        pools[index..].rotate_left(1);
        return Ok(client);
    }
    let trust =
        if settings.self_signed { Trust::Anyone } else { Trust::Roots(settings.ca_certificates.clone()) };
    let verifier = pools
        .iter()
        .find(|pool| *pool.verifier.trust() == trust)
        .map_or_else(|| Arc::new(Verifier::new(trust)), |pool| pool.verifier.clone());
    let client = connect(settings, verifier.clone())?;
    if pools.len() >= POOLS {
        pools.remove(0);
    }
    pools.push(Pool { settings: settings.clone(), runtime, verifier, client: client.clone() });
    Ok(client)
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

fn connect(settings: &ConnectionSettings, verifier: Arc<Verifier>) -> Result<reqwest::Client> {
    let refused = |cause: &dyn std::fmt::Display| {
        Error::configuration(format!("connections cannot be set up: {cause}"))
    };
    let tls = tls::config(verifier, settings.http1_only).map_err(|cause| refused(&cause))?;
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .pool_idle_timeout(IDLE_CONNECTION)
        .connect_timeout(settings.connect_timeout)
        .tcp_nodelay(true)
        .http2_initial_stream_window_size(HTTP2_STREAM_WINDOW)
        .http2_initial_connection_window_size(2 * HTTP2_STREAM_WINDOW)
        .http2_keep_alive_interval(Duration::from_secs(20));
    if settings.http1_only {
        builder = builder.http1_only();
    }
    if let Some(proxy) = &settings.proxy {
        // The cause is not shown: it may quote the proxy's password.
        let proxy =
            reqwest::Proxy::all(proxy.expose()).map_err(|_| refused(&"the proxy is not a valid URL"))?;
        builder = builder.proxy(proxy);
    }
    builder.build().map_err(|cause| refused(&cause))
}
