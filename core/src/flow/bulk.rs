//! Writing any number of rows, a few calls at a time.

mod batch;
mod found;
pub(crate) mod generated;
mod operation;
mod report;
mod row;
mod target;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tracing::Instrument;

use self::batch::{Job, Outcome, not_sent};
use self::generated::{BULK_OPERATIONS, CONCURRENCY, LIMIT};
pub use self::operation::{BulkKind, BulkOperation};
pub use self::report::{BulkFailure, BulkProgress, BulkReport};
use self::row::Row;
use self::target::Target;
use super::options;
use crate::error::{Error, Result};
use crate::host::{JoinSet, joined};
use crate::staging::UnfinishedCall;
use crate::{CallOptions, Client, Params, encode};

/// The bulk write with this id, such as `tablesDB.bulkCreateRows`.
pub fn bulk_operation(id: &str) -> Option<&'static BulkOperation> {
    BULK_OPERATIONS.iter().copied().find(|operation| operation.id == id)
}

/// Every bulk write, sorted by id.
pub fn bulk_operations() -> impl Iterator<Item = &'static BulkOperation> {
    BULK_OPERATIONS.iter().copied()
}

/// What may differ from the usual for a bulk write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[non_exhaustive]
pub struct BulkOptions {
    /// How many rows a call takes, where the server is known to take more than 100. A server that takes fewer says so.
    pub limit: Option<usize>,
    /// How many calls are on their way at the same time. Default 4.
    pub concurrency: Option<usize>,
    /// Whether the first row that fails ends the write. Default no: the others are written.
    pub stop_on_error: bool,
}

impl BulkOptions {
    /// Reads options from camel-case JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) that names the option, for one that is unknown or has no such
    /// value.
    pub fn from_json(text: &str) -> Result<Self> {
        let count = "a whole number, more than 0";
        let wanted = [("limit", count), ("concurrency", count), ("stopOnError", "true or false")];
        options::read(text, &wanted)
    }
}

/// Writes rows that are pushed into it, a few calls at a time. It holds as many rows as these calls take, and one call's
/// more: [`push`](Self::push) waits while there are enough.
///
/// A row without an ID gets one before it is sent, so that a call whose response was lost is repeated without writing a row
/// twice. Dropping the writer cancels the calls that are on their way.
pub struct BulkWriter {
    job: Arc<Job>,
    concurrency: usize,
    /// Rows that wait for company.
    rows: Vec<Row>,
    running: JoinSet<Outcome>,
    taken: u64,
    report: BulkReport,
    /// How many rows had been written or had failed when [`news`](Self::news) last said so.
    settled: u64,
    _unfinished: UnfinishedCall,
}

impl BulkWriter {
    /// A write with these parameters of its calls: all but the rows, or the queries that pick them.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for parameters and options with which no call could succeed.
    pub fn new(
        client: &Client,
        bulk: &'static BulkOperation,
        params: Params,
        options: BulkOptions,
        call: CallOptions,
    ) -> Result<Self> {
        let named = |error: Error| error.with_operation(bulk.id);
        for (name, value) in [("limit", options.limit), ("concurrency", options.concurrency)] {
            if value == Some(0) {
                return Err(named(Error::argument(format!("the option `{name}` must be more than 0"))));
            }
        }
        if params.get(bulk.parameter).is_some() {
            let message = format!("`{}` is not a parameter of a bulk write", bulk.parameter);
            return Err(named(Error::argument(message).with_hint("its rows say what it is about")));
        }
        if bulk.kind == BulkKind::Update && params.get("data").is_none() {
            return Err(named(Error::argument("`data` is missing")));
        }
        let none: &[&str] = &[];
        encode::check(bulk.operation, &params.clone().with(bulk.parameter, none)).map_err(named)?;
        // A transaction would stage the rows of a repeated request twice.
        let is_staged = client.transaction().is_some() || params.get("transactionId").is_some();
        let job = Job {
            divides: !is_staged,
            repeatable: !is_staged && is_repeatable(bulk.kind, &params),
            target: Target { client: client.clone(), bulk, params, call },
            stop_on_error: options.stop_on_error,
            limit: AtomicUsize::new(options.limit.unwrap_or(LIMIT)),
            stopped: AtomicBool::new(false),
        };
        Ok(Self {
            job: Arc::new(job),
            concurrency: options.concurrency.unwrap_or(CONCURRENCY),
            rows: Vec::new(),
            running: JoinSet::new(),
            taken: 0,
            report: BulkReport::default(),
            settled: 0,
            _unfinished: client.expect_call(),
        })
    }

    /// Takes a row: an object, or the ID of a row that is to be updated or deleted. Returns whether more are wanted; after an
    /// error that ends the write, rows are not taken any more.
    pub async fn push(&mut self, row: &RawValue) -> bool {
        if self.is_stopped() {
            return false;
        }
        let row = Row::read(self.job.target.bulk.kind, self.taken, row);
        self.take(row).await
    }

