//! Work in a transaction: begun, committed or rolled back, and begun again after a conflict.

mod calls;
mod generated;

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use self::calls::Calls;
use self::generated::{AGAIN, ATTEMPTS, BASE_DELAY, MOST, PARAMETER, SERVICES};
use super::options;
use crate::arrival::may_be_done;
use crate::error::{Error, Result};
use crate::settings::RetryPolicy;
use crate::staging::{Rules, Staging};
use crate::{CallOptions, Client, Params, host};

/// The longest wait between two attempts is so many times the first.
const MOST_DOUBLINGS: u32 = 5;

/// What may differ from the usual for work in a transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct TransactionOptions {
    /// How often the work is begun at most when it meets a conflict or takes too long; none for a few times.
    pub attempts: Option<u32>,
    /// Seconds until the server ends the transaction by itself, 60 to 3600; none for the server's default.
    pub ttl: Option<u64>,
}

impl TransactionOptions {
    /// Reads options from camel-case JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) that names the option, for one that is unknown or has no such value.
    pub fn from_json(text: &str) -> Result<Self> {
        options::read(
            text,
            &[("attempts", "a whole number, more than 0"), ("ttl", "a whole number of seconds")],
        )
    }
}

/// Work in a transaction, for languages that run the work themselves: [`begin`](Self::begin), do the work with the client
/// that it returns, then [`commit`](Self::commit) or [`roll_back`](Self::roll_back); when that says so, from the beginning.
///
/// Dropping it in the middle rolls the transaction back, if a tokio runtime is there to do it.
#[derive(Debug)]
pub struct TransactionRun {
    client: Client,
    calls: &'static Calls,
    options: TransactionOptions,
    attempts: u32,
    open: Option<Arc<Staging>>,
}

impl TransactionRun {
    /// Work with a service such as `tablesDB`; nothing is sent yet.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for a service without transactions, no attempts, and within
    /// another transaction.
    pub fn new(client: &Client, service: &str, options: TransactionOptions) -> Result<Self> {
        let calls = SERVICES.iter().find(|calls| calls.service == service).ok_or_else(|| {
            Error::argument(format!("the service `{}` has no transactions", service.escape_debug()))
        })?;
        if client.transaction().is_some() {
            return Err(Error::argument("a transaction cannot begin within another")
                .with_hint("use the one that is there: its calls happen together"));
        }
        if options.attempts == Some(0) {
            return Err(Error::argument("the option `attempts` must be more than 0"));
        }
        Ok(Self { client: client.clone(), calls, options, attempts: 0, open: None })
    }

