//! What benches/harness does not measure: `polywrite-bench file|parallel|memory|iterate|bulk|hooks ENDPOINT [by-hand]`.

use polywrite::models::RowList;
use polywrite::services::{Storage, TablesDB, Users};
use polywrite::{DownloadOptions, Hooks, Query, Result};
use serde_json::{Value, json};

use crate::Product;

/// How many rows are read and written.
const ROWS: usize = 100_000;

/// Runs a scenario of ours and prints its line of JSON; false when the harness has it.
///
/// `file`: downloads 256 MiB to a file. `parallel`: downloads 128 MiB over four connections of 32 MiB/s each; `by_hand`:
/// over one. `memory`: 120,000 calls, and the memory after the first 20,000 and at the end.
/// `iterate`: reads 100,000 rows. `bulk`: creates as many. `by_hand`: the same calls, written out. `hooks`: 20,000 calls,
/// one after the other, of a client with hooks that do nothing; `by_hand`: without hooks.
pub(crate) fn ran(scenario: &str, endpoint: &str, by_hand: bool) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let result = match scenario {
        "file" => json!({"rssBeforeMiB": runtime.block_on(file(endpoint))}),
        "parallel" => json!({"seconds": runtime.block_on(parallel(endpoint, by_hand))}),
        "memory" => {
            let (before, after) = runtime.block_on(memory(endpoint));
            json!({"rssBeforeMiB": before, "rssAfterMiB": after})
        }
        "iterate" => runtime.block_on(iterate(endpoint, by_hand)).expect("rows"),
        "bulk" => runtime.block_on(bulk(endpoint, by_hand)).expect("rows"),
        "hooks" => runtime.block_on(hooks(endpoint, by_hand)).expect("users"),
        _ => return false,
    };
    let mut result = result;
    result["rssPeakMiB"] = status("VmHWM:").into();
    println!("{result}");
    true
}

async fn hooks(endpoint: &str, without: bool) -> Result<Value> {
    let client = crate::client(endpoint);
    let hooks = || Hooks::new().before_attempt(|_| ()).after_attempt(|_| ()).before_retry(|_| ());
    let users = Users::new(&if without { client } else { client.with_hooks(hooks()) });
    let work = async |calls: u32| {
        for _ in 0..calls {
            users.get(bench_rust::USER).await?;
        }
        Result::Ok(())
    };
    work(2_000).await?;
    let start = bench_rust::cpu();
    work(20_000).await?;
    Ok(json!({"cpuMicros": (bench_rust::cpu() - start) / 20_000.0 * 1e6}))
}

async fn iterate(endpoint: &str, by_hand: bool) -> Result<Value> {
    let tables = TablesDB::new(&crate::client(endpoint));
    let read = async |count: usize| {
        let table = format!("all{count}");
        let seen = if by_hand { read_by_hand(&tables, &table).await? } else { read(&tables, &table).await? };
        assert_eq!(seen, count);
        Result::Ok(())
    };
    read(5_000).await?;
    let (before, start) = (status("VmRSS:"), bench_rust::cpu());
    read(ROWS).await?;
    Ok(json!({"cpuSeconds": bench_rust::cpu() - start, "rssBeforeMiB": before}))
}

async fn read(tables: &TablesDB, table: &str) -> Result<usize> {
    let mut rows = tables.list_rows::<Product>("bench", table).items();
    let mut seen = 0;
    while rows.try_next().await?.is_some() {
        seen += 1;
    }
    Ok(seen)
}

async fn read_by_hand(tables: &TablesDB, table: &str) -> Result<usize> {
    let (mut seen, mut after) = (0, None);
    loop {
        let mut queries = vec![Query::limit(100)];
        queries.extend(after.as_deref().map(Query::cursor_after));
        let page: RowList<Product> = tables.list_rows("bench", table).queries(queries).await?;
        let Some(last) = page.rows.last() else { return Ok(seen) };
        after = Some(last.id.clone());
        seen += page.rows.len();
    }
}

async fn bulk(endpoint: &str, by_hand: bool) -> Result<Value> {
    let tables = TablesDB::new(&crate::client(endpoint));
    let write = async |count: usize| {
        if by_hand {
            write_by_hand(&tables, count).await
        } else {
            let report = tables.bulk_create_rows("bench", "rows").write((0..count).map(product)).await?;
            assert_eq!(report.written, count as u64);
            Ok(())
        }
    };
    write(5_000).await?;
    let (before, start) = (status("VmRSS:"), bench_rust::cpu());
    write(ROWS).await?;
    Ok(json!({"cpuSeconds": bench_rust::cpu() - start, "rssBeforeMiB": before}))
}

async fn write_by_hand(tables: &TablesDB, count: usize) -> Result<()> {
    for start in (0..count).step_by(100) {
        let rows: Vec<Value> = (start..start + 100).map(product).collect();
        assert_eq!(tables.create_rows("bench", "rows", rows).await?.rows.len(), 100);
    }
    Ok(())
}

/// A new row.
fn product(number: usize) -> Value {
    json!({"$id": format!("row{number}"), "title": format!("A new row {number}"), "price": 12.5, "quantity": 7,
        "active": true, "tags": ["a", "b"]})
}

async fn file(endpoint: &str) -> f64 {
    let client = crate::client(endpoint);
    let target = std::env::temp_dir().join(format!("polywrite-bench-{}", std::process::id()));
    calls(&Users::new(&client), 1).await;
    let before = status("VmRSS:");
    Storage::new(&client).get_file_download("bench", "256").save_to(&target).await.expect("a file");
    std::fs::remove_file(target).expect("the file can be removed");
    before
}

async fn parallel(endpoint: &str, by_hand: bool) -> f64 {
    let client = crate::client(endpoint);
    let target = std::env::temp_dir().join(format!("polywrite-bench-{}", std::process::id()));
    calls(&Users::new(&client), 1).await;
    let start = std::time::Instant::now();
    let options = DownloadOptions::new().parallel(if by_hand { 1 } else { 4 });
    let download = Storage::new(&client).get_file_download("at32", "128");
    download.save_with(&target, options).await.expect("a file");
    let seconds = start.elapsed().as_secs_f64();
    std::fs::remove_file(target).expect("the file can be removed");
    seconds
}

async fn memory(endpoint: &str) -> (f64, f64) {
    let users = Users::new(&crate::client(endpoint));
    calls(&users, 20_000).await;
    let before = status("VmRSS:");
    calls(&users, 100_000).await;
    (before, status("VmRSS:"))
}

async fn calls(users: &Users, count: usize) {
    for _ in 0..count {
        users.get(bench_rust::USER).await.expect("a user");
    }
}

/// A figure of the process, in MiB.
fn status(name: &str) -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("the line is there");
    line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") / 1024.0
}
