//! A table of films: makes columns and a thousand rows, and reads them back.

use polywrite::{Client, Id, Permission, Role, services::TablesDB};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::people::Visitor;
use crate::tidy::{Made, name};
use crate::{Outcome, ensure};

const ROWS: u64 = 1000;

/// Where the films are.
pub(crate) struct Films {
    pub(crate) database: String,
    pub(crate) table: String,
}

/// A row's own columns.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Film {
    pub(crate) title: String,
    pub(crate) year: i64,
}

/// Creates database, table and columns, and waits until the columns can be used.
pub(crate) async fn create_table(server: &Client, made: &mut Made) -> Outcome<Films> {
    let tables = TablesDB::new(server);
    let films = Films { database: Id::unique(), table: "films".into() };
    made.databases.push((server.clone(), films.database.clone()));
    tables.create(&films.database, name()).await?;
    tables.create_table(&films.database, &films.table, "Films").row_security(true).await?;
    tables.create_varchar_column(&films.database, &films.table, "title", 200, true).await?;
    tables.create_integer_column(&films.database, &films.table, "year", true).min(1888).await?;
    tables.wait_for_table(&films.database, &films.table).await?;
    println!("  \"films\" has its columns: title, year");
    Ok(films)
}

/// Writes the rows; every second one may be read by the first visitor, the others by the second.
pub(crate) async fn write_rows(server: &Client, films: &Films, visitors: &[Visitor]) -> Outcome {
    let rows = (0..ROWS).map(|number| {
        let reader = visitors.iter().cycle().nth((number % 2) as usize);
        let readers: Vec<_> =
            reader.map(|it| Permission::read(Role::user(&it.id, None))).into_iter().collect();
        let mut row = Map::new();
        row.insert("$id".into(), json!(format!("film-{number:04}")));
        row.insert("$permissions".into(), json!(readers));
        row.insert("title".into(), json!(format!("Film number {number}")));
        row.insert("year".into(), json!(1925 + number % 100));
        Value::Object(row)
    });
    let report = TablesDB::new(server)
        .bulk_create_rows(&films.database, &films.table)
        .stop_on_error()
        .write(rows)
        .await?;
    if let Some(failure) = report.failures.first() {
        return Err(format!("row {}: {}", failure.index, failure.error).into());
    }
    ensure(report.written == ROWS, "all rows are written")?;
    println!("  wrote {} rows", report.written);
    Ok(())
}

/// Reads all rows back, page by page.
pub(crate) async fn read_rows(server: &Client, films: &Films) -> Outcome {
    let tables = TablesDB::new(server);
    let (mut seen, mut newest) = (0, 0);
    let mut rows = tables.list_rows::<Film>(&films.database, &films.table).items().page_size(250);
    while let Some(row) = rows.try_next().await? {
        seen += 1;
        newest = newest.max(row.data.year);
    }
    ensure(seen == ROWS, "all rows come back")?;
    println!("  read {seen} rows back; the newest film is of {newest}");
    Ok(())
}
