use std::sync::Arc;

use super::event::RealtimeMessage;
use super::subscription::Subscription;
use crate::error::{Error, ErrorKind, Result};
use crate::host::{JoinHandle, joined, spawn};

/// A subscription whose messages a function gets. Dropping it ends the subscription.
#[derive(Debug)]
#[must_use]
pub struct Listening {
    subscription: Arc<Subscription>,
    task: Option<JoinHandle<Result<()>>>,
}

impl Listening {
    pub(super) fn begin<F>(
        subscription: Subscription,
        mut callback: impl FnMut(RealtimeMessage) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let subscription = Arc::new(subscription);
        let messages = Arc::clone(&subscription);
        let task = spawn(async move {
            while let Some(message) = messages.next().await? {
                callback(message).await;
            }
            Ok(())
        });
        Self { subscription, task: Some(task) }
    }

    /// Ends the subscription. The function gets what has arrived already.
    pub fn close(&self) {
        self.subscription.close();
    }

    /// Waits until the function has had the last message.
    ///
    /// # Errors
    /// What the subscription ended with, as [`Subscription::next`]. A panic of the function goes on here.
    pub async fn closed(mut self) -> Result<()> {
        let Some(task) = self.task.take() else { return Ok(()) };
        joined(task.await).unwrap_or_else(|| {
            Err(Error::new(ErrorKind::Network, "the runtime of the subscription has ended"))
        })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.close();
    }
}
