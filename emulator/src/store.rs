//! Everything the emulator remembers: JSON documents in SQLite, in memory or in a file.

mod kept;

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard},
};

use rusqlite::{
    Connection, OptionalExtension, ToSql, config::DbConfig, params, params_from_iter, types::Null,
};
use serde_json::Value;

use crate::failure::Failure;
use kept::Kept;

/// How many documents are read at once from a collection that is searched.
const BATCH: usize = 1000;

/// Documents by collection and ID, in the order they were created.
///
/// A collection is a path such as `demo/users` or `demo/rows/db/table`.
#[derive(Debug)]
pub(crate) struct Store {
    memory: Mutex<Memory>,
}

/// One lock for both: what is kept is read and forgotten together with what it was read from.
#[derive(Debug)]
struct Memory {
    connection: Connection,
    kept: Kept,
}

type Stored<T> = Result<T, Failure>;

impl Store {
    /// Opens the database in `directory`, or one in memory. The error is what is wrong with it.
    pub(crate) fn open(directory: Option<&Path>) -> Result<Self, String> {
        Self::begin(directory).map_err(|problem| match problem {
            rusqlite::Error::SqlInputError { msg, .. } => format!("it is not an emulator's database: {msg}"),
            problem => problem.to_string(),
        })
    }

