//! Work that takes several commands: transactions and bulk writes. A language names one by its number.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use polywrite::{
    BulkOptions, BulkWriter, Client, Error, PerProcess, Response, Result, TransactionOptions, TransactionRun,
    bulk_operation,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::given::Given;
use crate::numbers;
use crate::outcome::Outcome;
use crate::watch::Gathered;

/// What a command does with such work, as its record says it in JSON.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Step {
    /// Begins a transaction of the operation's service, or another one of the same work. Its number comes back.
    Begin { options: Option<Value>, again: Option<u32> },
    /// Ends a transaction. Whether the work should begin again comes back.
    End { number: u32, commits: bool },
    /// Opens a bulk write with the parameters of its calls. Its number comes back, and how many rows to push together.
    Write { name: String, options: Option<Value> },
    /// Takes the rows that are the parameter `rows`; `failed` has why some of them could not be written as JSON, by place.
    /// How far the write is comes back, if that has changed, and whether it wants more.
    Push {
        number: u32,
        #[serde(default)]
        failed: Vec<(usize, String)>,
    },
    /// Waits for one call of a write. What comes back is as of a push.
    Settle { number: u32 },
    /// Closes a write. What became of its rows comes back.
    Report { number: u32 },
    /// Forgets work that has come to nothing.
    Forget { number: u32 },
}

#[derive(Default)]
struct Table {
    runs: HashMap<u32, (TransactionRun, Option<Client>)>,
    /// What is heard of work, where something is.
    heard: HashMap<u32, Arc<Gathered>>,
    /// Each with a lock of its own, which a step holds.
    writers: HashMap<u32, Arc<tokio::sync::Mutex<BulkWriter>>>,
}

/// The work of this process. The calls of a parent's run in the parent.
static TABLE: PerProcess<Mutex<Table>> = PerProcess::new();

impl Table {
    fn forget(&mut self, number: u32) -> impl Sized + use<> {
        self.heard.remove(&number);
        (self.runs.remove(&number), self.writers.remove(&number))
    }
}

/// The client whose calls belong to an open transaction.
///
/// # Errors
/// `Argument` when it has ended.
pub(crate) fn within(number: u32) -> Result<Client> {
    let table = TABLE.lock();
    let client = table.runs.get(&number).and_then(|(_, client)| client.clone());
    client.ok_or_else(|| Error::argument("the transaction has ended"))
}

impl Step {
    /// Closes a transaction that this step ends: its calls that have no result yet have none in time.
    pub(crate) fn announce(&self) {
        if let Step::End { number, .. } = self
            && let Ok(client) = within(*number)
        {
            client.close_transaction();
        }
    }

    /// Where what is heard of the work gathers that this is a later step of.
    pub(crate) fn heard(&self) -> Option<Arc<Gathered>> {
        let number = match self {
            Step::Begin { again: None, .. } | Step::Write { .. } => return None,
            Step::Begin { again: Some(number), .. }
            | Step::End { number, .. }
            | Step::Push { number, .. }
            | Step::Settle { number }
            | Step::Report { number }
            | Step::Forget { number } => number,
        };
        TABLE.lock().heard.get(number).cloned()
    }

