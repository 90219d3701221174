//! Imports films from a CSV file with a progress bar: `import-csv FILE`.
//!
//! The file has the columns `title` and `year`. The program makes a database with a table for them. Needs
//! APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY (with `databases.write`, `tables.read`, `tables.write`,
//! `columns.read`, `columns.write`, `rows.read` and `rows.write`).

use std::error::Error;
use std::process::ExitCode;

use csv::{Reader, StringRecord};
use indicatif::{ProgressBar, ProgressStyle};
use polywrite::{Client, Id, services::TablesDB};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<ExitCode> {
    let path = std::env::args().nth(1).ok_or("usage: import-csv FILE")?;
    let total = u64::try_from(Reader::from_path(&path)?.records().count())?;
    let tables = TablesDB::new(&Client::from_env()?);
    let (database, table) = make_table(&tables).await?;

    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} rows, {eta} left")?;
    let bar = ProgressBar::new(total).with_style(style);
    let mut file = Reader::from_path(&path)?;
    let mut broken = None;
    // One row at a time: the file is never whole in memory.
    let records = file.records().map_while(|record| record.map_err(|error| broken = Some(error)).ok());
    let report = tables
        .bulk_create_rows(&database, &table)
        .on_progress({
            let bar = bar.clone();
            move |progress| bar.set_position(progress.written + progress.failed)
        })
        .write(records.map(film))
        .await?;
    bar.finish();
    if let Some(error) = broken {
        return Err(error.into());
    }
    for failure in &report.failures {
        // The first line names the columns, and lines are counted from 1.
        eprintln!("line {}: {}", failure.index + 2, failure.error);
    }
    println!("{} of {total} rows in database {database}, table {table}", report.written);
    Ok(if report.failures.is_empty() && !report.stopped { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes a database and a table, and waits until the columns can be used.
async fn make_table(tables: &TablesDB) -> Outcome<(String, String)> {
    let database = tables.create(Id::unique(), "Library").await?.id;
    let table = tables.create_table(&database, Id::unique(), "Films").await?.id;
    tables.create_varchar_column(&database, &table, "title", 200, true).await?;
    tables.create_integer_column(&database, &table, "year", true).await?;
    tables.wait_for_table(&database, &table).await?;
    Ok((database, table))
}

/// A row. The server refuses a year that is not a number.
fn film(record: StringRecord) -> Value {
    let (title, year) = (record.get(0).unwrap_or_default(), record.get(1).unwrap_or_default());
    json!({"title": title, "year": year.parse::<i64>().map_or_else(|_| Value::from(year), Value::from)})
}
