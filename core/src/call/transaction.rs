//! Work in a transaction with a typed service.

use tracing::Instrument;

use crate::observe::{record_failure, work_span};
use crate::{Client, Error, Result, TransactionOptions, TransactionRun};

/// Work in a transaction that has not begun; [`run`](Self::run) begins it.
#[must_use = "a transaction begins with its work"]
pub struct TransactionCall<S> {
    client: Client,
    service: &'static str,
    options: TransactionOptions,
    make: fn(&Client) -> S,
}

impl<S> TransactionCall<S> {
    #[doc(hidden)]
    pub fn new(client: &Client, service: &'static str, make: fn(&Client) -> S) -> Self {
        Self { client: client.clone(), service, options: TransactionOptions::default(), make }
    }

    /// Does the work with what `make` makes of the client whose calls belong to the transaction.
    pub fn serving<T>(self, make: fn(&Client) -> T) -> TransactionCall<T> {
        TransactionCall { client: self.client, service: self.service, options: self.options, make }
    }

    /// How often the work is begun at most when it meets a conflict or takes too long; a few times by default.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.options.attempts = Some(attempts);
        self
    }

    /// Seconds until the server ends the transaction by itself, 60 to 3600; the server's default without.
    pub fn ttl(mut self, seconds: u64) -> Self {
        self.options.ttl = Some(seconds);
        self
    }

    /// Does the work with a service whose calls all belong to the transaction, and commits. An error of the work, and
    /// dropping the future, roll back.
    ///
    /// When somebody else has changed a row that the work changed, or the transaction's time is over, nothing of it is
    /// written and the work is done again from its beginning, after a short wait: so it must be able to run twice.
    ///
    /// Reads within the work see rows that it has staged, but not counts (`increment_row_column`), and operations are only
    /// checked in full by the commit. The service refuses calls that cannot take part, such as those that change tables, and
    /// more writes than a transaction takes.
    ///
    /// # Errors
    /// The work's own; and the commit's, [`ErrorKind::Conflict`](crate::ErrorKind::Conflict) when each attempt met one.
    pub async fn run<T, E: From<Error>>(self, work: impl AsyncFnMut(S) -> Result<T, E>) -> Result<T, E> {
        let span = work_span(&format!("{}.transaction", self.service));
        let done = self.attempt(work).instrument(span.clone()).await;
        done.map_err(|failure| match failure {
            Failure::Call(error) => {
                let error = error.in_snake_case();
                record_failure(&span, Some(&error));
                error.into()
            }
            Failure::Work(error) => {
                record_failure(&span, None);
                error
            }
        })
    }

    async fn attempt<T, E>(self, mut work: impl AsyncFnMut(S) -> Result<T, E>) -> Result<T, Failure<E>> {
        let mut run = TransactionRun::new(&self.client, self.service, self.options)?;
        loop {
            let client = run.begin().await?;
            match work((self.make)(&client)).await {
                Ok(value) => {
                    if run.commit().await? {
                        return Ok(value);
                    }
                }
                Err(error) => {
                    if !run.roll_back().await {
                        return Err(Failure::Work(error));
                    }
                }
            }
        }
    }
}

/// Why a transaction came to nothing: a call that begins or ends it, or the work itself.
enum Failure<E> {
    Call(Error),
    Work(E),
}

impl<E> From<Error> for Failure<E> {
    fn from(error: Error) -> Self {
        Failure::Call(error)
    }
}
