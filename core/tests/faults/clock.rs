//! A clock on which waiting takes no time, and the client that uses it.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use polywrite::{Client, ClientBuilder, Clock};

use crate::over;
use crate::server::Server;

/// Remembers every wait.
#[derive(Clone, Default)]
pub(crate) struct TestClock(Arc<Mutex<Vec<Duration>>>);

/// The tests' present: 6 November 1994, 08:49:37.
pub(crate) const NOW: u64 = 784_111_777;

impl TestClock {
    /// Every wait so far.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.0.lock().unwrap().clone()
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW)
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// The key that must not turn up where it does not belong.
pub(crate) const KEY: &str = "standard_topsecretkey";

/// A client for a server, with a key and a clock that does not wait.
pub(crate) fn builder(server: &Server) -> (ClientBuilder, TestClock) {
    let clock = TestClock::default();
    let builder = over::builder().endpoint(server.endpoint()).project("shop").key(KEY).clock(clock.clone());
    (builder, clock)
}

/// The same, built.
pub(crate) fn client(server: &Server) -> (Client, TestClock) {
    let (builder, clock) = builder(server);
    (builder.build().unwrap(), clock)
}