    /// As [`push`](Self::push), for a row that could not be written as JSON: it counts as one that failed.
    pub async fn push_failed(&mut self, error: Error) -> bool {
        if self.is_stopped() {
            return false;
        }
        self.take(Err(error)).await
    }

    /// As [`push`](Self::push), for rows in a JSON list. `failed` has, by place in the list and in that order, why a row
    /// could not be written as JSON.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for text that is not a list of JSON.
    pub async fn push_list(&mut self, rows: &str, failed: Vec<(usize, String)>) -> Result<bool> {
        let rows: Vec<&RawValue> = serde_json::from_str(rows)
            .map_err(|cause| Error::argument(format!("the rows are not a JSON list: {cause}")))?;
        let mut failed = failed.into_iter().peekable();
        for (place, row) in rows.into_iter().enumerate() {
            let wants_more = match failed.next_if(|(at, _)| *at == place) {
                Some((_, reason)) => self.push_failed(Error::argument(reason)).await,
                None => self.push(row).await,
            };
            if !wants_more {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn take(&mut self, row: Result<Row>) -> bool {
        let index = self.taken;
        self.taken += 1;
        match row {
            Ok(row) => self.rows.push(row),
            Err(error) => {
                let error = Arc::new(error.with_operation(self.job.target.bulk.id));
                self.report.failures.push(BulkFailure { index, id: None, error });
                if self.job.stop_on_error {
                    self.job.stopped.store(true, Ordering::Relaxed);
                }
            }
        }
        while let Some(done) = self.running.try_join_next() {
            self.note(joined(done));
        }
        if self.rows.len() >= self.job.limit.load(Ordering::Relaxed) {
            while self.running.len() >= self.concurrency {
                self.join().await;
            }
            self.start();
        }
        !self.is_stopped()
    }

    /// Sends the rows that wait for company and waits for one call: `false` when none was left.
    pub async fn settle(&mut self) -> bool {
        if !self.rows.is_empty() && self.running.len() < self.concurrency {
            self.start();
        }
        self.join().await
    }

    /// Waits for everything and returns what became of the rows.
    pub async fn finish(mut self) -> BulkReport {
        while self.settle().await {}
        self.report()
    }

    /// How far the write is.
    pub fn progress(&self) -> BulkProgress {
        let failed = self.report.failures.len() as u64;
        BulkProgress { taken: self.taken, written: self.report.written, failed }
    }

    /// How far the write is, if rows have been written or have failed since the last time.
    pub fn news(&mut self) -> Option<BulkProgress> {
        let progress = self.progress();
        let settled = progress.written + progress.failed;
        (settled != std::mem::replace(&mut self.settled, settled)).then_some(progress)
    }

    /// How many rows a program that has them one by one does best to push together: no more than a call takes.
    pub fn together(&self) -> usize {
        self.job.limit.load(Ordering::Relaxed).min(LIMIT)
    }

    /// What became of the rows so far. It is whole when [`settle`](Self::settle) has returned `false`.
    pub fn report(&mut self) -> BulkReport {
        let mut report = std::mem::take(&mut self.report);
        report.failures.sort_by_key(|failure| failure.index);
        report.stopped = self.is_stopped();
        report
    }

    /// Whether an error has ended the write.
    fn is_stopped(&self) -> bool {
        self.job.stopped.load(Ordering::Relaxed)
    }

    /// Starts a call with the rows that wait.
    fn start(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        if self.is_stopped() {
            let mut outcome = Outcome::default();
            outcome.fail(rows, not_sent().with_operation(self.job.target.bulk.id));
            self.report.failures.extend(outcome.failures);
            return;
        }
        let job = Arc::clone(&self.job);
        self.running.spawn(async move { job.write(rows).await }.in_current_span());
    }

    async fn join(&mut self) -> bool {
        let Some(done) = self.running.join_next().await else { return false };
        self.note(joined(done));
        true
    }

    fn note(&mut self, done: Option<Outcome>) {
        if let Some(outcome) = done {
            self.report.written += outcome.written;
            self.report.failures.extend(outcome.failures);
        }
    }
}

/// Does not show rows: they are the user's data.
impl std::fmt::Debug for BulkWriter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("BulkWriter")
            .field("operation", &self.job.target.bulk.id)
            .field("progress", &self.progress())
            .finish_non_exhaustive()
    }
}

/// Whether a request that may have arrived can be sent again by this module. What may be sent twice by HTTP's rules, the
/// transport repeats by itself.
fn is_repeatable(kind: BulkKind, params: &Params) -> bool {
    match kind {
        BulkKind::Create => true,
        BulkKind::Update => !has_operators(params),
        BulkKind::Upsert | BulkKind::Delete => false,
    }
}

/// Whether a change counts on from what is there, such as `Operator::increment`.
fn has_operators(params: &Params) -> bool {
    let data: Value =
        params.get("data").and_then(|data| serde_json::from_str(data.get()).ok()).unwrap_or_default();
    let is_operator = |value: &Value| value.as_str().is_some_and(|text| text.contains("\"method\""));
    data.as_object().is_some_and(|fields| fields.values().any(is_operator))
}
