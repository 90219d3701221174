//! Polywrite in the harness of benches/harness, beside the official crate and bare HTTP clients; and two scenarios that the
//! harness lacks.

mod own;

use std::path::Path;

use bench_rust::{Api, USER};
use futures_util::TryStreamExt;
use polywrite::models::RowList;
use polywrite::services::{Storage, TablesDB, Users};
use polywrite::{Client, Id};
use serde::Deserialize;

struct Ours {
    users: Users,
    tables: TablesDB,
    storage: Storage,
}

/// The columns that the server's rows have.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "decoding them is what is measured")]
struct Product {
    title: String,
    description: String,
    price: f64,
    quantity: u32,
    active: bool,
    tags: Vec<String>,
    rating: f64,
    owner: String,
    released_at: String,
    parent: Option<String>,
}

fn client(endpoint: &str) -> Client {
    Client::builder().endpoint(endpoint).project("bench").key("secret").build().expect("a client")
}

impl Api for Ours {
    fn new(endpoint: &str) -> Self {
        let client = client(endpoint);
        Ours { users: Users::new(&client), tables: TablesDB::new(&client), storage: Storage::new(&client) }
    }

    async fn get(&self) {
        assert_eq!(self.users.get(USER).await.expect("a user").id, USER);
    }

    async fn fresh(endpoint: &str) {
        Users::new(&client(endpoint)).get(USER).await.expect("a user");
    }

    async fn list(&self, rows: usize) -> usize {
        let list: RowList<Product> =
            self.tables.list_rows("bench", format!("rows{rows}")).await.expect("rows");
        list.rows.len()
    }

    async fn create(&self) {
        let data = serde_json::json!(
            {"title": "A new row", "price": 12.5, "quantity": 7, "active": true, "tags": ["a", "b"]}
        );
        self.tables.create_row("bench", "rows", "row1", data).await.expect("a row");
    }

    async fn upload(&self, path: &str) {
        // The server counts chunks by ID without end: a second run needs an ID of its own.
        let file = self.storage.create_file("bench", Id::unique(), Path::new(path)).await;
        assert!(file.expect("a file").chunks_total > 0);
    }

    async fn download(&self, mib: u64) -> u64 {
        let download = self.storage.get_file_download("bench", mib.to_string()).stream().await;
        let sum = |sum, piece: bytes::Bytes| async move { Ok(sum + piece.len() as u64) };
        download.expect("a file").try_fold(0, sum).await.expect("a file")
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (scenario, endpoint) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let by_hand = arguments.next().is_some_and(|how| how == "by-hand");
    if !own::ran(&scenario, &endpoint, by_hand) {
        bench_rust::run::<Ours>();
    }
}
