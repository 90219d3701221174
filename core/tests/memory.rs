//! Memory stays where it is while a million items are read, and while many rows are written.
#![cfg(all(target_os = "linux", feature = "services"))]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use polywrite::{Client, services::TablesDB};
use serde::de::IgnoredAny;
use serde_json::json;

const ITEMS: u64 = 1_000_000;
const PAGE: u64 = 1_000;
const ROWS: u64 = 200_000;

/// What memory may grow by between the first part of the work and its end, in MiB.
const GROWTH: f64 = 8.0;

#[derive(serde::Deserialize)]
#[serde(from = "IgnoredAny")]
struct Nothing;

impl From<IgnoredAny> for Nothing {
    fn from(_: IgnoredAny) -> Self {
        Self
    }
}

/// One test, because another one in the process would be measured as well.
#[tokio::test]
async fn memory_stays_flat_over_a_million_items_and_many_rows() {
    let tables = tables();
    let (mut seen, mut before) = (0, 0.0);
    let mut items = tables.list_rows::<Nothing>("d", "t").items().page_size(PAGE);
    while items.try_next().await.unwrap().is_some() {
        seen += 1;
        if seen == ITEMS / 20 {
            before = resident("VmRSS:");
        }
    }
    assert_eq!(seen, ITEMS);
    flat("reading", before);

    let rows = |count: u64| (0..count).map(|n| json!({"title": format!("A title for the row {n}")}));
    let first = tables.bulk_create_rows("d", "t").write(rows(ROWS / 20)).await.unwrap();
    let before = resident("VmRSS:");
    let all = tables.bulk_create_rows("d", "t").write(rows(ROWS)).await.unwrap();
    assert_eq!((first.written, all.written), (ROWS / 20, ROWS));
    flat("writing", before);
}

fn flat(what: &str, before: f64) {
    let growth = resident("VmHWM:") - before;
    assert!(growth < GROWTH, "{what}: memory grew by {growth:.1} MiB from {before:.1} MiB");
}

/// A figure of this process in MiB.
fn resident(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

/// A service whose server makes its pages when they are asked for and forgets what it is sent.
fn tables() -> TablesDB {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(&stream));
        }
    });
    TablesDB::new(&Client::builder().endpoint(endpoint).project("p").build().unwrap())
}

/// Responds to the requests of one connection until its end.
fn serve(mut stream: &TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
        let mut length = 0;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            if header.trim().is_empty() {
                break;
            }
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
        }
        std::io::copy(&mut (&mut reader).take(length), &mut std::io::sink()).ok()?;
        let body = if line.starts_with("GET") { page(&line) } else { r#"{"total":0,"rows":[]}"#.to_owned() };
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).ok()?;
    }
}

/// The page behind the item that the query names.
fn page(line: &str) -> String {
    let after = line.split_once("cursorAfter%22%2C%22values%22%3A%5B%22i");
    let start = after.map_or(0, |(_, rest)| {
        rest.split_once('%').expect("the end of a text").0.parse::<u64>().unwrap() + 1
    });
    let mut body = String::from(r#"{"total":5000,"rows":["#);
    for number in start..(start + PAGE).min(ITEMS) {
        let comma = if number == start { "" } else { "," };
        write!(body, r#"{comma}{{"$id":"i{number}"}}"#).unwrap();
    }
    body + "]}"
}
