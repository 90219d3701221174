//! The attempts of one call.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::StatusCode;
use http::header::HeaderMap;

use super::backoff;
use super::failure::{Failure, Retry, When};
use crate::error::{Attempt, Error, Result, seconds};
use crate::host::Instant;
use crate::observe::{CallEvent, Hooks, Level, Moment, headers, log};
use crate::operation::Method;
use crate::options::CallOptions;
use crate::response::ResponseInfo;
use crate::settings::Settings;
use crate::transport::http::request::Request;

/// Counts the failed attempts of one call and decides about the next.
pub(in crate::transport) struct Attempts<'call> {
    settings: &'call Settings,
    hooks: Option<&'call Hooks>,
    request: &'call Request,
    /// What hooks know the request by.
    number: u64,
    retries: u32,
    failed: Vec<Attempt>,
    began: Instant,
    /// When the present attempt began.
    attempt_began: Instant,
}

impl<'call> Attempts<'call> {
    pub(in crate::transport) fn new(
        settings: &'call Settings,
        hooks: Option<&'call Hooks>,
        request: &'call Request,
        options: &CallOptions,
    ) -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        let number = hooks.map_or(0, |_| LAST.fetch_add(1, Ordering::Relaxed) + 1);
        let retries = options.retries.unwrap_or(settings.retry.max);
        let now = Instant::now();
        Self { settings, hooks, request, number, retries, failed: Vec::new(), began: now, attempt_began: now }
    }

    /// Reports that an attempt begins.
    pub(in crate::transport) fn begin(&self) {
        self.report(Moment::BeforeAttempt, |event| event);
        log(self.hooks, Level::Trace, || format!("{} > {}", self.line(), headers(&self.request.headers)));
    }

    /// Reports that an attempt succeeded, and returns how the call went.
    pub(in crate::transport) fn succeed(self, status: StatusCode, headers: HeaderMap) -> ResponseInfo {
        let elapsed = self.attempt_began.elapsed();
        self.report(Moment::AfterAttempt, |event| CallEvent {
            status: Some(status.as_u16()),
            elapsed: Some(elapsed),
            ..event
        });
        log(self.hooks, Level::Debug, || {
            format!("{}: {} in {}", self.line(), status.as_u16(), seconds(elapsed))
        });
        let (began, duration) = (self.began, self.began.elapsed());
        ResponseInfo { status, headers, attempts: self.failed, began, duration }
    }

    /// Reports a moment of the present attempt, if somebody listens.
    fn report<'event>(&self, moment: Moment, details: impl FnOnce(CallEvent<'event>) -> CallEvent<'event>)
    where
        'call: 'event,
    {
        let Some(hooks) = self.hooks else { return };
        hooks.report(moment, || {
            details(CallEvent {
                request: self.number,
                operation: self.request.operation.id,
                method: self.request.method.as_str(),
                host: self.settings.endpoint.host(),
                path: self.settings.path_of(self.request.operation),
                attempt: self.attempt(),
                status: None,
                elapsed: None,
                wait: None,
                kind: None,
                error: None,
            })
        });
    }

    /// The number of the present attempt.
    fn attempt(&self) -> u32 {
        self.failed.len() as u32 + 1
    }

    /// What a line of the log begins with.
    fn line(&self) -> String {
        let Request { operation, method, .. } = self.request;
        let (method, path) = (method.as_str(), self.settings.path_of(operation));
        let (host, attempt) = (self.settings.endpoint.host(), self.attempt());
        format!("{}: {method} {host} {path}, attempt {attempt}", operation.id)
    }

    /// Waits until another attempt may be made.
    ///
    /// # Errors
    /// The call's error when no other attempt may be made.
    pub(in crate::transport) async fn wait_after(&mut self, failure: Failure) -> Result<()> {
        let mut wait = self.next_wait(failure.retry);
        let mut error = self.request.redacted(failure.error);
        if let Some(reason) = wait.and_then(|wait| self.request.deadline.forbids(wait)) {
            wait = None;
            error = error.with_further_hint(reason);
        }
        let elapsed = self.attempt_began.elapsed();
        self.report_failure(&error, elapsed, wait);
        self.failed.push(Attempt {
            kind: error.kind(),
            status: error.status(),
            message: error.message().to_owned(),
            elapsed,
            wait,
        });
        let Some(wait) = wait else { return Err(self.give_up(error, failure.retry)) };
        if !wait.is_zero() {
            self.settings.clock.0.sleep(wait).await;
        }
        self.attempt_began = Instant::now();
        Ok(())
    }

    /// Reports that the present attempt failed, and how long to wait for the next, if there is one.
    fn report_failure(&self, error: &Error, elapsed: Duration, wait: Option<Duration>) {
        let details = |event| CallEvent {
            status: error.status(),
            elapsed: Some(elapsed),
            wait,
            kind: Some(error.kind()),
            error: Some(error.message()),
            ..event
        };
        self.report(Moment::AfterAttempt, details);
        if wait.is_some() {
            self.report(Moment::BeforeRetry, details);
        }
        log(self.hooks, Level::Debug, || {
            format!("{}: {} in {}", self.line(), error.message(), seconds(elapsed))
        });
        if let Some(wait) = wait {
            log(self.hooks, Level::Info, || {
                format!("{} failed; the next one follows in {}", self.line(), seconds(wait))
            });
        }
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
