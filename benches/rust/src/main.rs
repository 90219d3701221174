//! Polywrite in the harness of ../shared/bench, beside the official crate and bare HTTP clients.

use bench_rust::{Api, RowList, TypedRow, USER};
use futures_util::TryStreamExt;
use polywrite::{CallOptions, Client, FileSource, Operation, Params, UploadOptions, operation};
use serde::Deserialize;

struct Ours {
    client: Client,
}

#[derive(Deserialize)]
struct User {
    #[serde(rename = "$id")]
    id: String,
}

fn op(id: &str) -> &'static Operation {
    operation(id).expect("an operation of the API")
}

fn client(endpoint: &str) -> Client {
    let builder = Client::builder().endpoint(endpoint).project("bench").key("secret");
    builder.build().expect("a client")
}

async fn get(client: &Client) {
    let user: User = client
        .execute(op("users.get"), Params::new().with("userId", USER), CallOptions::new())
        .await
        .expect("a user")
        .json()
        .expect("a user");
    assert_eq!(user.id, USER);
}

impl Api for Ours {
    fn new(endpoint: &str) -> Self {
        Ours { client: client(endpoint) }
    }

    async fn get(&self) {
        get(&self.client).await;
    }

    async fn fresh(endpoint: &str) {
        get(&client(endpoint)).await;
    }

    async fn list(&self, rows: usize) -> usize {
        let params = Params::new().with("databaseId", "bench").with("tableId", &format!("rows{rows}"));
        let answer = self.client.execute(op("tablesDB.listRows"), params, CallOptions::new()).await;
        answer.expect("rows").json::<RowList<TypedRow>>().expect("rows").rows.len()
    }

    async fn upload(&self, path: &str) {
        let params = Params::new().with("bucketId", "bench").with("fileId", "unique()");
        let file = FileSource::path(path);
        let answer = self.client.upload(op("storage.createFile"), params, file, UploadOptions::new()).await;
        answer.expect("a file");
    }

    async fn download(&self, mib: u64) -> u64 {
        let params = Params::new().with("bucketId", "bench").with("fileId", &mib.to_string());
        let download = self.client.download(op("storage.getFileDownload"), params, CallOptions::new()).await;
        let pieces = download.expect("a file").try_fold(0, |sum, piece| async move { Ok(sum + piece.len() as u64) });
        pieces.await.expect("a file")
    }
}

fn main() {
    bench_rust::run::<Ours>();
}
