//! The attempts of one call.

use std::time::{Duration, Instant};

use super::backoff;
use super::failure::{Failure, Retry, When};
use crate::error::{Attempt, Error, Result, seconds};
use crate::operation::Method;
use crate::options::CallOptions;
use crate::settings::Settings;
use crate::transport::http::request::Request;

/// Counts the failed attempts of one call and decides about the next.
pub(in crate::transport) struct Attempts<'call> {
    settings: &'call Settings,
    request: &'call Request,
    retries: u32,
    failed: Vec<Attempt>,
    began: Instant,
}

impl<'call> Attempts<'call> {
    pub(in crate::transport) fn new(
        settings: &'call Settings,
        request: &'call Request,
        options: &CallOptions,
    ) -> Self {
        let retries = options.retries.unwrap_or(settings.retry.max);
        Self { settings, request, retries, failed: Vec::new(), began: Instant::now() }
    }

    /// Waits until another attempt may be made.
    ///
    /// # Errors
    /// The call's error when no other attempt may be made.
    pub(in crate::transport) async fn wait_after(&mut self, failure: Failure) -> Result<()> {
        let mut wait = self.next_wait(failure.retry);
        let mut error = redacted(self.request, failure.error);
        if let Some(reason) = wait.and_then(|wait| self.request.deadline.forbids(wait)) {
            wait = None;
            error = error.with_further_hint(reason);
        }
        self.failed.push(Attempt {
            kind: error.kind(),
            status: error.status(),
            message: error.message().to_owned(),
            elapsed: self.began.elapsed(),
            wait,
        });
        let Some(wait) = wait else { return Err(self.give_up(error, failure.retry)) };
        tracing::debug!(operation = self.request.operation.id, ?wait, "attempt failed: {}", error.message());
        if !wait.is_zero() {
            self.settings.clock.0.sleep(wait).await;
        }
        self.began = Instant::now();
        Ok(())
    }

    /// How long to wait before the next attempt; `None` when there is no other attempt.
    fn next_wait(&self, retry: Retry) -> Option<Duration> {
        let when = match retry {
            Retry::Never => return None,
            Retry::IfRepeatable(_) if !self.request.repeatable => return None,
            Retry::IfRepeatable(when) | Retry::Always(when) => when,
        };
        let policy = &self.settings.retry;
        let failed = self.failed.len() as u32;
        if failed >= self.retries {
            return None;
        }
        match when {
            When::AtOnce if failed == 0 => Some(Duration::ZERO),
            When::AtOnce | When::Backoff => Some(policy.backoff(failed)),
            When::After(wait) if wait > policy.max_server_delay => None,
            When::After(wait) => Some(backoff::after(policy, wait)),
        }
    }

    fn give_up(&mut self, error: Error, retry: Retry) -> Error {
        let repeated_delete = self.request.method == Method::Delete && self.failed.len() > 1;
        let error = match (error.status(), retry) {
            (Some(404), _) if repeated_delete => {
                error.with_hint("an earlier attempt of this call may have deleted it")
            }
            (_, Retry::Always(When::After(wait)) | Retry::IfRepeatable(When::After(wait)))
                if !wait.is_zero() =>
            {
                error
                    .with_further_hint(format!("the server asks to wait {}", seconds(wait)))
                    .with_retry_after(wait)
            }
            _ => error,
        };
        error.with_operation(self.request.operation.id).with_attempts(std::mem::take(&mut self.failed))
    }
}

/// The error without the credentials of the request, which a server or a library may have quoted.
fn redacted(request: &Request, error: Error) -> Error {
    let carried = request.headers.iter().filter(|(name, value)| {
        // The user that an administrator impersonates is not a secret, and a message should name that user.
        value.is_sensitive() && !name.as_str().starts_with("x-appwrite-impersonate")
    });
    let values = carried.filter_map(|(_, value)| std::str::from_utf8(value.as_bytes()).ok());
    values.fold(error, |error, value| {
        // `Bearer token` and `name=value; name=value` may be quoted in parts.
        let parts =
            value.split([' ', ';']).flat_map(|part| [part, part.split_once('=').unwrap_or_default().1]);
        parts.fold(error.without(value), Error::without)
    })
}
