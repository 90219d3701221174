//! Tasks that the event loop runs.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::FutureExt;
pub use futures_util::future::AbortHandle;
use futures_util::future::abortable;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::sync::oneshot::{self, Receiver};
use wasm_bindgen_futures::spawn_local;

/// A task was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Runs tasks.
#[derive(Clone, Debug)]
pub struct Tasks;

impl Tasks {
    /// Does nothing: every function runs on the thread of the event loop.
    pub fn enter(&self) -> impl Sized + use<> {
        Tasks
    }

    /// Runs a task, from the next turn of the event loop on.
    pub fn spawn<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: 'static> + 'static,
    {
        spawn(task)
    }
}

/// Runs a task, from the next turn of the event loop on.
pub fn spawn<F>(task: F) -> JoinHandle<F::Output>
where
    F: Future<Output: 'static> + 'static,
{
    let (sender, result) = oneshot::channel();
    let (task, abort) = abortable(async move {
        // What started it may not wait for the result.
        let _ = sender.send(task.await);
    });
    spawn_local(task.map(drop));
    JoinHandle { result, abort }
}

/// A task that runs, and its result. Dropping it leaves the task running.
#[derive(Debug)]
pub struct JoinHandle<T> {
    result: Receiver<T>,
    abort: AbortHandle,
}

impl<T> JoinHandle<T> {
    /// What cancels the task.
    pub fn abort_handle(&self) -> AbortHandle {
        self.abort.clone()
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, Cancelled>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(ready!(self.result.poll_unpin(context)).map_err(|_| Cancelled))
    }
}

/// What a task has returned; none when it was cancelled.
pub fn joined<T>(ended: Result<T, Cancelled>) -> Option<T> {
    ended.ok()
}

/// Tasks that are cancelled when this is dropped.
#[derive(Debug)]
pub struct JoinSet<T>(FuturesUnordered<JoinHandle<T>>);

impl<T: 'static> JoinSet<T> {
    /// No tasks.
    pub(crate) fn new() -> Self {
        Self(FuturesUnordered::new())
    }

    /// How many have not been joined.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Runs another one.
    pub fn spawn(&mut self, task: impl Future<Output = T> + 'static) {
        self.0.push(spawn(task));
    }

    /// Waits for one to end; none when there are none.
    pub async fn join_next(&mut self) -> Option<Result<T, Cancelled>> {
        self.0.next().await
    }

    /// One that has ended.
    pub fn try_join_next(&mut self) -> Option<Result<T, Cancelled>> {
        self.join_next().now_or_never().flatten()
    }
}

impl<T> Drop for JoinSet<T> {
    fn drop(&mut self) {
        self.0.iter().for_each(|task| task.abort.abort());
    }
}
