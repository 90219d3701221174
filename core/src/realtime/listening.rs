use std::panic::resume_unwind;
use std::sync::Arc;

use tokio::task::JoinHandle;

use super::event::RealtimeMessage;
use super::subscription::Subscription;
use crate::error::{Error, ErrorKind, Result};

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
        let task = tokio::spawn(async move {
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
        task.await.unwrap_or_else(|ended| match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => Err(Error::new(ErrorKind::Network, "the runtime of the subscription has ended")),
        })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.close();
    }
}