    /// Does the step, of which is heard what gathers in `heard`.
    ///
    /// # Errors
    /// As the methods of [`TransactionRun`] and [`BulkWriter`].
    pub(crate) async fn run(self, given: Given, client: Client, heard: Arc<Gathered>) -> Result<Outcome> {
        let operation = given.operation;
        let record = |value: Value| Ok(Outcome::Json(Response::of_json(operation, value.to_string())));
        let named = |error: Error| error.with_operation(operation.id);
        match self {
            Step::Begin { options, again } => {
                let options = match options {
                    Some(options) => TransactionOptions::from_json(&options.to_string()).map_err(named)?,
                    None => TransactionOptions::default(),
                };
                let number = begin(client, &given, options, again, heard).await.map_err(named)?;
                record(json!(number))
            }
            Step::End { number, commits } => record(json!(end(number, commits).await?)),
            Step::Write { name, options } => {
                let write =
                    bulk_operation(&name).ok_or_else(|| named(Error::argument("unknown bulk write")))?;
                let options = match options {
                    Some(options) => BulkOptions::from_json(&options.to_string())
                        .map_err(|error| error.with_operation(write.id))?,
                    None => BulkOptions::default(),
                };
                let writer = BulkWriter::new(&client, write, given.params, options, given.options)?;
                let together = writer.together();
                let number = numbers::fresh();
                let mut table = TABLE.lock();
                table.writers.insert(number, Arc::new(writer.into()));
                table.heard.insert(number, heard);
                record(json!({ "number": number, "together": together }))
            }
            Step::Push { number, failed } => {
                let writer = writer(number).map_err(named)?;
                let mut writer = writer.lock().await;
                let rows = given.params.get("rows").map_or("[]", RawValue::get);
                let wants_more = writer.push_list(rows, failed).await.map_err(named)?;
                record(json!({ "progress": writer.news(), "more": wants_more }))
            }
            Step::Settle { number } => {
                let writer = writer(number).map_err(named)?;
                let mut writer = writer.lock().await;
                let has_more = writer.settle().await;
                record(json!({ "progress": writer.news(), "more": has_more }))
            }
            Step::Report { number } => {
                let writer = writer(number).map_err(named)?;
                TABLE.lock().forget(number);
                let report = writer.lock().await.report();
                record(json!(report))
            }
            Step::Forget { number } => {
                let work = TABLE.lock().forget(number);
                // Here, where there is a runtime, and not while the table is locked.
                drop(work);
                Ok(Outcome::Empty)
            }
        }
    }
}

async fn begin(
    client: Client,
    given: &Given,
    options: TransactionOptions,
    again: Option<u32>,
    heard: Arc<Gathered>,
) -> Result<u32> {
    let (number, mut run) = match again {
        Some(number) => (number, take(number)?),
        None => {
            let run = TransactionRun::new(&client, given.operation.service(), options)?;
            (numbers::fresh(), run)
        }
    };
    let client = run.begin().await?;
    let mut table = TABLE.lock();
    table.runs.insert(number, (run, Some(client)));
    table.heard.insert(number, heard);
    Ok(number)
}

/// Ends a transaction and says whether its work should begin again.
async fn end(number: u32, commits: bool) -> Result<bool> {
    let mut run = take(number)?;
    let heard = TABLE.lock().heard.remove(&number);
    let again = if commits { !run.commit().await? } else { run.roll_back().await };
    if again {
        let mut table = TABLE.lock();
        table.runs.insert(number, (run, None));
        table.heard.extend(heard.map(|heard| (number, heard)));
    }
    Ok(again)
}

/// Takes a transaction out of the table for a step: one that is cancelled drops it, which rolls it back.
fn take(number: u32) -> Result<TransactionRun> {
    let found = TABLE.lock().runs.remove(&number);
    found.map(|(run, _)| run).ok_or_else(|| Error::argument("the transaction has ended"))
}

fn writer(number: u32) -> Result<Arc<tokio::sync::Mutex<BulkWriter>>> {
    TABLE.lock().writers.get(&number).cloned().ok_or_else(|| Error::argument("the bulk write has ended"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use polywrite::{Client, ErrorKind};

    use super::{Step, within};
    use crate::given::{Given, operation};

    #[test]
    fn work_that_has_ended_takes_no_more_steps() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for step in [
            Step::End { number: 0, commits: true },
            Step::Begin { options: None, again: Some(0) },
            Step::Push { number: 0, failed: Vec::new() },
            Step::Settle { number: 0 },
            Step::Report { number: 0 },
        ] {
            let create = operation("tablesDB.createRows").unwrap();
            let given = Given::from_json(create, "", "").unwrap();
            let error = runtime.block_on(step.run(given, Client::new(), Arc::default())).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Argument);
            assert!(error.message().ends_with("has ended"), "{error}");
        }
        assert_eq!(within(0).unwrap_err().kind(), ErrorKind::Argument);
    }
}
