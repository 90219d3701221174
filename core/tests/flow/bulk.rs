use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use polywrite::{
    BulkOptions, BulkReport, BulkWriter, CallOptions, Client, ErrorKind, Params, bulk_operation,
    bulk_operations,
};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::script::{Seen, Turn, check, client, read, server};
use crate::server::{Act, Server};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    write: String,
    params: Box<RawValue>,
    options: Box<RawValue>,
    rows: Box<RawValue>,
    responses: Vec<Turn>,
    requests: Vec<Seen>,
    written: u64,
    failures: Vec<Failed>,
    stopped: bool,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Failed {
    index: u64,
    id: Option<String>,
    #[serde(rename = "type")]
    error_type: Option<String>,
    kind: Option<String>,
}

fn writer(client: &Client, id: &str, params: &str, options: &str) -> polywrite::Result<BulkWriter> {
    let options = BulkOptions::from_json(options)?;
    BulkWriter::new(
        client,
        bulk_operation(id).unwrap(),
        Params::from_json(params)?,
        options,
        CallOptions::new(),
    )
}

#[tokio::test]
async fn every_case_of_a_bulk_write_ends_as_it_should() {
    for case in read::<Case>(include_str!("../../../tests/flow/bulk.json")) {
        let Case { name, .. } = &case;
        let server = server(&case.responses).await;
        let mut writer =
            writer(&client(&server), &case.write, case.params.get(), case.options.get()).unwrap();
        let wants_more = writer.push_list(case.rows.get(), Vec::new()).await.unwrap();
        assert!(wants_more || case.stopped, "{name}");
        let report = writer.finish().await;
        check(name, &server, &case.requests);
        assert_eq!((report.written, report.stopped), (case.written, case.stopped), "{name}: {report:#?}");
        let failed: Vec<Failed> = report
            .failures
            .iter()
            .zip(&case.failures)
            .map(|(failure, expected)| Failed {
                index: failure.index,
                id: failure.id.clone(),
                error_type: expected.error_type.as_ref().and(failure.error.error_type()).map(str::to_owned),
                kind: expected.kind.as_ref().map(|_| failure.error.kind().to_string()),
            })
            .collect();
        assert_eq!((failed.len(), &failed), (report.failures.len(), &case.failures), "{name}: {report:#?}");
    }
}

