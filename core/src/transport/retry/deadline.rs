//! When a call must have ended.

use std::time::Duration;

use crate::error::{Error, ErrorKind, Result, seconds};
use crate::host::timer::{Instant, timeout_at};

/// When a call must have ended, all its attempts and waits included. Without an end it takes the time that it needs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Deadline(Option<End>);

#[derive(Clone, Copy, Debug)]
struct End {
    limit: Duration,
    at: Instant,
}

impl Deadline {
    /// The end of a call that begins now.
    pub(crate) fn from_now(limit: Option<Duration>) -> Self {
        // A limit beyond what the clock can count never passes.
        Self(limit.and_then(|limit| Some(End { limit, at: Instant::now().checked_add(limit)? })))
    }

    /// Waits for something until the end.
    ///
    /// # Errors
    /// `Timeout` when the end comes first.
    pub(crate) async fn limit<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        let Some(End { limit, at }) = self.0 else { return Ok(work.await) };
        timeout_at(at, work).await.map_err(|_| {
            Error::new(ErrorKind::Timeout, format!("the call's deadline of {} has passed", seconds(limit))).with_hint(
                "the server may have received the request; `deadline` sets how long a call may take in all",
            )
        })
    }

    /// Why no attempt is made after a wait, when that would end too late.
    pub(crate) fn forbids(&self, wait: Duration) -> Option<String> {
        let End { limit, at } = self.0?;
        let in_time = Instant::now().checked_add(wait).is_some_and(|then| then < at);
        (!in_time)
            .then(|| format!("the call's deadline of {} leaves no time for another attempt", seconds(limit)))
    }
}
