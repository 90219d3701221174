//! Calls that a language waits for as futures of its own.

use std::sync::Mutex;

use polywrite::{Error, Result};
use tokio::task::{AbortHandle, JoinHandle};

use crate::error::internal;
use crate::lock::lock;
use crate::runtime::{Threads, driven};

/// A call on the runtime, with one result. Dropping it cancels the call.
#[derive(Debug)]
pub struct Running<T> {
    /// Until somebody waits for the result.
    task: Mutex<Option<JoinHandle<Result<T>>>>,
    abort: AbortHandle,
}

impl<T: Send + 'static> Running<T> {
    /// Starts a call.
    ///
    /// # Errors
    /// As [`driven`].
    pub fn start(threads: Threads, call: impl Future<Output = Result<T>> + Send + 'static) -> Result<Self> {
        let task = driven(threads)?.spawn(call);
        Ok(Self { abort: task.abort_handle(), task: Mutex::new(Some(task)) })
    }

    /// Waits for the result, which the call has once.
    ///
    /// # Errors
    /// Those of the call, `Cancelled` when it was cancelled, and `Internal` when its code panicked.
    pub async fn result(&self) -> Result<T> {
        let task = lock(&self.task).take().ok_or_else(internal)?;
        task.await.unwrap_or_else(|stopped| {
            Err(if stopped.is_cancelled() { Error::cancelled() } else { internal() })
        })
    }
}

impl<T> Running<T> {
    /// Cancels the call: its connection is closed or its stream reset.
    pub fn cancel(&self) {
        self.abort.abort();
    }
}

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        self.cancel();
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use polywrite::ErrorKind;
    use tokio::sync::oneshot;

    use super::Running;
    use crate::runtime::{Threads, block_on};

    fn started<F: Future<Output = u32> + Send + 'static>(call: F) -> Running<u32> {
        Running::start(Threads::One, async move { Ok(call.await) }).unwrap()
    }

    fn result(call: &Running<u32>) -> Result<u32, ErrorKind> {
        block_on(call.result()).unwrap().map_err(|error| error.kind())
    }

    #[test]
    fn a_call_has_its_result_once_and_a_panic_is_an_error() {
        let call = started(async { 7 });
        assert_eq!(result(&call), Ok(7));
        assert_eq!(result(&call), Err(ErrorKind::Internal));
        assert_eq!(result(&started(async { panic!("in a test") })), Err(ErrorKind::Internal));
    }

    #[test]
    fn a_call_ends_when_it_is_cancelled_or_dropped() {
        let (sender, receiver) = oneshot::channel::<()>();
        let call = started(async move {
            let _open = sender;
            pending().await
        });
        call.cancel();
        assert_eq!(result(&call), Err(ErrorKind::Cancelled));
        block_on(receiver).unwrap().unwrap_err();

        let (sender, receiver) = oneshot::channel::<()>();
        drop(started(async move {
            let _open = sender;
            pending().await
        }));
        block_on(receiver).unwrap().unwrap_err();
    }
}
