//! Functions of a program that hear of its calls.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use http::header::HeaderMap;

use super::event::CallEvent;
use super::level::Level;
use crate::settings::{header_name, header_value, put_header};

type Hook = Box<dyn Fn(&CallEvent<'_>) + Send + Sync>;
type Headers = Box<dyn Fn() -> Vec<(String, String)> + Send + Sync>;
type Logger = Box<dyn Fn(Level, &str) + Send + Sync>;

/// What a hook can hear of.
#[derive(Clone, Copy)]
pub(crate) enum Moment {
    BeforeAttempt,
    AfterAttempt,
    BeforeRetry,
}

/// Functions that hear of the attempts of a client's calls, and of what is logged. They run where the call runs: one that
/// waits holds the call up. A function that panics changes nothing; what it should have heard is lost.
///
/// ```
/// use polywrite::{Client, Hooks};
///
/// let client = Client::new().with_hooks(Hooks::new().after_attempt(|event| {
///     println!("{} {:?} after {:?}", event.operation, event.status, event.elapsed);
/// }));
/// # let _ = client;
/// ```
#[derive(Default)]
pub struct Hooks {
    before_attempt: Option<Hook>,
    after_attempt: Option<Hook>,
    before_retry: Option<Hook>,
    headers: Option<Headers>,
    logger: Option<(Level, Logger)>,
}

impl Hooks {
    /// No function.
    pub fn new() -> Self {
        Self::default()
    }

    /// Called before each attempt.
    #[must_use]
    pub fn before_attempt(mut self, hook: impl Fn(&CallEvent<'_>) + Send + Sync + 'static) -> Self {
        self.before_attempt = Some(Box::new(hook));
        self
    }

    /// Called after each attempt, with the status of its response or why it failed.
    #[must_use]
    pub fn after_attempt(mut self, hook: impl Fn(&CallEvent<'_>) + Send + Sync + 'static) -> Self {
        self.after_attempt = Some(Box::new(hook));
        self
    }

    /// Called before the wait that another attempt follows.
    #[must_use]
    pub fn before_retry(mut self, hook: impl Fn(&CallEvent<'_>) + Send + Sync + 'static) -> Self {
        self.before_retry = Some(Box::new(hook));
        self
    }

    /// Called for each attempt, in the span of its call: names and values of the headers that name a trace to the server,
    /// such as `traceparent`. A header that the request has already stays, and what cannot be a header is left out.
    #[must_use]
    pub fn headers(mut self, hook: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static) -> Self {
        self.headers = Some(Box::new(hook));
        self
    }

    /// Called with each line of the log up to a level, which then goes nowhere else. Without a level it is that of
    /// `POLYWRITE_LOG`, and `debug` without that.
    #[must_use]
    pub fn logger(
        mut self,
        level: Option<Level>,
        logger: impl Fn(Level, &str) + Send + Sync + 'static,
    ) -> Self {
        let level = level.or_else(Level::of_environment).unwrap_or(Level::Debug);
        self.logger = Some((level, Box::new(logger)));
        self
    }

    /// Reports a moment, if the program wants to hear of such moments.
    pub(crate) fn report<'call>(&self, moment: Moment, event: impl FnOnce() -> CallEvent<'call>) {
        let hook = match moment {
            Moment::BeforeAttempt => &self.before_attempt,
            Moment::AfterAttempt => &self.after_attempt,
            Moment::BeforeRetry => &self.before_retry,
        };
        if let Some(hook) = hook {
            guarded(|| hook(&event()));
        }
    }

    /// Adds the headers that name a trace.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) {
        let Some(hook) = &self.headers else { return };
        guarded(|| {
            for (name, value) in hook() {
                let (Ok(name), Ok(value)) = (header_name(&name), header_value(&name, &value)) else {
                    continue;
                };
                if !headers.contains_key(&name) && !value.is_sensitive() {
                    put_header(headers, name, value);
                }
            }
        });
    }

    /// Passes a line on, if the program takes lines. Says whether it does.
    pub(super) fn log(&self, level: Level, line: impl FnOnce() -> String) -> bool {
        let Some((limit, logger)) = &self.logger else { return false };
        if level <= *limit {
            guarded(|| logger(level, &line()));
        }
        true
    }
}

/// Runs a function of the program's, which must not end the call.
fn guarded(function: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(function)).is_err() {
        tracing::error!("a hook panicked");
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Hooks")
            .field("before_attempt", &self.before_attempt.is_some())
            .field("after_attempt", &self.after_attempt.is_some())
            .field("before_retry", &self.before_retry.is_some())
            .field("headers", &self.headers.is_some())
            .field("logger", &self.logger.as_ref().map(|(level, _)| level))
            .finish()
    }
}
