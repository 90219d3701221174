//! The client under test, with a clock that does not wait.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use polywrite::{Client, Clock};

use crate::over;
use crate::server::Server;

/// Remembers every wait.
#[derive(Clone, Default)]
pub(crate) struct TestClock(Arc<Mutex<Vec<Duration>>>);

impl TestClock {
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.0.lock().unwrap().clone()
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

pub(crate) fn client(server: &Server) -> (Client, TestClock) {
    let clock = TestClock::default();
    let builder = over::builder().endpoint(&server.endpoint).project("shop").key("standard_key");
    (builder.clock(clock.clone()).build().unwrap(), clock)
}

/// A client of the pool, which opens one connection.
pub(crate) fn client_with_one_connection(server: &Server) -> Client {
    let builder = Client::builder().endpoint(&server.endpoint).project("shop").key("standard_key");
    builder.max_connections(1u64).clock(TestClock::default()).build().unwrap()
}