#[test]
fn an_option_that_cannot_be_read_is_named() {
    for (options, message) in [
        (r#"{"limit":"2"}"#, "the option `limit` must be a whole number, more than 0"),
        (r#"{"concurrency":1.5}"#, "the option `concurrency` must be a whole number, more than 0"),
        (r#"{"limit":2,"stopOnError":"yes"}"#, "the option `stopOnError` must be true or false"),
        (r#"{"nonsense":1}"#, "`nonsense` is not an option"),
        (r#"{"limit":1,"limit":2}"#, "the options have one of them twice"),
        ("[]", "the options are not a JSON object"),
    ] {
        let error = BulkOptions::from_json(options).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Argument, message), "{options}");
    }
    let error = polywrite::TransactionOptions::from_json(r#"{"ttl":-1}"#).unwrap_err();
    assert_eq!(error.message(), "the option `ttl` must be a whole number of seconds");
}

#[test]
fn every_bulk_write_has_its_operation_and_its_rows() {
    assert_eq!(bulk_operations().count(), 16);
    for bulk in bulk_operations() {
        let (service, name) = bulk.id.split_once('.').unwrap();
        let (own, operation) = bulk.operation.id.split_once('.').unwrap();
        assert_eq!((service, name[4..].to_lowercase()), (own, operation.to_lowercase()));
        assert!(bulk.operation.param(bulk.parameter).is_some() && bulk.list.param("queries").is_some());
    }
}

#[tokio::test]
async fn what_no_call_could_succeed_with_is_refused_before_the_first_row() {
    let client = Client::builder().endpoint("http://127.0.0.1:9/v1").project("p").build().unwrap();
    let place = r#"{"databaseId":"d","tableId":"t"}"#;
    for (id, params, options, message) in [
        ("tablesDB.bulkCreateRows", r#"{"databaseId":"d"}"#, "{}", "`tableId` is missing"),
        (
            "tablesDB.bulkCreateRows",
            r#"{"databaseId":"d","tableId":"t","rows":[]}"#,
            "{}",
            "`rows` is not a parameter of a bulk write",
        ),
        (
            "tablesDB.bulkDeleteRows",
            r#"{"databaseId":"d","tableId":"t","queries":[]}"#,
            "{}",
            "`queries` is not a parameter of a bulk write",
        ),
        ("tablesDB.bulkUpdateRows", place, "{}", "`data` is missing"),
        ("tablesDB.bulkCreateRows", place, r#"{"limit":0}"#, "the option `limit` must be more than 0"),
        (
            "tablesDB.bulkCreateRows",
            place,
            r#"{"concurrency":0}"#,
            "the option `concurrency` must be more than 0",
        ),
    ] {
        let error = writer(&client, id, params, options).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Argument, message));
        assert_eq!(error.operation(), Some(id));
    }
}

/// A server that stores whatever comes.
async fn storing() -> Server {
    Server::start([crate::server::json("201 Created", r#"{"total":0,"rows":[]}"#)]).await
}

#[tokio::test]
async fn a_bulk_write_takes_no_more_rows_than_its_calls_hold() {
    // The server sends no response, so that all calls stay on their way.
    let server = Server::start([Act::Hang(Vec::new())]).await;
    let options = r#"{"limit":10,"concurrency":3}"#;
    let mut writer =
        writer(&client(&server), "tablesDB.bulkCreateRows", r#"{"databaseId":"d","tableId":"t"}"#, options)
            .unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let source = async {
        let row = RawValue::from_string("{}".to_owned()).unwrap();
        loop {
            taken.fetch_add(1, Ordering::Relaxed);
            writer.push(&row).await;
        }
    };
    let is_stuck = async {
        while server.requests().len() < 3 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        // The source goes on only while this waits; it has had every chance to take more by then.
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! { () = source => {}, () = is_stuck => {} }
    assert_eq!((taken.load(Ordering::Relaxed), server.requests().len()), (40, 3));
}

#[tokio::test]
async fn many_rows_are_written_and_each_is_sent_once() {
    let server = storing().await;
    let mut writer =
        writer(&client(&server), "tablesDB.bulkCreateRows", r#"{"databaseId":"d","tableId":"t"}"#, "{}")
            .unwrap();
    for n in 0..1234 {
        let row = RawValue::from_string(json!({"$id": format!("r{n}")}).to_string()).unwrap();
        assert!(writer.push(&row).await);
    }
    let BulkReport { written, failures, .. } = writer.finish().await;
    assert_eq!((written, failures.len(), server.requests().len()), (1234, 0, 13));
    let mut ids: Vec<String> = Vec::new();
    for request in server.requests() {
        let body: Value = request.split_once("\r\n\r\n").unwrap().1.parse().unwrap();
        ids.extend(
            body["rows"].as_array().unwrap().iter().map(|row| row["$id"].as_str().unwrap().to_owned()),
        );
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 1234);
}

#[tokio::test]
async fn rows_that_a_language_could_not_write_are_failures_at_their_places() {
    let server = storing().await;
    let place = r#"{"databaseId":"d","tableId":"t"}"#;
    let mut writer = writer(&client(&server), "tablesDB.bulkCreateRows", place, "{}").unwrap();
    assert!(writer.push_list("[{}]", Vec::new()).await.unwrap());
    let failed = vec![(1, "`row` is a socket".to_owned())];
    assert!(writer.push_list("[{},null,{}]", failed).await.unwrap());
    let report = writer.finish().await;
    assert_eq!((report.written, report.failures.len(), report.failures[0].index), (3, 1, 2));
    assert_eq!(report.failures[0].error.to_string(), "tablesDB.bulkCreateRows: `row` is a socket");
}

#[cfg(feature = "services")]
#[tokio::test]
async fn the_builder_writes_rows_of_a_stream_and_tells_how_far_it_is() {
    use futures_util::stream;
    use polywrite::services::TablesDB;

    #[derive(serde::Serialize)]
    struct Film {
        score: f64,
    }

    let server = storing().await;
    let tables = TablesDB::new(&client(&server));
    let heard = Arc::new(Mutex::new(Vec::new()));
    let heard_here = Arc::clone(&heard);
    let films = stream::iter((0..25).map(|n| Film { score: if n == 7 { f64::NAN } else { 0.5 } }));
    let report = tables
        .bulk_create_rows("d", "films")
        .limit(10)
        .concurrency(1)
        .on_progress(move |progress| heard_here.lock().unwrap().push((progress.written, progress.failed)))
        .write_stream(films)
        .await
        .unwrap();
    assert_eq!((report.written, report.failures.len(), report.failures[0].index), (24, 1, 7));
    assert_eq!(heard.lock().unwrap().last(), Some(&(24, 1)));
    assert_eq!(server.requests().len(), 3);
    let report = tables.bulk_delete_rows("d", "films").write(["a", "b"]).await.unwrap();
    assert_eq!(report.written, 2);
    let missing = tables.bulk_update_rows("d", "films", json!({"n": 1})).limit(0).write(["a"]).await;
    assert_eq!(missing.unwrap_err().message(), "the option `limit` must be more than 0");
}
