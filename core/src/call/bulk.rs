//! Bulk writes: completed by setters, begun with their rows.

use std::pin::pin;

use futures_core::Stream;
use futures_util::{StreamExt, stream};
use serde::Serialize;
use tracing::Instrument;

use crate::call::Arguments;
use crate::observe::{record_failure, work_span};
use crate::{
    BulkOperation, BulkOptions, BulkProgress, BulkReport, BulkWriter, CallOptions, Client, Params, Result,
    json,
};

/// A bulk write that has not begun; [`write`](Self::write) begins it.
///
/// Its rows go a few calls at a time, and it takes no more of them from their source than these calls hold. Rows without an
/// ID get one before they are sent, so that nothing is written twice when a response is lost.
#[must_use = "a bulk write begins with its rows"]
pub struct BulkCall {
    client: Client,
    bulk: &'static BulkOperation,
    params: Params,
    options: BulkOptions,
    call: CallOptions,
    progress: Option<Box<dyn FnMut(BulkProgress) + Send>>,
}

impl BulkCall {
    #[doc(hidden)]
    pub fn new(client: &Client, bulk: &'static BulkOperation) -> Self {
        let (client, params, options) = (client.clone(), Params::new(), BulkOptions::default());
        Self { client, bulk, params, options, call: CallOptions::new(), progress: None }
    }

    /// How many rows a call takes, where the server is known to take more than 100. A server that takes fewer says so.
    pub fn limit(mut self, limit: usize) -> Self {
        self.options.limit = Some(limit);
        self
    }

    /// How many calls are on their way at the same time. Default 4.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.options.concurrency = Some(concurrency);
        self
    }

    /// Ends the write with the first row that fails. Rows that are on their way by then may still be written.
    pub fn stop_on_error(mut self) -> Self {
        self.options.stop_on_error = true;
        self
    }

    /// Stages the rows in a transaction, where each row counts as an operation.
    pub fn transaction_id(self, id: impl Into<String>) -> Self {
        self.text("transactionId", id)
    }

    /// Hears how far the write is, after each call.
    pub fn on_progress(mut self, hear: impl FnMut(BulkProgress) + Send + 'static) -> Self {
        self.progress = Some(Box::new(hear));
        self
    }

    /// Sets how each of the calls is made.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.call = options;
        self
    }

    /// Writes the rows and returns what became of each: a row that cannot be written does not keep the others from it.
    /// Rows that are to be updated or deleted are given by their IDs.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) for arguments with which no call could succeed, before the first
    /// row is taken. What happens to rows stands in the report.
    pub async fn write<R: Serialize>(self, rows: impl IntoIterator<Item = R>) -> Result<BulkReport> {
        self.write_stream(stream::iter(rows)).await
    }

    /// As [`write`](Self::write), for rows that arrive one after the other.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub async fn write_stream<R: Serialize>(self, rows: impl Stream<Item = R>) -> Result<BulkReport> {
        let span = work_span(self.bulk.id);
        let written = self.write_all(rows).instrument(span.clone()).await;
        if let Err(error) = &written {
            record_failure(&span, Some(error));
        }
        written
    }

    async fn write_all<R: Serialize>(self, rows: impl Stream<Item = R>) -> Result<BulkReport> {
        let Self { client, bulk, params, options, call, mut progress } = self;
        let mut writer = BulkWriter::new(&client, bulk, params, options, call)?;
        let mut report = |news: Option<BulkProgress>| {
            if let (Some(hear), Some(now)) = (&mut progress, news) {
                hear(now);
            }
        };
        let mut rows = pin!(rows);
        while let Some(row) = rows.next().await {
            let wants_more = match json("row", &row) {
                Ok(row) => writer.push(&row).await,
                Err(error) => writer.push_failed(error).await,
            };
            report(writer.news());
            if !wants_more {
                break;
            }
        }
        while writer.settle().await {
            report(writer.news());
        }
        report(writer.news());
        Ok(writer.report())
    }
}

impl Arguments for BulkCall {
    fn params(&mut self) -> &mut Params {
        &mut self.params
    }
}