    fn begin(directory: Option<&Path>) -> rusqlite::Result<Self> {
        let connection = match directory {
            Some(directory) => Connection::open(directory.join("emulator.sqlite"))?,
            None => Connection::open_in_memory()?,
        };
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = OFF;
             CREATE TABLE IF NOT EXISTS documents (
                 position INTEGER PRIMARY KEY AUTOINCREMENT,
                 collection TEXT NOT NULL,
                 id TEXT NOT NULL,
                 body TEXT NOT NULL,
                 UNIQUE (collection, id)
             );
             CREATE INDEX IF NOT EXISTS in_order ON documents (collection, position);
             CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);",
        )?;
        connection.set_prepared_statement_cache_capacity(64);
        // Otherwise SQLite plans a statement anew whenever it is given other values.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(Self { memory: Mutex::new(Memory { connection, kept: Kept::default() }) })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // A panic while the lock was held leaves SQLite itself consistent.
        self.memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// One document.
    pub(crate) fn get(&self, collection: &str, id: &str) -> Stored<Option<Value>> {
        let body = self.memory().body(collection, id)?;
        Ok(body.map(|body| body.parse()).transpose()?)
    }

    /// One document of a collection that many calls read and few write: it is kept until its collection is written to.
    pub(crate) fn shared(&self, collection: &str, id: &str) -> Stored<Option<Arc<Value>>> {
        let mut memory = self.memory();
        if let Some(document) = memory.kept.one(collection, id) {
            return Ok(Some(document));
        }
        let Some(body) = memory.body(collection, id)? else { return Ok(None) };
        let document = Arc::new(body.parse()?);
        memory.kept.keep_one(collection, id, &document);
        Ok(Some(document))
    }

    /// All documents of such a collection, oldest first, as `finish` leaves them; they are kept if it says so.
    pub(crate) fn shared_all(
        &self,
        collection: &str,
        finish: impl FnOnce(&mut Vec<Value>) -> bool,
    ) -> Stored<Arc<Vec<Value>>> {
        let mut memory = self.memory();
        if let Some(documents) = memory.kept.all(collection) {
            return Ok(documents);
        }
        let bodies = memory.bodies(collection)?;
        let mut documents = bodies.iter().map(|body| body.parse()).collect::<Result<_, _>>()?;
        let is_final = finish(&mut documents);
        let documents = Arc::new(documents);
        if is_final {
            memory.kept.keep_all(collection, &documents);
        }
        Ok(documents)
    }

    /// Adds a document; false when the ID is taken.
    pub(crate) fn insert(&self, collection: &str, id: &str, body: &Value) -> Stored<bool> {
        let mut memory = self.memory();
        let connection = memory.write(collection);
        let mut statement = connection
            .prepare_cached("INSERT OR IGNORE INTO documents (collection, id, body) VALUES (?1, ?2, ?3)")?;
        Ok(statement.execute(params![collection, id, body.to_string()])? == 1)
    }

    /// Does all of `work` or, when it fails or panics, nothing. Callers make sure that no other call writes meanwhile.
    pub(crate) fn atomically<T>(&self, work: impl FnOnce() -> Stored<T>) -> Stored<T> {
        self.memory().connection.prepare_cached("BEGIN")?.execute([])?;
        let rollback = Rollback(self);
        let done = work()?;
        self.memory().connection.prepare_cached("COMMIT")?.execute([])?;
        std::mem::forget(rollback);
        Ok(done)
    }

    /// Writes a document, new or not; an existing one keeps its place.
    pub(crate) fn put(&self, collection: &str, id: &str, body: &Value) -> Stored<()> {
        let mut memory = self.memory();
        let connection = memory.write(collection);
        let mut statement = connection.prepare_cached(
            "INSERT INTO documents (collection, id, body) VALUES (?1, ?2, ?3)
             ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body",
        )?;
        statement.execute(params![collection, id, body.to_string()])?;
        Ok(())
    }

    /// Removes a document; false when there was none.
    pub(crate) fn remove(&self, collection: &str, id: &str) -> Stored<bool> {
        let mut memory = self.memory();
        let connection = memory.write(collection);
        let mut statement =
            connection.prepare_cached("DELETE FROM documents WHERE collection = ?1 AND id = ?2")?;
        Ok(statement.execute(params![collection, id])? == 1)
    }

    /// Removes a collection and everything below it (`path/…`), with its counters.
    pub(crate) fn remove_tree(&self, collection: &str) -> Stored<()> {
        let mut memory = self.memory();
        let connection = memory.write_tree(collection);
        // '0' follows '/' in ASCII, so this is the range of all strings that start with "path/".
        let (start, end) = (format!("{collection}/"), format!("{collection}0"));
        for statement in [
            "DELETE FROM documents WHERE collection = ?1 OR (collection > ?2 AND collection < ?3)",
            "DELETE FROM counters WHERE name = ?1 OR (name > ?2 AND name < ?3)",
        ] {
            connection.execute(statement, params![collection, start, end])?;
        }
        Ok(())
    }

    /// Puts a copy of a collection and everything below it in place of another tree.
    pub(crate) fn copy_tree(&self, from: &str, to: &str) -> Stored<()> {
        self.remove_tree(to)?;
        let mut memory = self.memory();
        let connection = memory.write_tree(to);
        let (start, end, after) = (format!("{from}/"), format!("{from}0"), from.len() as i64 + 1);
        connection.execute(
            "INSERT INTO documents (collection, id, body)
             SELECT ?4 || substr(collection, ?5), id, body FROM documents
             WHERE collection = ?1 OR (collection > ?2 AND collection < ?3) ORDER BY position",
            params![from, start, end, to, after],
        )?;
        connection.execute(
            "INSERT INTO counters (name, value)
             SELECT ?3 || substr(name, ?4), value FROM counters WHERE name > ?1 AND name < ?2",
            params![start, end, to, after],
        )?;
        Ok(())
    }

    /// All documents of a collection, oldest first.
    pub(crate) fn all(&self, collection: &str) -> Stored<Vec<Value>> {
        let bodies = self.memory().bodies(collection)?;
        Ok(bodies.iter().map(|body| body.parse()).collect::<Result<_, _>>()?)
    }

    /// The oldest document whose fields all have these values; a null is equal to nothing.
    pub(crate) fn find(&self, collection: &str, fields: &[(&str, &Value)]) -> Stored<Option<Value>> {
        let mut query = "SELECT body FROM documents WHERE collection = ?".to_owned();
        let mut values: Vec<Box<dyn ToSql>> = vec![Box::new(collection.to_owned())];
        for (name, value) in fields {
            query.push_str(" AND json_extract(body, ?) = ?");
            values.push(Box::new(format!("$.{}", Value::from(*name))));
            values.push(match value {
                Value::Null => Box::new(Null),
                Value::Bool(value) => Box::new(*value),
                Value::String(text) => Box::new(text.clone()),
                Value::Number(number) => match number.as_i64() {
                    Some(number) => Box::new(number),
                    None => Box::new(number.as_f64()),
                },
                nested => Box::new(nested.to_string()),
            });
        }
        query.push_str(" ORDER BY position LIMIT 1");
        let connection = &self.memory().connection;
        let mut statement = connection.prepare_cached(&query)?;
        let body: Option<String> =
            statement.query_row(params_from_iter(values), |row| row.get(0)).optional()?;
        Ok(body.map(|body| body.parse()).transpose()?)
    }

    /// A slice of a collection in creation order: after the document `after`, skipping `offset`, at most `limit`.
    pub(crate) fn slice(
        &self,
        collection: &str,
        after: Option<&str>,
        offset: usize,
        limit: usize,
    ) -> Stored<Vec<Value>> {
        let bodies: Vec<String> = {
            let connection = &self.memory().connection;
            let mut statement = connection.prepare_cached(
                "SELECT body FROM documents WHERE collection = ?1 AND position > coalesce(
                     (SELECT position FROM documents WHERE collection = ?1 AND id = ?2), 0)
                 ORDER BY position LIMIT ?3 OFFSET ?4",
            )?;
            let rows = statement.query_map(
                params![collection, after, i64::try_from(limit).unwrap_or(i64::MAX), offset as i64],
                |row| row.get(0),
            )?;
            rows.collect::<Result<_, _>>()?
        };
        Ok(bodies.iter().map(|body| body.parse()).collect::<Result<_, _>>()?)
    }

    /// The documents of a collection that are to be kept, oldest first. However large it is, few are in memory at a time.
    pub(crate) fn filter(&self, collection: &str, keeps: impl Fn(&Value) -> bool) -> Stored<Vec<Value>> {
        let mut kept = Vec::new();
        let mut last: Option<String> = None;
        loop {
            let batch = self.slice(collection, last.as_deref(), 0, BATCH)?;
            let is_last = batch.len() < BATCH;
            last = batch.last().and_then(|document| document["$id"].as_str()).map(str::to_owned);
            kept.extend(batch.into_iter().filter(|document| keeps(document)));
            if is_last || last.is_none() {
                return Ok(kept);
            }
        }
    }

    /// How many documents a collection has, counted up to `most`.
    pub(crate) fn count_to(&self, collection: &str, most: usize) -> Stored<usize> {
        let connection = &self.memory().connection;
        let mut statement = connection.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM documents WHERE collection = ?1 LIMIT ?2)",
        )?;
        let count: i64 = statement.query_row(params![collection, most as i64], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The next number of a counter, from 1.
    pub(crate) fn next(&self, counter: &str) -> Stored<i64> {
        let connection = &self.memory().connection;
        let mut statement = connection.prepare_cached(
            "INSERT INTO counters (name, value) VALUES (?1, 1)
             ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
        )?;
        Ok(statement.query_row(params![counter], |row| row.get(0))?)
    }
}