    /// Begins a transaction, after a wait when it is not the first; returns a client whose calls belong to it.
    ///
    /// The client adds the transaction's ID to each call, refuses calls that cannot take part, and those beyond the
    /// writes that a transaction takes. After the end of the transaction it refuses all.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn begin(&mut self) -> Result<Client> {
        if self.attempts > 0 {
            self.client.settings().clock.0.sleep(wait_before(self.attempts)).await;
        }
        self.attempts += 1;
        let mut params = Params::new();
        if let Some(ttl) = self.options.ttl {
            params.set("ttl", &ttl);
        }
        let id = self.client.execute(self.calls.begin, params, CallOptions::new()).await?;
        let Begun { id } = id.json()?;
        let rules = Rules {
            service: self.calls.service,
            stage: self.calls.stage,
            parameter: PARAMETER,
            most: MOST,
            again: AGAIN,
        };
        let staging = Arc::new(Staging::new(id, rules));
        self.open = Some(Arc::clone(&staging));
        Ok(self.client.within(staging))
    }

    /// Commits: `true` when that is done, `false` when a conflict or the time says to begin again.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) when a call of the transaction has no result yet, which the
    /// transaction does not survive; otherwise as [`Client::execute`]. After a failure of the network it reads whether the
    /// server has committed.
    pub async fn commit(&mut self) -> Result<bool> {
        let Some(staging) = self.open.clone() else {
            return Err(Error::argument("a commit needs an open transaction").with_hint("begin one"));
        };
        if !staging.end() {
            self.roll_back().await;
            let message = "a call of the transaction has no result yet; the transaction was rolled back";
            return Err(Error::argument(message)
                .with_hint("await every call before the end of the function that gets the transaction"));
        }
        let result = self.commit_once(&staging).await;
        self.open = None;
        match result {
            Ok(()) => Ok(true),
            Err(Refused { may_repeat, error }) => {
                if (may_repeat || staging.is_passing(&error)) && self.has_attempts() {
                    return Ok(false);
                }
                Err(error)
            }
        }
    }

    /// Rolls back, for work that has failed: `true` when one of its calls met a conflict or came too late, so that it
    /// should begin again; `false` when its failure counts. Without an open transaction it does nothing.
    ///
    /// A roll-back that fails is not reported: what was staged comes to nothing when the transaction's time is over.
    pub async fn roll_back(&mut self) -> bool {
        let Some(staging) = self.open.clone() else { return false };
        staging.end();
        roll_back(&self.client, self.calls, staging.id()).await;
        self.open = None;
        staging.may_repeat() && self.has_attempts()
    }

    fn has_attempts(&self) -> bool {
        self.attempts < self.options.attempts.unwrap_or(ATTEMPTS)
    }

    /// Commits, and finds out whether that worked when there was no response.
    async fn commit_once(&self, staging: &Staging) -> Result<(), Refused> {
        let id = staging.id();
        let error = match end(&self.client, self.calls, id, "commit").await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if !may_be_done(&error) || staging.is_passing(&error) {
            return Err(Refused { may_repeat: false, error });
        }
        let Some(status) = self.status(id).await else {
            let hint = "the server may have committed the transaction: read what it was to write";
            return Err(Refused { may_repeat: false, error: error.with_hint(hint) });
        };
        match status.as_str() {
            "committed" => Ok(()),
            "pending" => {
                let Err(error) = end(&self.client, self.calls, id, "commit").await else { return Ok(()) };
                // The first request may have arrived after all.
                match self.status(id).await.as_deref() {
                    Some("committed") => Ok(()),
                    _ => Err(Refused { may_repeat: false, error }),
                }
            }
            // It wrote nothing, for a reason that got lost with the response.
            _ => Err(Refused { may_repeat: true, error }),
        }
    }

    /// The transaction's status, if the server says it.
    async fn status(&self, id: &str) -> Option<String> {
        let params = Params::new().with(PARAMETER, id);
        let response = self.client.execute(self.calls.read, params, CallOptions::new()).await.ok()?;
        response.json::<Stands>().ok().map(|transaction| transaction.status)
    }
}

impl Drop for TransactionRun {
    fn drop(&mut self) {
        let (Some(staging), Ok(tasks)) = (self.open.take(), host::tasks()) else {
            return;
        };
        staging.end();
        let (client, calls) = (self.client.clone(), self.calls);
        tasks.spawn(async move { roll_back(&client, calls, staging.id()).await });
    }
}

/// Why a commit failed, and whether another transaction may succeed.
struct Refused {
    may_repeat: bool,
    error: Error,
}

#[derive(Deserialize)]
struct Begun {
    #[serde(rename = "$id")]
    id: String,
}

#[derive(Deserialize)]
struct Stands {
    status: String,
}

/// Ends a transaction: `how` is `commit` or `rollback`.
async fn end(client: &Client, calls: &'static Calls, id: &str, how: &'static str) -> Result<()> {
    let params = Params::new().with(PARAMETER, id).with(how, &true);
    client.execute(calls.end, params, CallOptions::new()).await.map(drop)
}

async fn roll_back(client: &Client, calls: &'static Calls, id: &str) {
    if let Err(error) = end(client, calls, id, "rollback").await {
        tracing::debug!("a transaction could not be rolled back, and ends with its time: {error}");
    }
}

/// A wait at random, longer with each attempt, so that transactions in each other's way do not meet again.
fn wait_before(attempts: u32) -> Duration {
    let max_delay = BASE_DELAY * (1 << MOST_DOUBLINGS);
    RetryPolicy { base_delay: BASE_DELAY, max_delay, ..RetryPolicy::default() }.backoff(attempts - 1)
}
