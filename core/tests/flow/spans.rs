//! Spans of work that takes several calls.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex};

use polywrite::services::TablesDB;
use polywrite::{ErrorKind, Result};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Metadata, Subscriber};
use tracing_core::span::Current;

use crate::script::client;
use crate::server::{Server, json as respond};

/// Collects the spans that begin on this thread, with those that they are children of.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Tree>>);

#[derive(Default)]
struct Tree {
    spans: Vec<Span>,
    /// The spans that the thread is in at present.
    entered: Vec<u64>,
}

struct Span {
    metadata: &'static Metadata<'static>,
    parent: Option<u64>,
    fields: Fields,
}

#[derive(Default)]
struct Fields(HashMap<&'static str, String>);

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, text: &str) {
        self.0.insert(field.name(), text.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "polywrite"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let tree = &mut *self.0.lock().unwrap();
        let mut fields = Fields::default();
        span.record(&mut fields);
        let parent = tree.entered.last().copied();
        tree.spans.push(Span { metadata: span.metadata(), parent, fields });
        Id::from_u64(tree.spans.len() as u64)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let place = id.into_u64() as usize - 1;
        values.record(&mut self.0.lock().unwrap().spans[place].fields);
    }

    fn enter(&self, id: &Id) {
        self.0.lock().unwrap().entered.push(id.into_u64());
    }

    fn exit(&self, id: &Id) {
        let entered = &mut self.0.lock().unwrap().entered;
        let place = entered.iter().rposition(|other| *other == id.into_u64()).unwrap();
        entered.remove(place);
    }

    fn current_span(&self) -> Current {
        let tree = self.0.lock().unwrap();
        tree.entered.last().map_or_else(Current::none, |id| {
            Current::new(Id::from_u64(*id), tree.spans[*id as usize - 1].metadata)
        })
    }

    fn event(&self, _: &Event<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
}

impl Spans {
    /// A line for each span: how deep it is, its name, and what kind of error it ended with.
    fn lines(&self) -> Vec<String> {
        let tree = self.0.lock().unwrap();
        let lines = tree.spans.iter().map(|span| {
            let field = |name: &str| span.fields.0.get(name).cloned().unwrap_or_default();
            format!("{} {} {}", depth(&tree.spans, span), field("otel.name"), field("error.type"))
                .trim_end()
                .to_owned()
        });
        lines.collect()
    }
}

fn depth(spans: &[Span], span: &Span) -> usize {
    span.parent.map_or(0, |parent| 1 + depth(spans, &spans[parent as usize - 1]))
}

/// Runs something and returns the lines of the spans that it made.
async fn collected<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    // With a single collector in the process, tracing disables for all threads what one without a collector logs first.
    static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Spans::default()));
    LazyLock::force(&SECOND);
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let done = work.await;
    (done, spans.lines())
}

#[tokio::test]
async fn the_calls_of_a_bulk_write_are_children_of_its_span() {
    let server = Server::start([respond("201 Created", r#"{"total":0,"rows":[]}"#)]).await;
    let tables = TablesDB::new(&client(&server));
    let rows = || (0..3).map(|n| json!({ "$id": format!("r{n}") }));
    let write = || tables.bulk_create_rows("d", "t").limit(2);
    let (report, lines) = collected(write().write(rows())).await;
    assert_eq!(report.unwrap().written, 3);
    let call = "1 POST /v1/tablesdb/{databaseId}/tables/{tableId}/rows";
    assert_eq!(lines, ["0 tablesDB.bulkCreateRows", call, call]);
    let (report, lines) = collected(write().concurrency(0).write(rows())).await;
    assert_eq!(report.unwrap_err().kind(), ErrorKind::Argument);
    assert_eq!(lines, ["0 tablesDB.bulkCreateRows argument"]);
}

#[tokio::test]
async fn the_calls_of_a_transaction_are_children_of_its_span() {
    let begun = || respond("201 Created", r#"{"$id":"1"}"#);
    let gone = respond("404 Not Found", r#"{"message":"gone","code":404}"#);
    let ended = respond("200 OK", r#"{"$id":"1"}"#);
    let server = Server::start([begun(), gone, ended, begun()]).await;
    let tables = TablesDB::new(&client(&server));
    let work = tables.transaction().run(async |tx| tx.delete_row("d", "t", "r").await);
    let (done, lines): (Result<()>, _) = collected(work).await;
    assert_eq!(done.unwrap_err().kind(), ErrorKind::NotFound);
    let calls = [
        "0 tablesDB.transaction _OTHER",
        "1 POST /v1/tablesdb/transactions",
        "1 DELETE /v1/tablesdb/{databaseId}/tables/{tableId}/rows/{rowId} 404",
        "1 PATCH /v1/tablesdb/transactions/{transactionId}",
    ];
    assert_eq!(lines, calls);
    let nothing = tables.transaction().attempts(0).run(async |_| Ok(()));
    let (done, lines): (Result<()>, _) = collected(nothing).await;
    done.unwrap_err();
    assert_eq!(lines, ["0 tablesDB.transaction argument"]);
}