impl Memory {
    fn body(&self, collection: &str, id: &str) -> Stored<Option<String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT body FROM documents WHERE collection = ?1 AND id = ?2")?;
        Ok(statement.query_row(params![collection, id], |row| row.get(0)).optional()?)
    }

    fn bodies(&self, collection: &str) -> Stored<Vec<String>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT body FROM documents WHERE collection = ?1 ORDER BY position")?;
        let rows = statement.query_map(params![collection], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The connection, to write to a collection.
    fn write(&mut self, collection: &str) -> &Connection {
        self.kept.forget(collection);
        &self.connection
    }

    /// The connection, to write to a collection and everything below it.
    fn write_tree(&mut self, collection: &str) -> &Connection {
        self.kept.forget_tree(collection);
        &self.connection
    }
}

/// Takes back what has been written since the transaction began.
struct Rollback<'a>(&'a Store);

impl Drop for Rollback<'_> {
    fn drop(&mut self) {
        let mut memory = self.0.memory();
        memory.kept = Kept::default();
        // SQLite has rolled back by itself when this fails.
        let _ = memory.connection.execute_batch("ROLLBACK");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_by_fields() {
        let store = Store::open(None).unwrap();
        store.insert("c", "a", &json!({"n": 1, "t": "x", "odd \"name\"": true})).unwrap();
        store.insert("c", "b", &json!({"n": 2.5, "t": "x", "l": [1, 2]})).unwrap();
        let found =
            |fields: &[(&str, &Value)]| store.find("c", fields).unwrap().map(|found| found["n"].clone());
        assert_eq!(found(&[("t", &json!("x"))]), Some(json!(1)));
        assert_eq!(found(&[("t", &json!("x")), ("n", &json!(2.5))]), Some(json!(2.5)));
        assert_eq!(found(&[("odd \"name\"", &json!(true))]), Some(json!(1)));
        assert_eq!(found(&[("l", &json!([1, 2]))]), Some(json!(2.5)));
        assert_eq!(found(&[("missing", &Value::Null)]), None);
    }

    #[test]
    fn a_search_reads_every_document() {
        let store = Store::open(None).unwrap();
        store
            .atomically(|| {
                (0..2 * BATCH + 1).try_for_each(|n| {
                    let id = n.to_string();
                    store.insert("c", &id, &json!({"$id": id, "n": n})).map(drop)
                })
            })
            .unwrap();
        let found =
            store.filter("c", |document| document["n"].as_u64().is_some_and(|n| n % 1000 == 0)).unwrap();
        assert_eq!(found.iter().map(|document| &document["n"]).collect::<Vec<_>>(), [0, 1000, 2000]);
        assert_eq!((store.count_to("c", 5).unwrap(), store.count_to("c", 9999).unwrap()), (5, 2 * BATCH + 1));
    }

    #[test]
    fn what_fails_leaves_nothing() {
        let store = Store::open(None).unwrap();
        let failed: Stored<()> = store.atomically(|| {
            store.insert("c", "a", &json!({}))?;
            Err(Failure::server())
        });
        assert!(failed.is_err());
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.atomically(|| -> Stored<()> {
                store.insert("c", "b", &json!({}))?;
                std::panic::resume_unwind(Box::new(()))
            })
        }));
        assert!(panicked.is_err());
        store.atomically(|| store.insert("c", "d", &json!({}))).unwrap();
        assert_eq!(store.count_to("c", 9).unwrap(), 1);
    }

    #[test]
    fn a_tree_goes_with_its_branches_only() {
        let store = Store::open(None).unwrap();
        for collection in ["a", "a/b", "a/b/c", "a0", "ab"] {
            store.insert(collection, "x", &json!({})).unwrap();
        }
        store.remove_tree("a/b").unwrap();
        let left = ["a", "a/b", "a/b/c", "a0", "ab"].map(|collection| store.count_to(collection, 9).unwrap());
        assert_eq!(left, [1, 0, 0, 1, 1]);
    }

    #[test]
    fn a_copied_tree_replaces_another() {
        let store = Store::open(None).unwrap();
        for (collection, id) in [("a/b", "x"), ("a/b/c", "y"), ("a0", "z"), ("copy/d", "old")] {
            store.insert(collection, id, &json!({})).unwrap();
        }
        store.next("a/b").unwrap();
        store.copy_tree("a", "copy").unwrap();
        let copied = ["a/b", "copy/b", "copy/b/c", "copy/d", "copy0"]
            .map(|collection| store.count_to(collection, 9).unwrap());
        assert_eq!(copied, [1, 1, 1, 0, 0]);
        assert_eq!(store.next("copy/b").unwrap(), 2);
        store.next("copy/new").unwrap();
        store.copy_tree("a", "copy").unwrap();
        assert_eq!((store.next("copy/b").unwrap(), store.next("copy/new").unwrap()), (2, 1));
    }

    #[test]
    fn what_is_shared_is_never_older_than_what_is_written() {
        let store = Store::open(None).unwrap();
        let shown = || {
            let one = store.shared("p/c", "a").unwrap().map(|one| one["n"].clone());
            let all = store.shared_all("p/c", |_| true).unwrap();
            assert_eq!(*all, store.all("p/c").unwrap());
            one
        };
        assert_eq!(shown(), None);
        store.insert("p/c", "a", &json!({"n": 1})).unwrap();
        assert_eq!(shown(), Some(json!(1)));
        assert!(Arc::ptr_eq(
            &store.shared("p/c", "a").unwrap().unwrap(),
            &store.shared("p/c", "a").unwrap().unwrap()
        ));
        store.put("p/c", "a", &json!({"n": 2})).unwrap();
        assert_eq!(shown(), Some(json!(2)));
        store.copy_tree("p", "copy").unwrap();
        store.insert("p/c", "b", &json!({"n": 9})).unwrap();
        let failed: Stored<()> = store.atomically(|| {
            store.put("p/c", "a", &json!({"n": 3}))?;
            assert_eq!(shown(), Some(json!(3)));
            Err(Failure::server())
        });
        assert!(failed.is_err());
        assert_eq!(shown(), Some(json!(2)));
        store.put("p/c", "a", &json!({"n": 4})).unwrap();
        assert_eq!(shown(), Some(json!(4)));
        store.copy_tree("copy", "p").unwrap();
        assert_eq!(shown(), Some(json!(2)));
        store.remove("p/c", "a").unwrap();
        assert_eq!(shown(), None);
        store.insert("p/c", "a", &json!({"n": 5})).unwrap();
        assert_eq!(shown(), Some(json!(5)));
        store.remove_tree("p").unwrap();
        assert_eq!(shown(), None);
    }

    #[test]
    fn what_is_not_final_is_read_again() {
        let store = Store::open(None).unwrap();
        store.insert("c", "a", &json!({"n": 1})).unwrap();
        let read = |is_final| {
            store
                .shared_all("c", |documents| {
                    documents[0]["n"] = json!(if is_final { 2 } else { 3 });
                    is_final
                })
                .unwrap()[0]["n"]
                .clone()
        };
        assert_eq!([read(false), read(true), read(false)], [3, 2, 2]);
    }
}
