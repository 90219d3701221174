//! A table of films: makes columns and a thousand rows, and reads them back page by page.

use std::time::Duration;

use polywrite::models::Column;
use polywrite::{Client, Id, Permission, Query, Role, services::TablesDB};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::people::Visitor;
use crate::tidy::{Made, name};
use crate::{Outcome, ensure};

const ROWS: usize = 1000;

/// What a server accepts in one call, unless its owner raised it.
const AT_ONCE: usize = 100;

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
    loop {
        let columns = tables.list_columns(&films.database, &films.table).await?.columns;
        if columns.iter().all(|column| status(column) == "available") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!("  \"films\" has its columns: title, year");
    Ok(films)
}

fn status(column: &Column) -> &str {
    match column {
        Column::Varchar(column) => column.status.as_str(),
        Column::Integer(column) => column.status.as_str(),
        _ => "unexpected",
    }
}

/// Writes the rows; every second one may be read by the first visitor, the others by the second.
pub(crate) async fn write_rows(server: &Client, films: &Films, visitors: &[Visitor]) -> Outcome {
    let rows = (0..ROWS).map(|number| {
        let reader = visitors.iter().cycle().nth(number % 2);
        let readers: Vec<_> =
            reader.map(|it| Permission::read(Role::user(&it.id, None))).into_iter().collect();
        let mut row = Map::new();
        row.insert("$id".into(), json!(format!("film-{number:04}")));
        row.insert("$permissions".into(), json!(readers));
        row.insert("title".into(), json!(format!("Film number {number}")));
        row.insert("year".into(), json!(1925 + number % 100));
        Value::Object(row)
    });
    let (tables, mut written) = (TablesDB::new(server), 0);
    for some in rows.collect::<Vec<_>>().chunks(AT_ONCE) {
        written += tables.create_rows(&films.database, &films.table, some.to_vec()).await?.rows.len();
    }
    ensure(written == ROWS, "all rows are written")?;
    println!("  wrote {written} rows, {AT_ONCE} a call");
    Ok(())
}

/// Reads all rows back, 250 at a time, following the cursor.
pub(crate) async fn read_rows(server: &Client, films: &Films) -> Outcome {
    let tables = TablesDB::new(server);
    let (mut seen, mut pages, mut newest) = (0, 0, 0);
    let mut cursor = None::<String>;
    loop {
        let mut queries = vec![Query::limit(250)];
        queries.extend(cursor.as_deref().map(Query::cursor_after));
        let page = tables.list_rows::<Film>(&films.database, &films.table).queries(queries).await?;
        let Some(last) = page.rows.last() else { break };
        cursor = Some(last.id.clone());
        pages += 1;
        seen += page.rows.len();
        newest = page.rows.iter().map(|row| row.data.year).fold(newest, i64::max);
    }
    ensure(seen == ROWS, "all rows come back")?;
    println!("  read {seen} rows back in {pages} pages; the newest film is of {newest}");
    Ok(())
}
