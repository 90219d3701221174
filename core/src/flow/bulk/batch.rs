//! Writing one batch of rows, whatever happens on the way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::value::RawValue;

use super::found::Found;
use super::operation::BulkKind;
use super::report::BulkFailure;
use super::row::{Row, pick};
use super::target::Target;
use crate::arrival::may_be_done;
use crate::error::{Error, ErrorKind, Result};

/// What the batches of a bulk write share.
pub(super) struct Job {
    pub(super) target: Target,
    pub(super) stop_on_error: bool,
    /// Whether rows that were refused together are sent again in parts. A transaction stages all of them or fails.
    pub(super) divides: bool,
    /// Whether a request that may have arrived can be sent again without harm.
    pub(super) repeatable: bool,
    /// How many rows a call takes; the server may say less.
    pub(super) limit: AtomicUsize,
    /// Whether no further row is to be sent.
    pub(super) stopped: AtomicBool,
}

/// What became of a batch.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) written: u64,
    pub(super) failures: Vec<BulkFailure>,
}

impl Job {
    /// Writes rows; those that the server refuses together are sent again in parts, until each refused one is found.
    pub(super) async fn write(&self, rows: Vec<Row>) -> Outcome {
        let mut outcome = Outcome::default();
        let mut parts = vec![rows];
        while let Some(mut rows) = parts.pop() {
            if self.stopped.load(Ordering::Relaxed) {
                outcome.fail(rows, not_sent());
                continue;
            }
            let limit = self.limit.load(Ordering::Relaxed);
            if rows.len() > limit {
                parts.push(rows.split_off(limit));
            }
            let error = match self.send(&rows).await {
                Ok(()) => {
                    outcome.written += rows.len() as u64;
                    continue;
                }
                Err(error) => error,
            };
            if let Some(limit) = limit_of(&error).filter(|limit| *limit < rows.len()) {
                self.limit.fetch_min(limit, Ordering::Relaxed);
                parts.push(rows);
                continue;
            }
            if rows.len() > 1 && self.divides && is_about_rows(&error) {
                let (refused, rest) = self.divide(rows, &error).await;
                parts.extend(rest.into_iter().filter(|rows| !rows.is_empty()));
                rows = refused;
                if rows.is_empty() {
                    continue;
                }
            }
            if self.stop_on_error || !self.divides || !is_about_rows(&error) {
                self.stopped.store(true, Ordering::Relaxed);
            }
            outcome.fail(rows, error);
        }
        outcome
    }

    /// Divides rows that were refused together: those that surely are the reason, and parts to try again.
    async fn divide(&self, mut rows: Vec<Row>, error: &Error) -> (Vec<Row>, [Vec<Row>; 2]) {
        if self.target.bulk.kind == BulkKind::Create && error.kind() == ErrorKind::Conflict {
            // The server does not say which of the IDs is taken.
            let found = Found::by_ids(&self.target, &rows).await.unwrap_or_default();
            let (taken, free): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| found.has(&row.id));
            if !taken.is_empty() {
                return (taken, [free, Vec::new()]);
            }
            rows = free;
        }
        let later = rows.split_off(rows.len() / 2);
        (Vec::new(), [later, rows])
    }

    /// Sends rows in one call. One that may have arrived although its response was lost is sent again where that does no
    /// harm, and rows that are there by then count as written.
    async fn send(&self, rows: &[Row]) -> Result<()> {
        let retries = if self.repeatable { self.retries() } else { 0 };
        let mut lost = 0;
        loop {
            let Err(error) = self.call(rows).await else { return Ok(()) };
            let is_lost = may_be_done(&error);
            lost += u32::from(is_lost);
            if lost == 0 {
                return Err(error);
            }
            if is_lost && lost <= retries {
                self.wait_after(lost).await;
                continue;
            }
            if self.repeatable && self.target.bulk.kind == BulkKind::Create {
                let found = Found::by_ids(&self.target, rows).await;
                let found = found.map_err(|error| error.with_hint(MAY_BE_WRITTEN))?;
                if found.are_all_of(rows) {
                    return Ok(());
                }
            }
            return Err(if is_lost { error.with_hint(MAY_BE_WRITTEN) } else { error });
        }
    }

    async fn call(&self, rows: &[Row]) -> Result<()> {
        let mut params = self.target.params.clone();
        if self.target.bulk.kind.takes_rows() {
            let texts: Vec<&str> = rows.iter().map(|row| row.json.as_str()).collect();
            let list = RawValue::from_string(format!("[{}]", texts.join(",")))
                .map_err(|cause| Error::argument(format!("the rows are not JSON: {cause}")))?;
            params.set_raw(self.target.bulk.parameter, list);
        } else {
            params.set(self.target.bulk.parameter, &[pick(rows)]);
        }
        self.target
            .client
            .execute(self.target.bulk.operation, params, self.target.call.clone())
            .await
            .map(drop)
    }

    fn retries(&self) -> u32 {
        self.target.call.retries.unwrap_or(self.target.client.settings().retry.max)
    }

    async fn wait_after(&self, attempt: u32) {
        let settings = self.target.client.settings();
        settings.clock.0.sleep(settings.retry.backoff(attempt)).await;
    }
}

impl Outcome {
    pub(super) fn fail(&mut self, rows: Vec<Row>, error: Error) {
        let error = Arc::new(error);
        let failure =
            |row: Row| BulkFailure { index: row.index, id: Some(row.id), error: Arc::clone(&error) };
        self.failures.extend(rows.into_iter().map(failure));
    }
}

const MAY_BE_WRITTEN: &str = "the server may have written the rows: read them before you write them again";

/// The error for rows that were taken and not sent any more.
pub(super) fn not_sent() -> Error {
    Error::new(ErrorKind::Cancelled, "the row was not sent, because an earlier one failed")
}

/// Whether an error is about what the rows are, so that others may do better.
fn is_about_rows(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Argument | ErrorKind::Conflict)
}

/// How many rows a call takes, by the words of a server that got more.
fn limit_of(error: &Error) -> Option<usize> {
    if error.status() != Some(400) {
        return None;
    }
    let (_, rest) = error.message().split_once("no longer than ")?;
    let number = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
    number.parse().ok().filter(|limit| *limit > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_tells_how_many_rows_it_takes() {
        let limit = |message: &str| limit_of(&Error::argument(message).with_status(400));
        let words = "Invalid `rows` param: Value must a valid array no longer than 100 items and Value must be a valid";
        assert_eq!(limit(words), Some(100));
        assert_eq!(limit("Invalid document structure: no longer than"), None);
        assert_eq!(limit("no longer than 0 items"), None);
        assert_eq!(limit_of(&Error::argument(words)), None, "our own words are not the server's");
    }
}
