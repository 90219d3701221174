use polywrite::{
    CallOptions, Client, Error, ErrorKind, Params, Result, TransactionOptions, TransactionRun, operation,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::script::{Seen, Turn, check, client, read, server};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    service: String,
    options: Box<RawValue>,
    work: Vec<Step>,
    fails: bool,
    responses: Vec<Turn>,
    requests: Vec<Seen>,
    runs: usize,
    error: Option<Ended>,
}

#[derive(Deserialize)]
struct Step {
    call: String,
    params: Box<RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ended {
    #[serde(rename = "type")]
    error_type: Option<String>,
    kind: Option<String>,
    says: Option<String>,
    #[serde(default)]
    own: bool,
}

/// The calls of the work, one after the other.
async fn work(tx: &Client, case: &Case) -> Result<()> {
    for step in &case.work {
        let operation = operation(&format!("{}.{}", case.service, step.call)).unwrap();
        tx.execute(operation, Params::from_json(step.params.get())?, CallOptions::new()).await?;
    }
    if case.fails { Err(Error::new(ErrorKind::Internal, "the work failed")) } else { Ok(()) }
}

async fn run(client: &Client, case: &Case, runs: &mut usize) -> Result<()> {
    let options = TransactionOptions::from_json(case.options.get())?;
    let mut run = TransactionRun::new(client, &case.service, options)?;
    loop {
        let tx = run.begin().await?;
        *runs += 1;
        match work(&tx, case).await {
            Ok(()) if run.commit().await? => return Ok(()),
            Ok(()) => {}
            Err(error) if !run.roll_back().await => return Err(error),
            Err(_) => {}
        }
    }
}

#[tokio::test]
async fn every_case_of_a_transaction_ends_as_it_should() {
    for case in read::<Case>(include_str!("../../../tests/flow/transactions.json")) {
        let server = server(&case.responses).await;
        let (name, mut runs) = (&case.name, 0);
        let ended = run(&client(&server), &case, &mut runs).await;
        check(name, &server, &case.requests);
        assert_eq!(runs, case.runs, "{name}");
        match (&case.error, ended) {
            (None, ended) => ended.unwrap(),
            (Some(_), Ok(())) => panic!("{name}: it ended well"),
            (Some(expected), Err(error)) => {
                if let Some(error_type) = &expected.error_type {
                    assert_eq!(error.error_type(), Some(error_type.as_str()), "{name}");
                }
                if let Some(kind) = &expected.kind {
                    assert_eq!(error.kind().as_str(), kind, "{name}");
                }
                let says = if expected.own { Some("the work failed") } else { expected.says.as_deref() };
                assert!(error.message().contains(says.unwrap_or_default()), "{name}: {error}");
            }
        }
    }
}

fn begun() -> Turn {
    serde_json::from_str(r#"{"status":201,"body":{"$id":"1"}}"#).unwrap()
}

fn ended() -> Turn {
    serde_json::from_str(r#"{"status":200,"body":{"$id":"1","status":"failed"}}"#).unwrap()
}

fn refused(result: Result<impl std::fmt::Debug>, words: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Argument);
    assert!(error.message().contains(words), "{error}");
}

#[tokio::test]
async fn a_call_after_the_end_is_refused_and_one_still_running_ends_the_transaction() {
    let server = server(&[begun(), ended(), ended()]).await;
    let client = client(&server);
    let mut run = TransactionRun::new(&client, "tablesDB", TransactionOptions::default()).unwrap();
    let tx = run.begin().await.unwrap();
    let get = operation("tablesDB.getRow").unwrap();
    let params = || Params::from_json(r#"{"databaseId":"d","tableId":"t","rowId":"r"}"#).unwrap();
    // It has begun and no task waits for it.
    let mut forgotten = Box::pin(tx.execute(get, params(), CallOptions::new()));
    let polled =
        std::future::poll_fn(|context| std::task::Poll::Ready(forgotten.as_mut().poll(context))).await;
    assert!(polled.is_pending());
    refused(run.commit().await, "a call of the transaction has no result yet");
    refused(tx.execute(get, params(), CallOptions::new()).await, "the transaction has ended");
    let last = server.requests().pop().unwrap();
    assert!(last.ends_with(r#"{"rollback":true}"#), "{last}");
}

#[tokio::test]
async fn writes_that_may_be_staged_count_and_those_that_were_refused_do_not() {
    let refusal = |status: u16| {
        let body = format!(r#"{{"message":"m","code":{status},"type":"row_not_found"}}"#);
        serde_json::from_str(&format!(r#"{{"status":{status},"body":{body}}}"#)).unwrap()
    };
    let rows = |count: usize| {
        let rows = vec!["{}"; count].join(",");
        Params::from_json(&format!(r#"{{"databaseId":"d","tableId":"t","rows":[{rows}]}}"#)).unwrap()
    };
    let create = operation("tablesDB.createRows").unwrap();
    for (response, counts) in [(refusal(404), false), (refusal(500), true), (Turn::Lost { lost: true }, true)]
    {
        let server = server(&[begun(), response, ended(), ended()]).await;
        let mut run =
            TransactionRun::new(&client(&server), "tablesDB", TransactionOptions::default()).unwrap();
        let tx = run.begin().await.unwrap();
        tx.execute(create, rows(60), CallOptions::new()).await.unwrap_err();
        let more = tx.execute(create, rows(60), CallOptions::new()).await;
        if counts {
            refused(more, "has 60: 60 more are too many");
        } else {
            more.unwrap();
        }
    }
}

#[tokio::test]
async fn another_attempt_begins_after_a_wait() {
    let conflict = r#"{"status":409,"body":{"message":"c","code":409,"type":"transaction_conflict"}}"#;
    let conflict = || serde_json::from_str(conflict).unwrap();
    let server = server(&[begun(), conflict(), begun(), conflict(), begun(), ended()]).await;
    let (client, clock) = crate::clock::client(&server);
    let mut run = TransactionRun::new(&client, "tablesDB", TransactionOptions::default()).unwrap();
    for done in [false, false, true] {
        run.begin().await.unwrap();
        assert_eq!(run.commit().await.unwrap(), done);
    }
    let waits: Vec<u128> = clock.waits().iter().map(std::time::Duration::as_millis).collect();
    assert!(waits.len() == 2 && waits[0] <= 100 && waits[1] <= 200, "{waits:?}");
}

#[tokio::test]
async fn a_call_that_is_yet_to_be_made_and_an_open_bulk_write_roll_back_too() {
    type Hold = fn(&Client) -> Box<dyn std::any::Any>;
    let holds: [Hold; 2] = [
        |tx| Box::new(tx.expect_call()),
        |tx| {
            let params = Params::from_json(r#"{"databaseId":"d","tableId":"t"}"#).unwrap();
            let bulk = polywrite::bulk_operation("tablesDB.bulkCreateRows").unwrap();
            let options = (polywrite::BulkOptions::default(), CallOptions::new());
            Box::new(polywrite::BulkWriter::new(tx, bulk, params, options.0, options.1).unwrap())
        },
    ];
    for hold in holds {
        let server = server(&[begun(), ended(), begun(), ended(), begun(), ended()]).await;
        let client = client(&server);
        let mut run = TransactionRun::new(&client, "tablesDB", TransactionOptions::default()).unwrap();
        let held = hold(&run.begin().await.unwrap());
        refused(run.commit().await, "a call of the transaction has no result yet");
        drop(held);
        assert!(server.requests()[1].ends_with(r#"{"rollback":true}"#));
        let tx = run.begin().await.unwrap();
        let late = hold(&tx);
        tx.close_transaction();
        drop(late);
        refused(run.commit().await, "a call of the transaction has no result yet");
        assert!(server.requests()[3].ends_with(r#"{"rollback":true}"#));
        // What has its result does no harm.
        drop(hold(&run.begin().await.unwrap()));
        assert!(run.commit().await.unwrap());
        assert!(server.requests()[5].ends_with(r#"{"commit":true}"#));
    }
    drop(Client::new().expect_call());
}

#[tokio::test]
async fn work_that_is_dropped_is_rolled_back() {
    let server = server(&[begun(), ended()]).await;
    let mut run = TransactionRun::new(&client(&server), "tablesDB", TransactionOptions::default()).unwrap();
    run.begin().await.unwrap();
    drop(run);
    let rolled_back = async {
        while server.requests().len() < 2 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), rolled_back).await.unwrap();
    assert!(server.requests()[1].ends_with(r#"{"rollback":true}"#));
}

#[tokio::test]
async fn what_has_no_part_in_a_transaction_is_refused() {
    let server = server(&[begun(), ended()]).await;
    let client = client(&server);
    refused(TransactionRun::new(&client, "teams", TransactionOptions::default()), "has no transactions");
    let mut none = TransactionOptions::default();
    none.attempts = Some(0);
    refused(TransactionRun::new(&client, "tablesDB", none), "`attempts` must be more than 0");
    let mut run = TransactionRun::new(&client, "tablesDB", TransactionOptions::default()).unwrap();
    let tx = run.begin().await.unwrap();
    refused(
        TransactionRun::new(&tx, "tablesDB", TransactionOptions::default()),
        "cannot begin within another",
    );
    refused(tx.request("GET", "/ping", &[], Params::new()).await, "cannot take part");
    refused(tx.ping().await, "cannot take part");
    let download = operation("storage.getFileDownload").unwrap();
    let file = Params::from_json(r#"{"bucketId":"b","fileId":"f"}"#).unwrap();
    refused(tx.download(download, file, CallOptions::new()).await.map(drop), "cannot take part");
    // Settings that change keep the transaction.
    let changed = tx.configure(&polywrite::ClientConfig::default()).unwrap();
    assert_eq!(changed.transaction(), Some("1"));
    let get = operation("databases.getDocument").unwrap();
    let document = Params::from_json(r#"{"databaseId":"d","collectionId":"c","documentId":"x"}"#).unwrap();
    refused(changed.execute(get, document, CallOptions::new()).await, "cannot take part");
    let get = operation("tablesDB.getRow").unwrap();
    let row = r#"{"databaseId":"d","tableId":"t","rowId":"r","transactionId":"2"}"#;
    let other = tx.execute(get, Params::from_json(row).unwrap(), CallOptions::new()).await;
    refused(other, "`transactionId` names another transaction");
}

#[cfg(feature = "services")]
#[tokio::test]
async fn the_typed_service_of_a_transaction_is_the_same_with_the_transaction_bound() {
    use polywrite::services::TablesDB;

    let turn = |text: &str| -> Turn { serde_json::from_str(text).unwrap() };
    let conflict = r#"{"status":409,"body":{"message":"c","code":409,"type":"transaction_conflict"}}"#;
    let row = r#"{"status":201,"body":{"$id":"r","$sequence":"1","$tableId":"t","$databaseId":"d","$createdAt":"","$updatedAt":"","$permissions":[]}}"#;
    let server =
        server(&[begun(), turn(row), turn(conflict), begun(), turn(row), ended(), begun(), ended()]).await;
    let tables = TablesDB::new(&client(&server));
    let mut runs = 0;
    let made: Result<String> = tables
        .transaction()
        .ttl(60)
        .run(async |tx| {
            runs += 1;
            let row = tx.create_row("d", "t", "r", serde_json::json!({"n": 1})).await?;
            Ok(row.id)
        })
        .await;
    assert_eq!((made.unwrap().as_str(), runs), ("r", 2));
    assert!(server.requests()[1].contains(r#""transactionId":"1""#));

    #[derive(Debug)]
    enum Own {
        Sold,
        Sdk,
    }
    impl From<Error> for Own {
        fn from(_: Error) -> Self {
            Own::Sdk
        }
    }
    let sold: Result<(), Own> = tables.transaction().run(async |_| Err(Own::Sold)).await;
    assert!(matches!(sold, Err(Own::Sold)), "an error of the caller's own type comes back");
    assert!(server.requests().last().unwrap().ends_with(r#"{"rollback":true}"#));
}
